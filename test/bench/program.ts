/** The parts of the built program that are measured; `make build` makes them. */
import type * as Evaluations from '../../src/core/evaluate/evaluation.js';
import type * as Evaluate from '../../src/core/evaluate/index.js';
import type * as Knowledges from '../../src/config/knowledge.js';
import type * as Guides from '../../src/guides/index.js';
import type * as Policies from '../../src/core/policy/policy.js';
import type * as Reports from '../../src/core/report/build.js';
import type * as Summaries from '../../src/core/report/summary.js';
import type * as Shares from '../../src/core/share.js';
import type * as Statuses from '../../src/juju/status/read-status.js';
import type { Finding } from '../../src/core/finding.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import type { Summary } from '../../src/core/report/types.js';
import { z } from 'zod';
import { fromDist } from '../../scripts/from-dist.ts';

// As the program does: a run parses few values with each schema.
z.config({ jitless: true });

export const { Evaluation } = await fromDist<typeof Evaluations>('core/evaluate/evaluation.js');
export const { share } = await fromDist<typeof Shares>('core/share.js');
export const { readStatusText } = await fromDist<typeof Statuses>('juju/status/read-status.js');
export const { guides } = await fromDist<typeof Guides>('guides/index.js');
export const { observeOnly } = await fromDist<typeof Policies>('core/policy/policy.js');
export const { evaluate } = await fromDist<typeof Evaluate>('core/evaluate/index.js');
const { buildReport } = await fromDist<typeof Reports>('core/report/build.js');
export const { summarise } = await fromDist<typeof Summaries>('core/report/summary.js');
const { loadKnowledge } = await fromDist<typeof Knowledges>('config/knowledge.js');

export const knowledge = loadKnowledge();
export const takenAt = '2026-11-22T06:00:00Z';
export const asOf = Date.parse(takenAt);

/** An audit without output: from the text of a status to findings, counts and scores. */
export function audit(text: string): Summary {
  return summarise(judged(text));
}

/** The same, with the report written out. */
export function auditToJson(text: string): string {
  const findings = judged(text);
  const source = { road: 'status-file', name: 'bench', takenAt };
  return JSON.stringify(
    buildReport({ findings, policy: observeOnly, source, toolVersion: '0', asOf, all: false }),
  );
}

export const controls = guides.reduce((sum, guide) => sum + guide.controls.length, 0);

const cisGuide = guides.filter(({ id }) => id === 'cis-etcd');
const read = new Map<string, Snapshot>();

/** The CIS section alone, on a status that was read before. */
export function cisOf(text: string): readonly Finding[] {
  let snapshot = read.get(text);
  if (snapshot === undefined)
    read.set(text, (snapshot = readStatusText(text, { source: 'bench', at: takenAt })));
  return evaluate(cisGuide, snapshot, { policy: observeOnly, knowledge }, asOf);
}

function judged(text: string): readonly Finding[] {
  const snapshot = readStatusText(text, { source: 'bench', at: takenAt });
  return evaluate(guides, snapshot, { policy: observeOnly, knowledge }, asOf);
}
