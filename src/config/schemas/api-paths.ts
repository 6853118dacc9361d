/** The paths of the API: what each takes and gives. */
import type { ApiDocument } from './api.js';

interface Read {
  readonly method: 'get';
  readonly summary: string;
  readonly query?: readonly string[];
  readonly answer: ApiDocument;
}

interface Change {
  readonly method: 'post';
  readonly summary: string;
  readonly body: ApiDocument;
  readonly answer: ApiDocument;
}

const paging = ['limit', 'offset'] as const;
const filter = [
  ...['outcome', 'severity', 'guide', 'control', 'controller', 'model', 'application', 'q'],
  ...paging,
];

/** Under /api/v1; what stands in braces is a part of the path that varies. */
export const apiPaths: Readonly<Record<string, Read | Change>> = {
  '/report': read('The report of this moment.', 'Report'),
  '/findings': read(
    'Findings, worst first; those that fall short unless said otherwise.',
    'FindingList',
    filter,
  ),
  '/findings/{id}': read('One finding.', 'Finding'),
  '/models': read('Score and figures of each model and its applications.', 'ModelList'),
  '/trend': read('The score over time, oldest first.', 'TrendList'),
  '/plans': read('What would be done now.', 'PlanList'),
  '/plans/{plan}': read('A plan by its id or hash.', 'Plan'),
  '/plans/{plan}/approve': change('Lets the daemon carry out a plan.', 'DecideRequest', 'Approval'),
  '/plans/{plan}/deny': change('Keeps the daemon from carrying out a plan.', 'DecideRequest', 'Approval'),
  '/remediations': read('Where each remediation stands, the newest first.', 'RemediationList', paging),
  '/orders': read('What waits for persons, and what they said that counts now.', 'Orders'),
  '/orders/clear': change('Ends a quarantine.', 'ClearRequest', 'QuarantineList'),
  '/orders/pause': change('Nothing is changed until it is lifted or over.', 'PauseRequest', 'Pause'),
  '/orders/resume': change('Lifts a pause.', 'ResumeRequest', 'PauseList'),
  '/waivers': read('The ledger of the waivers of the policy.', 'WaiverList'),
  '/audit-log': read('Who changed what, when and why, oldest first.', 'AuditLog', [
    'limit',
    'after',
    'since',
  ]),
  '/audit-log/verdict': read('Whether the audit trail is as it was written.', 'AuditVerdict'),
  '/controls': read('The catalogue of controls.', 'ControlList'),
};

function read(summary: string, answer: ApiDocument, query: readonly string[] = []): Read {
  return { method: 'get', summary, answer, query };
}

function change(summary: string, body: ApiDocument, answer: ApiDocument): Change {
  return { method: 'post', summary, body, answer };
}

/** What the parameters of queries mean. */
export const queryTexts: Readonly<Record<string, string>> = {
  limit: 'At most so many, from 1 to 1000; 100 unless given.',
  offset: 'So many are left out first.',
  outcome: 'short (the usual), all, waived, or an outcome.',
  severity: 'critical, high, medium, low or info.',
  guide: 'Id of a guide; * and ? are understood.',
  control: 'Id of a control; * and ? are understood.',
  controller: 'Name of a controller; * and ? are understood.',
  model: 'Name of a model; * and ? are understood.',
  application: 'Name of an application; * and ? are understood.',
  q: 'Words that have to be in control, title, message or target.',
  after: 'Records after this number; the newest unless given.',
  since: 'Not older than this: 7d, or 2026-11-22T08:00:00Z.',
};
