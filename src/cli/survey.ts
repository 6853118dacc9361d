import { loadKnowledge } from '../config/knowledge.js';
import type { Guide } from '../core/control.js';
import { evaluate } from '../core/evaluate/index.js';
import type { Finding } from '../core/finding.js';
import type { Policy } from '../core/policy/policy.js';
import { wantedFindings, wantedGuides } from './filter.js';
import type { FilterOptions, RoadOptions } from './options.js';
import { policyFileOf, policyOf } from './policy.js';
import { readEstate, roadOf, type Estate } from './read-estate.js';
import type { Services } from './services.js';

/** An estate, judged. */
export interface Survey extends Estate {
  readonly guides: readonly Guide[];
  readonly policy: Policy;
  readonly findings: readonly Finding[];
  /** The moment of judging, ms. */
  readonly asOf: number;
}

/** Reads the estate that the options name and judges it. `adjust` may change the policy before that. */
export async function survey(
  options: RoadOptions & FilterOptions,
  services: Services,
  adjust: (policy: Policy) => Policy = (policy) => policy,
): Promise<Survey> {
  const file = policyFileOf(options, services);
  const road = roadOf(options, file);
  const all = await services.guides();
  const guides = wantedGuides(all, options);
  const policy = adjust(
    await policyOf(file, all, services, road.kind === 'controllers' ? 'controllers' : 'rules'),
  );
  const knowledge = loadKnowledge(options.data ?? services.environment.dataDir);
  const estate = await readEstate(road, policy, services);
  const asOf = services.now();
  const judged = evaluate(guides, estate.snapshot, { policy, knowledge }, asOf);
  return { ...estate, guides, policy, asOf, findings: wantedFindings(judged, estate.snapshot, options) };
}
