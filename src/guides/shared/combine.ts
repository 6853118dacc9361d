import type { Judgement } from '../../core/judgement.js';
import type { Outcome } from '../../core/outcome.js';

/** From the worst to the best. */
const ranks: Readonly<Record<Outcome, number>> = {
  fail: 0,
  inconsistent: 1,
  unknown: 2,
  manual: 3,
  'not-applicable': 4,
  pass: 5,
};

/** The worst of several judgements, with the evidence of all: a requirement of several parts is met when all are. */
export function worst(first: Judgement, ...others: readonly Judgement[]): Judgement {
  const all = [first, ...others];
  const worstOne = all.reduce((so, next) => (ranks[next.outcome] < ranks[so.outcome] ? next : so));
  return { ...worstOne, evidence: all.flatMap((judgement) => judgement.evidence) };
}
