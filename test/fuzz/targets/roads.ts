/** The files from which an estate is read, and the judging of what came of them. */
import { readReportText, readPlansText, readSplitsText } from '../../../src/config/documents.js';
import { readSnapshotText } from '../../../src/config/snapshot.js';
import { InputError } from '../../../src/core/input-error.js';
import { evaluate } from '../../../src/core/evaluate/index.js';
import { observeOnly } from '../../../src/core/policy/policy.js';
import type { Snapshot } from '../../../src/core/snapshot.js';
import { guides } from '../../../src/guides/index.js';
import { recordIn } from '../../../src/juju/recording/answers.js';
import { readBundleText } from '../../../src/juju/status/read-bundle.js';
import { readStatusText } from '../../../src/juju/status/read-status.js';
import { readTerraformText } from '../../../src/terraform/reader/read-plan.js';
import { knowledge } from '../../support/judge.js';
import { utf8, type Target } from '../target.js';

const origin = { source: 'input', at: '2026-11-22T04:00:00Z' };
const refusals = [InputError];
const rules = { policy: observeOnly, knowledge };
const asOf = Date.parse(origin.at);

/** Judged by every guide: none of them may stumble over what it sees. */
function judged(snapshot: Snapshot): unknown {
  const findings = evaluate(guides, snapshot, rules, asOf);
  const stumbled = findings.find(({ judgement: { reason } }) => reason === 'ControlFailed');
  if (stumbled !== undefined) throw new TypeError(`${stumbled.control.id}: ${stumbled.judgement.message}`);
  return findings.length;
}

export const roadTargets: readonly Target[] = [
  {
    name: 'status',
    read: (bytes) => readStatusText(utf8(bytes), origin),
    refusals,
    seeds: ['recordings'],
    words: [
      'applications',
      'machines',
      'units',
      'relations',
      'application-endpoints',
      'offers',
      'status-error',
    ],
  },
  {
    name: 'status-judged',
    read: (bytes) => judged(readStatusText(utf8(bytes), origin)),
    refusals,
    longest: 16_000,
  },
  { name: 'bundle', read: (bytes) => readBundleText(utf8(bytes), origin), refusals },
  {
    name: 'bundle-judged',
    read: (bytes) => judged(readBundleText(utf8(bytes), origin)),
    refusals,
    longest: 16_000,
  },
  { name: 'snapshot', read: (bytes) => readSnapshotText(utf8(bytes), 'input'), refusals },
  {
    name: 'snapshot-judged',
    read: (bytes) => judged(readSnapshotText(utf8(bytes), 'input')),
    refusals,
    longest: 48_000,
  },
  {
    name: 'terraform',
    read: (bytes) => readTerraformText(utf8(bytes), origin),
    refusals,
    seeds: ['terraform'],
  },
  {
    name: 'recording',
    read: (bytes) => recordIn(utf8(bytes), 'input'),
    refusals,
    seeds: ['captures/real/1-bare'],
  },
  { name: 'report', read: (bytes) => readReportText(utf8(bytes), 'input'), refusals },
  {
    name: 'plans',
    read: (bytes) => [readPlansText(utf8(bytes), 'input'), readSplitsText(utf8(bytes), 'input')],
    refusals,
  },
];
