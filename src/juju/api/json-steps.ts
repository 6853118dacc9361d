/**
 * `JSON.parse` that can be interrupted: large objects and lists are cut between their members, and the pieces parsed one
 * by one. A worker thread would not do: handing over what it parsed takes several times as long as parsing.
 */
import type { Steps } from '../../core/steps.js';
import { comma, endOfString, endOfValue, opens, skipSpace, startOfMemberValue } from './json-ends.js';

/** Bytes that are parsed in one piece: some hundred microseconds' work. */
const pieceBytes = 32 * 1024;
/** Deeper objects are parsed whole: no status of Juju has large ones there, and nobody shall nest them for ever. */
const deepest = 8;

/** The same value as `JSON.parse` gives. @throws SyntaxError for what is no JSON */
export function* jsonSteps(bytes: Buffer, piece: number = pieceBytes): Steps<unknown> {
  const start = skipSpace(bytes, 0);
  const end = endOfValue(bytes, start, piece);
  if (end !== undefined) return JSON.parse(bytes.toString()) as unknown;
  const cut = new Cut(bytes, start, { piece, depth: 0 });
  yield* cut.steps();
  if (skipSpace(bytes, cut.at) !== bytes.length) throw new SyntaxError('something follows the value');
  return cut.value;
}

interface Measure {
  readonly piece: number;
  readonly depth: number;
}

/** One large object or list on its way. */
class Cut {
  readonly value: unknown[] | Record<string, unknown>;
  /** How far it has been read; in the end behind its closing bracket. */
  at: number;
  readonly #bytes: Buffer;
  readonly #measure: Measure;
  readonly #brackets: readonly [string, string];
  /** Where the members begin that were seen but not parsed yet. */
  #pending: number | undefined;

  constructor(bytes: Buffer, start: number, measure: Measure) {
    const isList = bytes[start] === 0x5b;
    this.#bytes = bytes;
    this.#measure = measure;
    this.#brackets = isList ? ['[', ']'] : ['{', '}'];
    this.value = isList ? [] : {};
    this.at = start + 1;
  }

  *steps(): Steps<undefined> {
    if (this.#isEmpty()) return undefined;
    do {
      const begin = skipSpace(this.#bytes, this.at);
      const from = Array.isArray(this.value) ? begin : startOfMemberValue(this.#bytes, begin);
      const end = endOfValue(this.#bytes, from, this.#most());
      if (end === undefined) yield* this.#large(begin, from);
      else this.#small(begin, end);
      if (this.at - (this.#pending ?? this.at) > this.#measure.piece) {
        this.#parsePending(this.at);
        yield;
      }
    } while (this.#isFollowed());
    return undefined;
  }

  /** Large all the same: nothing but space. */
  #isEmpty(): boolean {
    const at = skipSpace(this.#bytes, this.at);
    if (this.#bytes[at] !== this.#brackets[1].charCodeAt(0)) return false;
    this.at = at + 1;
    return true;
  }

  #most(): number {
    return this.#measure.depth < deepest ? this.#measure.piece : Infinity;
  }

  #small(begin: number, end: number): void {
    this.#pending ??= begin;
    this.at = end;
  }

  *#large(begin: number, from: number): Steps<undefined> {
    this.#parsePending(begin);
    const { piece, depth } = this.#measure;
    const inner = new Cut(this.#bytes, from, { piece, depth: depth + 1 });
    yield* inner.steps();
    this.at = inner.at;
    if (Array.isArray(this.value)) this.value.push(inner.value);
    else put(this.value, this.#keyAt(begin), inner.value);
    return undefined;
  }

  #keyAt(begin: number): string {
    return JSON.parse(this.#bytes.toString('utf8', begin, endOfString(this.#bytes, begin))) as string;
  }

  /** Whether another member comes. Parses what is left when none does. @throws SyntaxError */
  #isFollowed(): boolean {
    const at = skipSpace(this.#bytes, this.at);
    if (this.#bytes[at] === comma) {
      this.at = at + 1;
      return true;
    }
    const [, close] = this.#brackets;
    if (this.#bytes[at] !== close.charCodeAt(0)) throw new SyntaxError(`${close} was expected`);
    this.#parsePending(at);
    this.at = at + 1;
    return false;
  }

  #parsePending(end: number): void {
    if (this.#pending === undefined) return;
    const [open, close] = this.#brackets;
    const members = this.#bytes.toString('utf8', this.#pending, end).replace(/,\s*$/, '');
    this.#pending = undefined;
    const parsed = JSON.parse(`${open}${members}${close}`) as object;
    if (Array.isArray(this.value)) this.value.push(...(parsed as unknown[]));
    else for (const [key, value] of Object.entries(parsed)) put(this.value, key, value as unknown);
  }
}

/** As a plain key: assigning `__proto__` would set the prototype. */
function put(into: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') into[key] = value;
  else Object.defineProperty(into, key, { value, enumerable: true, writable: true, configurable: true });
}

/** Whether a text of this size is worth cutting. */
export function isLarge(bytes: Uint8Array): boolean {
  return bytes.length > largeBytes && opens(bytes[0]);
}

/** Below it parsing and reading take some milliseconds at most. */
const largeBytes = 512 * 1024;
