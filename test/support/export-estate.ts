/** A report in which everything that exports have to tell happens: every outcome, every waiver, units, hostile texts. */
import { buildReport, findingId } from '../../src/core/report/build.js';
import { counts } from '../../src/core/report/diff.js';
import { outcomes, severities, type Outcome, type Severity } from '../../src/core/outcome.js';
import type { Report, ReportFinding, ReportWaiver } from '../../src/core/report/types.js';
import { observeOnly } from '../../src/core/policy/policy.js';
import type { Target } from '../../src/core/target.js';

const at = '2026-11-22T03:26:48Z';

/** Texts that mean something to a spreadsheet, a terminal, XML, Markdown, SARIF or JSON. */
export const hostileTexts: readonly string[] = [
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '  =1+1',
  '\uff1d1+1',
  'a;=1+1\n=2+2\t@x',
  'say "hi", then\r\nleave',
  '</failure><testcase name="x"/>]]><!--',
  '<script>alert(1)</script>&amp;&#0;',
  '\u0000\u0007\u001b[31mred\u001b]0;t\u0007\u009b',
  '\u202etxt.exe\u2066\u200b',
  '\ud800 alone \udfff',
  '[click](javascript:alert(1)) {0} `code` *bold*',
  '',
  '   ',
  '\ufffe\uffff\u2028',
  'größer 日本語 🚀',
];

interface Parts {
  readonly control?: string;
  readonly guide?: string;
  readonly outcome?: Outcome;
  readonly severity?: Severity;
  readonly application?: string;
  readonly more?: Partial<ReportFinding>;
}

/** A finding on an application of the made-up estate. */
export function exportFinding(parts: Parts = {}): ReportFinding {
  const { control = 'ETCD-ENC-01', guide = 'charmed-etcd', application = 'etcd' } = parts;
  const target: Target = { kind: 'application', controller: 'prod', model: 'data', application };
  const finding: ReportFinding = {
    id: findingId(control, parts.more?.target ?? target),
    control,
    guide,
    title: 'A TLS provider secures the traffic of clients',
    severity: parts.severity ?? 'critical',
    outcome: parts.outcome ?? 'fail',
    reason: 'ClientTlsDisabled',
    message: `no TLS provider is related to ${application}:client-certificates`,
    fixableBy: 'operator',
    target,
    evidence: [{ source: 'api: Client.FullStatus v8', observedAt: at, seen: 'none', wanted: 'a relation' }],
  };
  return { ...finding, ...parts.more };
}

function waiver(state: ReportWaiver['state'], kind: ReportWaiver['kind'] = 'waived'): ReportWaiver {
  const terms = {
    id: `w-${kind}-${state}`,
    owner: 'data-platform',
    reason: 'the PKI team delivers in spring',
  };
  const mitigated = kind === 'mitigated' ? { compensatedBy: 'JUJU-NET-01' } : {};
  return { ...terms, kind, expiresAt: '2027-03-31T00:00:00Z', state, ...mitigated };
}

const remediation: NonNullable<ReportFinding['remediation']> = {
  kind: 'disruptive',
  actions: [
    {
      argv: ['juju', 'integrate', '-m', 'prod:admin/data', 'etcd:client-certificates', 'ca:certificates'],
      effect: 'Clients need TLS afterwards.',
      inverse: [['juju', 'remove-relation', 'etcd:client-certificates', 'ca:certificates']],
    },
  ],
};

const units = ['etcd/0', 'etcd/1', 'etcd/2'].map((unit, n) => ({
  ...{ source: n === 0 ? 'probe: ports' : 'workload: etcd.conf.yml', observedAt: at, unit },
  ...{ seen: n === 0 ? 'TLS' : 'clear', wanted: 'TLS' },
}));

/** Each of them says something that no other does. */
export const telling: readonly ReportFinding[] = [
  exportFinding({
    more: { remediation, firstSeen: '2026-11-01T00:00:00Z', validUntil: '2026-12-01T00:00:00Z' },
  }),
  exportFinding({ application: 'etcd2', outcome: 'inconsistent', more: { evidence: units } }),
  exportFinding({ application: 'etcd3', more: { waiver: waiver('active') } }),
  exportFinding({ application: 'etcd4', more: { waiver: waiver('active', 'mitigated') } }),
  exportFinding({ application: 'etcd5', more: { waiver: waiver('expired') } }),
  exportFinding({ application: 'etcd6', more: { waiver: waiver('lapsed', 'mitigated') } }),
  exportFinding({ control: 'ETCD-ENC-02', outcome: 'pass', severity: 'high' }),
  exportFinding({ control: 'ETCD-ENC-03', outcome: 'unknown', severity: 'high' }),
  exportFinding({ control: 'ETCD-BKP-01', outcome: 'manual', severity: 'medium', more: { evidence: [] } }),
  exportFinding({
    control: 'ETCD-ENC-04',
    outcome: 'not-applicable',
    severity: 'low',
    more: { evidence: [] },
  }),
  exportFinding({
    ...{ control: 'JUJU-USER-01', guide: 'juju', severity: 'info' },
    more: {
      target: { kind: 'user', controller: 'prod', user: 'bob' },
      fixableBy: 'charm',
      upstream: 'an issue of the charm',
      drift: { lastGood: at, firstBad: at, who: 'bob, by operation 7', operations: ['7'] },
      remediation: { kind: 'manual', actions: [], procedure: 'Ask him.\nThen look again.' },
    },
  }),
  exportFinding({ control: 'SITE-01', guide: 'site', severity: 'medium' }),
];

/** A finding in which every text that may come from outside is the given one. */
export function hostileFinding(text: string, n: number): ReportFinding {
  return exportFinding({
    ...{ control: `${text}${n}`, guide: text, application: text },
    more: {
      ...{ title: text, message: text, upstream: text },
      target: { kind: 'unit', controller: text, model: text, application: text, unit: `${text}${n}` },
      evidence: [{ source: text, observedAt: at, seen: text, wanted: text, unit: text }],
      waiver: { ...waiver('active', 'mitigated'), id: text, owner: text, reason: text, compensatedBy: text },
      remediation: { kind: 'auto', actions: [{ argv: ['juju', text], effect: text }], procedure: text },
      drift: { lastGood: at, firstBad: at, who: text, operations: [text] },
    },
  });
}

/** A report of the findings; its summary counts them. */
export function exportReport(findings: readonly ReportFinding[] = telling, source = 'prod'): Report {
  const empty = buildReport({
    ...{ findings: [], policy: observeOnly, toolVersion: '1.2.3', asOf: Date.parse(at), all: true },
    source: { road: 'api', name: source, takenAt: at },
  });
  const count = <K extends string>(keys: readonly K[], of: (key: K) => number): Record<K, number> =>
    Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<K, number>;
  const summary = {
    ...empty.summary,
    byOutcome: count(outcomes, (outcome) => findings.filter((one) => one.outcome === outcome).length),
    bySeverity: count(
      severities,
      (severity) => findings.filter((one) => one.severity === severity && counts(one)).length,
    ),
    waived: findings.filter((one) => one.waiver?.state === 'active').length,
    score: 40,
    scoreOfFixable: 50,
  };
  return { ...empty, findings, summary };
}

/** The telling findings and one for each hostile text, from a source that has a hostile name. */
export function fullReport(): Report {
  return exportReport([...telling, ...hostileTexts.map(hostileFinding)], hostileTexts.join(' '));
}
