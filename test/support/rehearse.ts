/** Rehearses on a snapshot, as the command does, and gives the result and its text. */
import { renderRehearsal } from '../../src/cli/render/rehearsal.js';
import type { RehearseRequest } from '../../src/cli/services.js';
import { readEnvironment } from '../../src/config/environment.js';
import { evaluate } from '../../src/core/evaluate/index.js';
import { globMatcher } from '../../src/core/glob.js';
import { observeOnly, type Policy } from '../../src/core/policy/policy.js';
import type { Rehearsal } from '../../src/core/rehearsal.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { millis } from '../../src/core/time.js';
import { guides } from '../../src/guides/index.js';
import { rehearse } from '../../src/main/rehearse/rehearse.js';
import { knowledge } from './judge.js';
import { takenAt } from './world.js';

export interface Rehearsing {
  /** Pattern of the controls that are wanted; all unless said otherwise. */
  readonly control?: string;
  readonly policy?: Partial<Policy>;
  readonly governed?: boolean;
  readonly road?: string;
}

export interface Rehearsed {
  readonly rehearsal: Rehearsal;
  readonly text: string;
}

export async function rehearseOn(snapshot: Snapshot, options: Rehearsing = {}): Promise<Rehearsed> {
  const { control = '*', governed = false, road = 'snapshot' } = options;
  const policy: Policy = {
    ...observeOnly,
    defaults: { ...observeOnly.defaults, mode: 'propose' },
    ...options.policy,
  };
  const asOf = millis(takenAt);
  const isWanted = globMatcher(control);
  const findings = evaluate(guides, snapshot, { policy, knowledge }, asOf).filter((finding) =>
    isWanted(finding.control.id),
  );
  const request: RehearseRequest = {
    ...{ snapshot, findings, policy, governed, guides, asOf },
    source: { road, name: 'estate.json', takenAt },
    journal: undefined,
    environment: readEnvironment({}),
    progress: () => undefined,
  };
  const rehearsal = await rehearse(request);
  return { rehearsal, text: renderRehearsal(rehearsal, { columns: undefined, color: false }) };
}
