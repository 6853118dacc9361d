/** Reports of which every text can be anything: what comes from models, policies and journals is not ours. */
import type { Plan } from '../../src/core/plan.js';
import type { Remediation } from '../../src/core/ports/index.js';
import type { Report, ReportFinding, ReportLedgerEntry } from '../../src/core/report/types.js';
import type { PageContext } from '../../src/report/html.js';
import { sampleFinding, samplePlan, sampleRemediation, sampleReport } from './report-samples.js';
import { toyGuide } from './toy-guide.js';

/** What a page is made of. */
type Page = readonly [Report, readonly Plan[], readonly Remediation[], PageContext];

/** A page in which every text that can come from outside is `text`. */
export function pageWith(text: string): Page {
  const lines = [[text, text]];
  const finding: ReportFinding = {
    ...sampleFinding,
    id: text,
    control: text,
    guide: text,
    title: text,
    reason: text,
    message: text,
    upstream: text,
    validUntil: text,
    target: { kind: 'unit', controller: text, model: text, application: text, unit: text },
    evidence: [{ source: text, observedAt: text, seen: text, wanted: text, unit: text }],
    waiver: {
      ...{ id: text, kind: 'waived', owner: text, reason: text, expiresAt: text, state: 'expired' },
      compensatedBy: text,
    },
    remediation: {
      kind: 'auto',
      actions: [{ argv: [text, text], effect: text, inverse: lines }],
      procedure: text,
    },
  };
  const base = sampleReport([finding, { ...finding, outcome: 'pass' }]);
  const report: Report = {
    ...base,
    generatedAt: text,
    source: { road: text, name: text, takenAt: text },
    policy: { hash: text },
    waivers: [ledgerEntry(text)],
    summary: { ...base.summary, byModel: { [text]: { score: 1, violations: 1, unknown: 1 } } },
  };
  const action = samplePlan.actions[0]!;
  const target = { kind: 'model', controller: text, model: text } as const;
  const changed = { argv: [text], effect: text, cutsOff: [text], controls: [text] };
  const plan = { ...samplePlan, hash: text, target, createdAt: text, actions: [{ ...action, ...changed }] };
  const remediation = {
    ...sampleRemediation,
    target,
    controls: [text],
    argv: [text],
    reason: text,
    message: text,
    updatedAt: text,
  };
  const [control] = toyGuide.controls;
  const told = { id: text, title: text, rationale: text, section: text, references: [text] };
  const guide = { ...toyGuide, id: text, title: text, version: text, url: text };
  const guides = control === undefined ? [] : [{ ...guide, controls: [{ ...control, ...told }] }];
  const earlier = [
    { ...report, findings: [{ ...finding, id: `${text}2` }] },
    { ...report, findings: [] },
  ];
  return [report, [plan], [remediation], { guides, earlier }];
}

/** An entry in the ledger of waivers. */
export function ledgerEntry(text: string, state: ReportLedgerEntry['state'] = 'unused'): ReportLedgerEntry {
  const terms = { id: text, kind: 'mitigated', owner: text, reason: text, expiresAt: text } as const;
  return {
    ...terms,
    state,
    compensatedBy: text,
    match: { control: text, model: text },
    message: text,
    matched: 7,
    covers: 3,
  };
}
