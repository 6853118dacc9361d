import { unknown, type Fact, type Reading } from '../../core/fact.js';
import { instant } from '../../core/time.js';
import type { Clock } from '../../core/ports/index.js';
import { sentenceOf, troubleOf } from '../api/api-error.js';
import type { ApiAnswer, ApiCall } from '../api/link.js';
import { refused, type Permission } from './answer.js';
import type { Asked } from './shared.js';

/** One question to Juju and how its answer becomes a fact. */
export interface Question<T> {
  readonly call: ApiCall;
  readonly link: Asked;
  readonly read: (reading: Reading, answer: unknown) => T;
  /** What a refusal becomes. */
  readonly refuse: (reading: Reading, error: unknown) => T;
}

/** The reading that an answer belongs to; it is as old as the question. */
export function readingOf(call: string, askedAt: number): Reading {
  return { source: { road: 'api', call }, at: instant(askedAt) };
}

/** Asks, and turns refusals into facts. @throws what may be gone at the next try (lost connection, busy controller) */
export async function ask<T>(question: Question<T>, clock: Clock): Promise<T> {
  const { call, link, read, refuse } = question;
  const askedAt = clock.now();
  let answered: ApiAnswer;
  try {
    answered = await link.call(call);
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === 'retryable' || trouble === 'busy') throw error;
    return refuse(readingOf(`${call.facade}.${call.request}`, askedAt), error);
  }
  return read(readingOf(answered.call, askedAt), answered.answer);
}

/** A question whose answer is one fact. */
export function factQuestion<T>(
  link: Asked,
  call: ApiCall,
  read: (reading: Reading, answer: unknown) => Fact<T>,
  permission: Permission,
): Question<Fact<T>> {
  return { link, call, read, refuse: (reading, error) => refused(reading, error, permission) };
}

/** A fact that is read again from time to time, kept through short troubles, and given up after long ones. */
export class Slot<T> {
  fact: Fact<T>;
  readonly #clock: Clock;
  readonly #maxAge: number;
  #readAt: number | undefined;

  /** @param maxAge milliseconds after which an answer that could not be renewed is no longer believed */
  constructor(call: string, clock: Clock, maxAge: number) {
    this.#clock = clock;
    this.#maxAge = maxAge;
    this.fact = unknown(readingOf(call, clock.now()), 'not read yet');
  }

  set(fact: Fact<T>): void {
    this.fact = fact;
    this.#readAt = this.#clock.now();
  }

  /** Reads anew. @throws what the reading threw, after giving up an answer grown too old */
  async renew(read: () => Promise<Fact<T>>): Promise<void> {
    try {
      this.set(await read());
    } catch (error) {
      this.failed(error);
      throw error;
    }
  }

  failed(error: unknown): void {
    const now = this.#clock.now();
    // Read in what is the future by now: the clock was set back, and nobody knows how old it is.
    if (this.#readAt !== undefined && Math.abs(now - this.#readAt) <= this.#maxAge) return;
    const since = this.#readAt === undefined ? 'never read' : `not read since ${instant(this.#readAt)}`;
    const { call } = this.fact.source;
    this.fact = unknown(readingOf(call, now), `${since}: ${sentenceOf(error)}`);
  }
}
