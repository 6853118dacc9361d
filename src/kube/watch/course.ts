/**
 * Where a list-and-watch stands, and what it does next: a pure function of where it stood and what happened. A list is
 * read whole, then a watch goes on from the version of that list; whatever makes a gap possible leads back to a list.
 */

/** What ended a list or a watch that failed. */
export type Ending =
  /** The version is too old (410): only a list closes the gap. */
  | 'gone'
  /** We may not (403), or the server knows no such resource (404). */
  | 'refused'
  /** Nothing was heard for too long. */
  | 'silent'
  | 'failed';

export type Happening =
  | { readonly kind: 'listed'; readonly version: string }
  /** The server ended the watch in order. */
  | ({ readonly kind: 'ended' } & Watched)
  | ({
      readonly kind: Ending;
      /** Milliseconds that the server asks us to wait. */
      readonly retryAfter?: number;
    } & Partial<Watched>);

interface Watched {
  /** Of the last that was told and taken in. */
  readonly version: string;
  /** Milliseconds from the watch's acceptance to its end. */
  readonly lasted: number;
}

export interface Course {
  /** What to do: read the whole list, or watch from a version. */
  readonly next: { readonly do: 'list' } | { readonly do: 'watch'; readonly from: string };
  /** Milliseconds to wait before it, to which jitter is added. */
  readonly wait: number;
  /** Failures in a row. */
  readonly failures: number;
  /** Refusals in a row, lists that worked between them left out. */
  readonly refusals: number;
}

export interface Pace {
  /** Milliseconds after the first failure; doubled with each that follows. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** Milliseconds after which a missing permission is asked for again at the latest. */
  readonly refusedRetryMs: number;
  /**
   * Refusals in a row after which what was once allowed counts as taken away: an API server that has just started
   * refuses everybody until it has read its roles.
   */
  readonly refusalsBelieved: number;
  /** Watches that fail in a row before the list is read anew. */
  readonly watchAttempts: number;
  /** A watch that lasted fewer milliseconds and told nothing counts as failed, however politely it ended. */
  readonly shortWatchMs: number;
}

export const paceDefaults: Pace = {
  firstRetryMs: 500,
  longestRetryMs: 15_000,
  refusedRetryMs: 60_000,
  refusalsBelieved: 5,
  watchAttempts: 5,
  shortWatchMs: 1000,
};

export const beginning: Course = { next: { do: 'list' }, wait: 0, failures: 0, refusals: 0 };

export function following(course: Course, happening: Happening, pace: Pace): Course {
  // What went wrong stays counted until a watch proves itself: a list that works ends no storm of refused watches.
  if (happening.kind === 'listed')
    return { ...course, next: { do: 'watch', from: happening.version }, wait: 0 };
  if (happening.kind === 'refused') return refused(course, happening, pace);
  const fruitful = wasFruitful(course, happening, pace);
  if (happening.kind === 'ended' && fruitful) return resumed(happening, pace);
  return failed(course, happening, { pace, before: fruitful ? 0 : course.failures });
}

function refused({ next, failures, ...course }: Course, { version }: Partial<Watched>, pace: Pace): Course {
  const wait = Math.min(pace.refusedRetryMs, pace.firstRetryMs * 2 ** Math.min(course.refusals, 30));
  const refusals = course.refusals + 1;
  if (next.do === 'list' || refusals >= pace.refusalsBelieved)
    return { next: { do: 'list' }, wait, failures, refusals };
  return { next: { do: 'watch', from: version ?? next.from }, wait, failures, refusals };
}

/** Whether a watch told something or at least lasted: then what failed earlier is over. */
function wasFruitful({ next }: Course, { version, lasted = 0 }: Partial<Watched>, pace: Pace): boolean {
  if (lasted >= pace.shortWatchMs) return true;
  return next.do === 'watch' && version !== undefined && version !== next.from;
}

/** A server that ends each watch after a single event must not be asked as fast as it answers. */
function resumed({ version, lasted }: Watched, pace: Pace): Course {
  const wait = lasted >= pace.shortWatchMs ? 0 : pace.firstRetryMs;
  return { next: { do: 'watch', from: version }, wait, failures: 0, refusals: 0 };
}

function failed(
  { next }: Course,
  happening: Exclude<Happening, { kind: 'listed' }>,
  { pace, before }: { readonly pace: Pace; readonly before: number },
): Course {
  const failures = before + 1;
  const retryAfter = happening.kind === 'ended' ? 0 : (happening.retryAfter ?? 0);
  const wait = Math.max(retryWait(before, pace), retryAfter);
  const resumable = happening.kind === 'ended' || happening.kind === 'failed';
  if (next.do === 'list' || !resumable || failures % pace.watchAttempts === 0)
    return { next: { do: 'list' }, wait, failures, refusals: 0 };
  return { next: { do: 'watch', from: happening.version ?? next.from }, wait, failures, refusals: 0 };
}

/** Milliseconds. */
function retryWait(failures: number, pace: Pace): number {
  return Math.min(pace.longestRetryMs, pace.firstRetryMs * 2 ** Math.min(failures, 30));
}
