/** One target for a while: what it is known by, shapes that break parsers, then changes of both without end. */
import fc from 'fast-check';
import { chance } from '../simulation/chance.js';
import { hostileTexts } from '../support/hostile-texts.js';
import { attempt, type Attempt } from './attempt.js';
import { seedsOf } from './corpus.js';
import { grammars, shapes } from './grammar.js';
import { mutated } from './mutate.js';
import type { Target } from './target.js';

export interface Crash {
  readonly fault: string;
  readonly input: Uint8Array;
}

export interface Figures {
  readonly target: string;
  readonly inputs: number;
  readonly refused: number;
  readonly seconds: number;
  /** Of the input that took longest: milliseconds of the processor, and its bytes. */
  readonly slowest: number;
  readonly slowestBytes: number;
  /** Different ways in which inputs were refused. */
  readonly refusals: number;
  readonly crashes: readonly Crash[];
}

export interface SessionOptions {
  readonly seed: number;
  /** Milliseconds. */
  readonly time: number;
  readonly folder: string;
  /** Told of each input before it is read. */
  readonly about: (input: Buffer) => void;
}

const largest = 128 * 1024;
/** Inputs that were refused in a new way and are changed further. */
const mostKept = 300;
/** Different faults of one target that are told. */
const mostCrashes = 8;

class Session {
  readonly #target: Target;
  readonly #options: SessionOptions;
  readonly #pool: Buffer[];
  readonly #ways = new Set<string>();
  readonly #crashes = new Map<string, Buffer>();
  #inputs = 0;
  #refused = 0;
  #slowest = { millis: 0, bytes: 0 };

  constructor(target: Target, options: SessionOptions) {
    this.#target = target;
    this.#options = options;
    this.#pool = [...seedsOf(target)];
  }

  async run(): Promise<Figures> {
    const begun = performance.now();
    const { seed, time } = this.#options;
    const luck = chance(seed).fork(this.#target.name);
    const words = [...new Set([...(this.#target.words ?? []), ...wordsIn(this.#pool)])];
    const arbitrary = grammars(words);
    for (const input of this.#known()) await this.#try(input);
    if (this.#pool.length === 0) this.#pool.push(Buffer.from(''));
    let made: readonly string[] = [];
    // What is known may take long: something new gets its half all the same.
    const until = Math.max(begun + time, performance.now() + time / 2);
    while (performance.now() < until && this.#crashes.size < mostCrashes) {
      if (made.length === 0) made = fc.sample(arbitrary, { numRuns: 50, seed: luck.whole(0, 2 ** 31) });
      const [grown = '', ...rest] = made;
      made = rest;
      await this.#try(Buffer.from(grown));
      for (let n = 0; n < 4; n += 1) await this.#try(mutated(this.#pool, words, luck));
    }
    return this.#figures((performance.now() - begun) / 1000);
  }

  #known(): readonly Buffer[] {
    // In a short run the long shapes would be all that there is time for.
    const wanted = this.#options.time < 2000 ? 3000 : 60_000;
    const length = Math.min(wanted, this.#target.longest ?? largest);
    return [
      ...this.#pool,
      ...hostileTexts.map((text) => Buffer.from(text)),
      ...shapes(length).map((text) => Buffer.from(text)),
    ];
  }

  async #try(input: Buffer): Promise<void> {
    const bytes = input.subarray(0, this.#target.longest ?? largest);
    this.#options.about(bytes);
    const tried = await attempt(this.#target, bytes, this.#options.folder);
    this.#inputs += 1;
    if (tried.millis > this.#slowest.millis) this.#slowest = { millis: tried.millis, bytes: bytes.length };
    if (tried.refusal !== undefined) this.#note(tried.refusal, bytes);
    if (tried.fault !== undefined && !this.#crashes.has(tried.fault))
      this.#crashes.set(tried.fault, await this.#smaller(bytes, tried));
  }

  #note(refusal: string, bytes: Buffer): void {
    this.#refused += 1;
    if (this.#ways.has(refusal) || this.#ways.size >= mostKept) return;
    this.#ways.add(refusal);
    if (bytes.length < 16_000) this.#pool.push(Buffer.from(bytes));
  }

  /** The same fault from as little as can be had within two seconds. */
  async #smaller(input: Buffer, { fault }: Attempt): Promise<Buffer> {
    const until = performance.now() + 2000;
    let best = Buffer.from(input);
    for (let size = Math.ceil(best.length / 2); size >= 1; size = Math.floor(size / 2)) {
      for (let at = 0; at < best.length && performance.now() < until;) {
        const less = Buffer.concat([best.subarray(0, at), best.subarray(at + size)]);
        const same = (await attempt(this.#target, less, this.#options.folder)).fault === fault;
        if (same) best = less;
        else at += size;
      }
    }
    return best;
  }

  #figures(seconds: number): Figures {
    return {
      target: this.#target.name,
      inputs: this.#inputs,
      refused: this.#refused,
      seconds,
      slowest: this.#slowest.millis,
      slowestBytes: this.#slowest.bytes,
      refusals: this.#ways.size,
      crashes: [...this.#crashes].map(([fault, input]) => ({ fault, input })),
    };
  }
}

/** The words that sound inputs are made of: a dictionary without being asked for one. */
function wordsIn(seeds: readonly Buffer[]): readonly string[] {
  const words = new Set<string>(['a', 'name', 'kind', 'version']);
  for (const seed of seeds)
    for (const [word] of seed.toString('latin1', 0, 20_000).matchAll(/[A-Za-z_][\w./-]{2,40}/g)) {
      if (words.size >= 400) return [...words];
      words.add(word);
    }
  return [...words];
}

export function fuzz(target: Target, options: SessionOptions): Promise<Figures> {
  return new Session(target, options).run();
}
