import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Judgement } from '../../core/judgement.js';
import type { Knowledge } from '../../core/knowledge.js';
import { cosJudgement } from './cos.js';
import type { Endpoint } from './relations.js';
import type { LogQuestion } from './stack/logs.js';
import { shipped } from './stack/shipping.js';
import { workloadNeeded } from './workload-evidence.js';

/**
 * Whether logs leave for COS and, where a question is given and Loki may be asked, arrive. That they are rotated, and
 * without Loki that they are written at all, is to be seen only inside the units.
 */
export function logShipping(
  app: ApplicationView,
  agent: Endpoint,
  knowledge: Knowledge,
  question?: LogQuestion,
): Judgement {
  const way = cosJudgement(app, agent, knowledge, ['logs']);
  const seen = question === undefined ? way : shipped(app, way, { ...question, signals: ['logs'] });
  if (seen.outcome !== 'pass') return seen;
  const inside = workloadNeeded(`whether the units of ${app.name} write and rotate their logs`);
  return { ...inside, message: `${seen.message}; ${inside.message}`, evidence: seen.evidence };
}
