import { appendFileSync } from 'node:fs';
import { loadKnowledge } from '../../src/config/knowledge.js';
import { type Control, defineGuide } from '../../src/core/control.js';
import type { Dict } from '../../src/core/dict.js';
import { evaluate } from '../../src/core/evaluate/index.js';
import { type Instant } from '../../src/core/fact.js';
import type { Finding } from '../../src/core/finding.js';
import type { Judgement } from '../../src/core/judgement.js';
import type { Knowledge } from '../../src/core/knowledge.js';
import {
  nobodyNamed,
  observeOnly,
  type Attestation,
  type Policy,
  type Profile,
  type UsersPolicy,
} from '../../src/core/policy/policy.js';
import type { HandedCloudPolicy } from '../../src/core/policy/cloud-policies.js';
import type { RotationRule } from '../../src/core/policy/rotation.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { millis } from '../../src/core/time.js';
import { telling } from './reads.js';

/** The knowledge that is shipped. */
export const knowledge = loadKnowledge();

export interface Judging {
  readonly params?: Dict<unknown>;
  /** Default: when the snapshot was taken. */
  readonly asOf?: Instant;
  readonly profile?: Profile;
  readonly knowledge?: Knowledge;
  /** Users that are our own identities on the controller `prod`, the observer first. */
  readonly ourselves?: readonly string[];
  /** Users whom the policy names. */
  readonly users?: Partial<UsersPolicy>;
  /** Accounts whose passwords the policy has changed. */
  readonly rotation?: readonly RotationRule[];
  /** Statements of the policy, on all that they are about. */
  readonly attestations?: readonly Attestation[];
  /** Rules, windows and the like of the policy. */
  readonly policy?: Partial<Policy>;
  /** What the cloud lets Juju's accounts do. */
  readonly cloudPolicies?: readonly HandedCloudPolicy[];
}

/** The findings of one control on everything in the snapshot that it is about. */
export function judge(control: Control, snapshot: Snapshot, judging: Judging = {}): readonly Finding[] {
  const guide = defineGuide({
    id: 'test',
    title: 'test',
    product: 'test',
    version: '1',
    url: 'test',
    controls: [outcomesFile === undefined ? control : telling(control, toldReads(control.id, outcomesFile))],
  });
  const rules = { policy: policyOf(judging), knowledge: judging.knowledge ?? knowledge };
  return told(evaluate([guide], snapshot, rules, millis(judging.asOf ?? snapshot.takenAt)));
}

/** The file into which each outcome of a control is written, a line each; unset: nowhere. */
const outcomesFile = process.env['HOLDFAST_OUTCOMES'];

function toldReads(id: string, file: string): (kinds: ReadonlySet<string>) => void {
  return (kinds) => {
    appendFileSync(`${file}.reads`, [...kinds].map((kind) => `${id} ${kind}\n`).join(''));
  };
}

/** Keeps what the tests have seen each control say, for the test that holds them to having seen it all. */
function told(findings: readonly Finding[]): readonly Finding[] {
  if (outcomesFile === undefined) return findings;
  const lines = findings.map(
    ({ control, judgement: { outcome, reason } }) => `${control.id} ${outcome} ${reason}\n`,
  );
  appendFileSync(outcomesFile, lines.join(''));
  return findings;
}

/** The same of what a change is seen to bring about, which is neither that a control passes nor that it fails. */
export function toldEffect({ id }: Control, effect: Judgement): Judgement {
  if (outcomesFile !== undefined) appendFileSync(outcomesFile, `${id} effect ${effect.reason}\n`);
  return effect;
}

function policyOf(judging: Judging): Policy {
  const { params, profile, users, rotation = [], ourselves = [], cloudPolicies, attestations = [] } = judging;
  return {
    ...observeOnly,
    ...judging.policy,
    attestations,
    defaults: { ...observeOnly.defaults, ...(profile === undefined ? {} : { profile }) },
    users: { ...nobodyNamed, ...users },
    rotation,
    ...(cloudPolicies === undefined ? {} : { cloudPolicies }),
    rules: [...(judging.policy?.rules ?? []), ...(params === undefined ? [] : [{ match: {}, params }])],
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
