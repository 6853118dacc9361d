import { pass, type Evidence, type Judgement } from '../../core/judgement.js';
import { worst } from './combine.js';

/** So many things are named in a message; more are counted. */
const named = 5;

/** One judgement of many: the worst of them, in the words of all that say the same. */
export function gathered(judgements: readonly Judgement[], met: string): Judgement {
  const [first, ...others] = judgements;
  if (first === undefined) return pass(met);
  const sum = worst(first, ...others);
  if (sum.outcome === 'pass') return { ...sum, message: met };
  const same = judgements.filter(({ outcome, reason }) => outcome === sum.outcome && reason === sum.reason);
  return { ...sum, message: listed(same.map(({ message }) => message)), evidence: bounded(sum.evidence) };
}

/** The first few, and how many more there are. */
export function listed(words: readonly string[], between = '; '): string {
  const more = words.length - named;
  const shown = words.slice(0, named).join(between);
  return more > 0 ? `${shown}${between}and ${more} more` : shown;
}

/** As much evidence as a report can carry for one finding. */
const mostEvidence = 40;

export function bounded(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.slice(0, mostEvidence);
}
