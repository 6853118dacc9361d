import { loadKnowledge } from '../config/knowledge.js';
import type { Guide } from '../core/control.js';
import { evaluate } from '../core/evaluate/index.js';
import type { Finding } from '../core/finding.js';
import { waiverLedger, type LedgerEntry } from '../core/policy/ledger.js';
import type { Policy } from '../core/policy/policy.js';
import { ofEtcdGuide } from './etcd-options.js';
import { guidesFor } from './guides-for.js';
import { wantedFindings, wantedGuides } from './filter.js';
import type { FilterOptions, RoadOptions } from './options.js';
import { policyFileOf, policyOf } from './policy.js';
import { readEstate, roadOf, type Estate } from './read-estate.js';
import type { Services } from './services.js';

/** An estate, judged. */
export interface Survey extends Estate {
  readonly policy: Policy;
  readonly findings: readonly Finding[];
  /** The waivers of the policy, held against all that was judged. */
  readonly ledger: readonly LedgerEntry[];
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
  const all = await guidesFor(file, services, options.controls);
  const guides = road.kind === 'etcd' ? ofEtcdGuide(all, options) : wantedGuides(all, options);
  const policy = adjust(
    await policyOf(file, all, services, road.kind === 'controllers' ? 'controllers' : 'rules'),
  );
  const knowledge = loadKnowledge(options.data ?? services.environment.dataDir ?? policy.dataDir);
  const estate = await readEstate(road, policy, services);
  const asOf = services.now();
  // Waivers are held against everything, and one control may make up for another that is not wanted.
  const judgedGuides = policy.waivers.length === 0 ? guides : all;
  const judged = evaluate(judgedGuides, estate.snapshot, { policy, knowledge }, asOf);
  const ledger = waiverLedger({ policy, guides: all, findings: judged, asOf });
  const chosen = judgedGuides === guides ? judged : ofGuides(judged, guides);
  return { ...estate, policy, asOf, ledger, findings: wantedFindings(chosen, estate.snapshot, options) };
}

function ofGuides(findings: readonly Finding[], guides: readonly Guide[]): readonly Finding[] {
  const wanted = new Set(guides.flatMap(({ controls }) => controls));
  return findings.filter(({ control }) => wanted.has(control));
}
