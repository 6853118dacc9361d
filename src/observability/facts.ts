/** Facts from answers. */
import { known, unknown, type Fact, type Instant, type Reading } from '../core/fact.js';
import { ReadError } from './http/read-error.js';

/** Who is asked, and when the reading began. */
export interface Asking {
  readonly stack: string;
  readonly at: Instant;
}

/** What was asked at which server, as evidence names it. */
export function readingOf({ stack, at }: Asking, call: string): Reading {
  return { source: { road: 'observability', call: `${stack}: ${call}` }, at };
}

/** The fact that an answer gives; unknown, with the reason, where none came. Rejects for anything but ReadError. */
export async function factOf<T>(reading: Reading, ask: () => Promise<T>): Promise<Fact<T>> {
  try {
    return known(reading, await ask());
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return unknown(reading, error.message, error.permission);
  }
}

/** Maps a list with a few under way at once, in the order of the list. */
export async function eachOf<T, U>(items: readonly T[], ask: (item: T) => Promise<U>): Promise<readonly U[]> {
  const results: U[] = [];
  for (let next = 0; next < items.length; next += underWay)
    results.push(...(await Promise.all(items.slice(next, next + underWay).map(ask))));
  return results;
}

/** Questions under way at one server at once: it has others to serve. */
const underWay = 4;
