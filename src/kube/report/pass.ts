import { ApiError, troubleOf } from '../access/api-error.js';
import type { Spot } from './stored.js';
import { isLasting, Troubles, type Verb } from './troubles.js';

/** An object, or all of a kind in one place. */
type Place = Omit<Spot, 'name'> & Partial<Pick<Spot, 'name'>>;

/** What came of one pass over the reports. */
export interface Passed {
  readonly troubles: readonly string[];
  /** Something failed that may work soon. */
  readonly retry: boolean;
  /** Milliseconds that the server asks us to wait. */
  readonly retryAfter: number;
  /** Something was written a moment ago, and is not written again so soon. */
  readonly unfinished: boolean;
}

/** One pass while it lasts. */
export class Pass {
  readonly troubles = new Troubles();
  unfinished = false;
  failed = 0;
  #retry = false;
  #retryAfter = 0;

  /**
   * It may work soon. @throws the error itself, where everything else would fail as well: the server is not there, does
   * not know us, or wants to be left alone.
   */
  willRetry(verb: Verb, place: Place, error: unknown): void {
    if (!(error instanceof ApiError) || [401, 429, 503].includes(error.status)) throw error;
    this.failed += 1;
    this.#note(error);
    this.troubles.note(verb, place, error);
  }

  /** The pass ends here. */
  broke(error: unknown): void {
    this.failed += 1;
    this.#note(error);
    this.troubles.say(`reports cannot be kept: ${troubleOf(error)}`);
  }

  get passed(): Passed {
    return {
      troubles: this.troubles.texts(),
      retry: this.#retry,
      retryAfter: this.#retryAfter,
      unfinished: this.unfinished,
    };
  }

  #note(error: unknown): void {
    this.#retry = true;
    if (error instanceof ApiError) this.#retryAfter = Math.max(this.#retryAfter, error.retryAfter ?? 0);
  }
}

/** What failed for good, and is not tried again before the next look. */
export class Refusals {
  readonly #held = new Map<string, { readonly verb: Verb; readonly place: Place; readonly error: unknown }>();

  /** False when it may work soon. */
  take(verb: Verb, place: Place, error: unknown): boolean {
    if (!isLasting(error)) return false;
    this.#held.set(keyOf(place), { verb, place, error });
    return true;
  }

  has(place: Place): boolean {
    return this.#held.has(keyOf(place));
  }

  clear(): void {
    this.#held.clear();
  }

  tell(troubles: Troubles): void {
    for (const { verb, place, error } of this.#held.values()) troubles.note(verb, place, error);
  }
}

function keyOf({ group, plural, namespace = '', name = '' }: Place): string {
  return `${group}/${plural}/${namespace}/${name}`;
}
