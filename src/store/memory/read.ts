import { endStates } from '../../core/ports/index.js';
import type {
  AuditQuery,
  AuditRecord,
  ChainVerdict,
  Mark,
  Orders,
  Remediation,
  Rotation,
  Step,
} from '../../core/ports/index.js';
import type { Instant } from '../../core/fact.js';
import type { Told } from '../../core/notify/message.js';
import type { Plan } from '../../core/plan.js';
import { millis } from '../../core/time.js';
import { ChainCheck, noHash, type Link } from '../chain.js';
import type { Memory } from './state.js';

export function remediationsOf({ remediations }: Memory, ended: number): readonly Remediation[] {
  const all = [...remediations.values()];
  const newest = all
    .map((remediation, n) => ({ id: remediation.id, n, at: millis(remediation.updatedAt), remediation }))
    .filter(({ remediation }) => endStates.has(remediation.state))
    .sort((a, b) => b.at - a.at || b.n - a.n)
    .slice(0, ended);
  const kept = new Set(newest.map(({ id }) => id));
  return all.filter(({ id, state }) => !endStates.has(state) || kept.has(id));
}

export function stepsOf({ steps }: Memory, remediation: string): readonly Step[] {
  return [...(steps.get(remediation)?.values() ?? [])].sort((a, b) => a.n - b.n);
}

export function plansOf({ plans }: Memory, prefix: string): readonly Plan[] {
  if (!/^[\da-f]*$/.test(prefix)) return [];
  const found = [...plans.values()].filter(({ hash }) => hash.startsWith(prefix));
  return found.sort((a, b) => compare(a.hash, b.hash));
}

export function ordersOf({ decisions, quarantines, pauses }: Memory): Orders {
  return {
    decisions: sorted(
      decisions.values(),
      ({ at }) => at,
      ({ planHash }) => planHash,
    ),
    quarantines: sorted(
      quarantines.values(),
      ({ since }) => since,
      ({ id }) => id,
    ),
    pauses: sorted(
      pauses.values(),
      ({ at }) => at,
      ({ id }) => id,
    ),
  };
}

export function marksSince({ marks }: Memory, since: number): readonly Mark[] {
  const found = marks.filter(({ at }) => millis(at) >= since);
  return found.sort((a, b) => millis(a.at) - millis(b.at));
}

export function rotationsOf({ rotations }: Memory): readonly Rotation[] {
  return [...rotations].sort(([a], [b]) => compare(a, b)).map(([, rotation]) => rotation);
}

export function toldOf({ told }: Memory): readonly Told[] {
  return [...told.values()].sort((a, b) => compare(a.target, b.target) || compare(a.id, b.id));
}

export function recordsFor({ audit }: Memory, query: AuditQuery): readonly AuditRecord[] {
  const { after = 0, since, limit, newest = false } = query;
  const least = since === undefined ? -Infinity : millis(since);
  const found = audit.filter(({ seq, at }) => seq > after && millis(at) >= least);
  return newest ? found.slice(Math.max(0, found.length - limit)) : found.slice(0, limit);
}

export function verify({ audit }: Memory): ChainVerdict {
  const base: Link = { seq: 0, hash: noHash };
  const check = new ChainCheck(base, audit.at(-1) ?? base);
  for (const record of audit) {
    const verdict = check.take(record);
    if (verdict !== undefined) return verdict;
  }
  return check.end();
}

function sorted<T>(all: Iterable<T>, at: (one: T) => Instant, id: (one: T) => string): readonly T[] {
  return [...all].sort((a, b) => millis(at(a)) - millis(at(b)) || compare(id(a), id(b)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
