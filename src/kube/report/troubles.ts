/** What is wrong, gathered so that it is said once, however many objects it is about. */
import { ApiError, troubleOf } from '../access/api-error.js';
import type { Spot } from './stored.js';

export type Verb = 'list' | 'patch' | 'delete' | 'create';

/** What failed, and where. */
interface Failure {
  readonly what: string;
  readonly places: Set<string>;
}

const namedPlaces = 3;

/** The troubles of one pass over the reports. */
export class Troubles {
  readonly #found = new Map<string, Failure>();

  /** Not about a request on an object. */
  say(sentence: string): void {
    this.#found.set(sentence, { what: sentence, places: new Set() });
  }

  note(verb: Verb, spot: Omit<Spot, 'name'>, error: unknown): void {
    const what = failureText(verb, spot, error);
    const failure = this.#found.get(what) ?? { what, places: new Set() };
    failure.places.add(spot.namespace ?? '');
    this.#found.set(what, failure);
  }

  /** In the order of their text, so that the same troubles read the same. */
  texts(): readonly string[] {
    return [...this.#found.values()].map(textOf).sort();
  }
}

/** The server's own words name the object; without it, what many objects have in common reads the same. */
function failureText(verb: Verb, { group, plural }: Omit<Spot, 'name'>, error: unknown): string {
  const resource = `${plural}.${group}`;
  if (!isForbidden(error)) return `cannot ${verb} ${resource}: ${troubleOf(error)}`;
  if (isTerminating(error)) return `cannot ${verb} ${resource}: the namespace is being deleted`;
  return `needs the permission to ${neededFor(verb)} ${resource}`;
}

/** An apply makes what is not there. */
function neededFor(verb: Verb): string {
  return verb === 'patch' ? 'patch and create' : verb;
}

function textOf({ what, places }: Failure): string {
  const named = [...places].filter((place) => place !== '').sort();
  if (named.length === 0) return what;
  const shown = named.slice(0, namedPlaces).join(', ');
  const more = named.length > namedPlaces ? ` and ${named.length - namedPlaces} more` : '';
  return `${what} in ${shown}${more}`;
}

/** A refusal for want of a right. */
export function isForbidden(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403;
}

function isTerminating(error: unknown): boolean {
  return error instanceof ApiError && error.message.includes('being terminated');
}

export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** Asking again soon changes nothing: not allowed, not there, or not taken as it is. */
export function isLasting(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    error.status >= 400 &&
    error.status < 500 &&
    ![408, 409, 429].includes(error.status) &&
    error.status !== 401
  );
}
