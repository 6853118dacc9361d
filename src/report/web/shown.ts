/** What the daemon shows at one moment, worked out once for many requests. */
import { createHash } from 'node:crypto';
import type { Clock, DaemonView } from '../../core/ports/index.js';
import { steadyOf } from '../../core/stopwatch.js';
import type { Report } from '../../core/report/types.js';
import { indexOf, type ReportIndex } from './report-index.js';

export interface Shown {
  readonly daemon: DaemonView;
  readonly report: Report;
  readonly index: ReportIndex;
  /** Changes with what is judged; not with the moments at which it was seen again. */
  readonly signature: string;
  /** What is made of the estate at this moment, made when it is first asked for under this name. */
  readonly once: <T>(name: string, make: () => T) => T;
}

/** A report is made anew at most so often, in ms, and takes no more than this part of the time. */
const freshFor = 1000;
const share = 0.1;

/** Gives what is shown now; undefined while the daemon is starting. */
export function showing(view: () => DaemonView | undefined, clock: Clock): () => Shown | undefined {
  let last: Shown | undefined;
  let until = -Infinity;
  return () => {
    const daemon = view();
    if (daemon === undefined) return undefined;
    if (last?.daemon === daemon && steadyOf(clock) < until) return last;
    const began = performance.now();
    last = shownBy(daemon);
    until = steadyOf(clock) + Math.max(freshFor, (performance.now() - began) / share);
    return last;
  };
}

function shownBy(daemon: DaemonView): Shown {
  const report = daemon.report();
  let index: ReportIndex | undefined;
  let signature: string | undefined;
  const made = new Map<string, unknown>();
  return {
    daemon,
    report,
    get index() {
      return (index ??= indexOf(report));
    },
    get signature() {
      return (signature ??= signatureOf(report));
    },
    once: <T>(name: string, make: () => T): T => {
      if (!made.has(name)) made.set(name, make());
      return made.get(name) as T;
    },
  };
}

function signatureOf({ findings, policy, waivers = [] }: Report): string {
  const hash = createHash('sha1').update(policy.hash);
  for (const { id, outcome, reason, waiver, drift } of findings)
    hash.update(`${id}${outcome}${reason}${waiver?.state ?? ''}${drift?.who ?? ''}\n`);
  for (const { id, state, covers } of waivers) hash.update(`${id}${state}${covers}\n`);
  return hash.digest('base64url');
}
