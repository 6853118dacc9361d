import type { ProposedStep } from '../plan.js';
import { limitsFor, type Limits } from '../policy/limits.js';

/** The limits in force for a step: of those of its findings the strictest. */
export function limitsOf({ findings }: Pick<ProposedStep, 'findings'>): Limits {
  return limitsFor(findings.map(({ settings }) => settings));
}
