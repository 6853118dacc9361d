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
  let worstOne = first;
  const evidence = [...first.evidence];
  for (const other of others) {
    if (ranks[other.outcome] < ranks[worstOne.outcome]) worstOne = other;
    evidence.push(...other.evidence);
  }
  return { ...worstOne, evidence };
}
