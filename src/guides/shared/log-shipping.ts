import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Judgement } from '../../core/judgement.js';
import type { Knowledge } from '../../core/knowledge.js';
import { cosJudgement } from './cos.js';
import type { Endpoint } from './relations.js';
import type { LogQuestion } from './stack/logs.js';
import { shipped } from './stack/shipping.js';
import { isViolation } from '../../core/outcome.js';
import { worst } from './combine.js';

export interface ShippedLogs {
  readonly agent: Endpoint;
  readonly knowledge: Knowledge;
  /** Whether they are written as they should be, as seen inside the units. */
  readonly kept: Judgement;
  /** What Loki is asked, where it may be. */
  readonly question?: LogQuestion;
}

/** Whether logs leave for COS and, where Loki may be asked, arrive, and are written in the first place. */
export function logShipping(
  app: ApplicationView,
  { agent, knowledge, kept, question }: ShippedLogs,
): Judgement {
  const way = cosJudgement(app, agent, knowledge, ['logs']);
  const seen = question === undefined ? way : shipped(app, way, { ...question, signals: ['logs'] });
  if (seen.outcome !== 'pass') return isViolation(kept.outcome) ? worst(seen, kept) : seen;
  if (kept.outcome === 'pass') return worst(seen, kept);
  return {
    ...kept,
    message: `${seen.message}; ${kept.message}`,
    evidence: [...seen.evidence, ...kept.evidence],
  };
}
