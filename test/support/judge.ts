import { readFileSync } from 'node:fs';
import { type Control, defineGuide } from '../../src/core/control.js';
import type { Dict } from '../../src/core/dict.js';
import { evaluate } from '../../src/core/evaluate/index.js';
import { type Instant } from '../../src/core/fact.js';
import type { Finding } from '../../src/core/finding.js';
import type { Knowledge } from '../../src/core/knowledge.js';
import { observeOnly, type Policy, type Profile } from '../../src/core/policy/policy.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { millis } from '../../src/core/time.js';

/** The knowledge that is shipped. */
export const knowledge = JSON.parse(
  readFileSync(new URL('../../data/knowledge.json', import.meta.url), 'utf8'),
) as Knowledge;

export interface Judging {
  readonly params?: Dict<unknown>;
  /** Default: when the snapshot was taken. */
  readonly asOf?: Instant;
  readonly profile?: Profile;
  readonly knowledge?: Knowledge;
  /** Users that are our own identities on the controller `prod`, the observer first. */
  readonly ourselves?: readonly string[];
}

/** The findings of one control on everything in the snapshot that it is about. */
export function judge(control: Control, snapshot: Snapshot, judging: Judging = {}): readonly Finding[] {
  const guide = defineGuide({
    id: 'test',
    title: 'test',
    product: 'test',
    version: '1',
    url: 'test',
    controls: [control],
  });
  const rules = { policy: policyOf(judging), knowledge: judging.knowledge ?? knowledge };
  return evaluate([guide], snapshot, rules, millis(judging.asOf ?? snapshot.takenAt));
}

function policyOf({ params, profile, ourselves = [] }: Judging): Policy {
  return {
    ...observeOnly,
    defaults: { ...observeOnly.defaults, ...(profile === undefined ? {} : { profile }) },
    rules: params === undefined ? [] : [{ match: {}, params }],
    controllers: ourselves.length === 0 ? [] : [{ name: 'prod', addresses: [], ...identities(ourselves) }],
  };
}

function identities([observer = '', auditor, remediator]: readonly string[]) {
  return {
    observer: { user: observer, password: '' },
    ...(auditor === undefined ? {} : { auditor: { user: auditor, password: '' } }),
    ...(remediator === undefined ? {} : { remediator: { user: remediator, password: '' } }),
  };
}
