import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Judgement } from '../../core/judgement.js';
import type { Knowledge } from '../../core/knowledge.js';
import { cosJudgement } from './cos.js';
import type { Endpoint } from './relations.js';
import { workloadNeeded } from './workload-evidence.js';

/** Whether logs leave for COS. That they are written and rotated is to be seen only inside the units. */
export function logShipping(app: ApplicationView, agent: Endpoint, knowledge: Knowledge): Judgement {
  const shipped = cosJudgement(app, agent, knowledge, ['logs']);
  if (shipped.outcome !== 'pass') return shipped;
  const inside = workloadNeeded(`whether the units of ${app.name} write and rotate their logs`);
  return { ...inside, message: `${shipped.message}; ${inside.message}`, evidence: shipped.evidence };
}
