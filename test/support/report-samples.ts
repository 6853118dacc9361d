import type { DaemonView } from '../../src/core/ports/index.js';
import type { Remediation } from '../../src/core/ports/index.js';
import { outcomes, severities } from '../../src/core/outcome.js';
import { limitsFor } from '../../src/core/policy/limits.js';
import type { Plan } from '../../src/core/plan.js';
import type { Report, ReportFinding } from '../../src/core/report/types.js';

const at = '2026-11-22T03:26:48Z';
export const sampleFinding: ReportFinding = {
  id: 'f1',
  control: 'ETCD-TLS-01',
  guide: 'charmed-etcd',
  title: 'Clients speak TLS',
  severity: 'critical',
  outcome: 'fail',
  reason: 'ClientTlsDisabled',
  message: 'No provider of certificates is related to etcd:client-certificates.',
  fixableBy: 'operator',
  target: { kind: 'application', controller: 'prod', model: 'data', application: 'etcd' },
  evidence: [
    {
      source: 'api: Client.FullStatus v8',
      observedAt: at,
      seen: 'no relation',
      wanted: 'a relation at client-certificates',
    },
  ],
  remediation: {
    kind: 'disruptive',
    actions: [
      {
        argv: ['juju', 'integrate', 'etcd:client-certificates', 'ca:certificates'],
        effect: 'Clients need TLS afterwards.',
        inverse: [['juju', 'remove-relation', 'etcd:client-certificates', 'ca:certificates']],
      },
    ],
  },
};

export function sampleReport(findings: readonly ReportFinding[] = [sampleFinding]): Report {
  return {
    kind: 'Report',
    version: 'v1',
    generatedAt: at,
    tool: { name: 'holdfast', version: '0.1.0' },
    source: { road: 'api', name: 'prod', takenAt: at },
    policy: { hash: '3f7a9c21d5e80b46' },
    summary: {
      byOutcome: zeros(outcomes),
      bySeverity: zeros(severities),
      waived: 0,
      score: 62.5,
      scoreOfFixable: 80,
      byModel: { 'prod:data': { score: 62.5, violations: 1, unknown: 0 } },
    },
    findings,
  };
}

function zeros<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
}

export const samplePlan: Plan = {
  kind: 'Plan',
  version: 'v1',
  id: 'a1b2c3d4e5f6',
  hash: 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90',
  target: { kind: 'model', controller: 'prod', model: 'data' },
  createdAt: at,
  findings: ['f1'],
  limits: limitsFor([]),
  actions: [
    {
      id: 'integrate-1',
      type: 'integrate',
      args: {
        type: 'integrate',
        model: { controller: 'prod', owner: 'admin', model: 'data' },
        ends: [
          { application: 'etcd', endpoint: 'client-certificates' },
          { application: 'ca', endpoint: 'certificates' },
        ],
      },
      preconditions: [],
      argv: ['juju', 'integrate', '-m', 'prod:admin/data', 'etcd:client-certificates', 'ca:certificates'],
      effect: 'Clients need TLS afterwards.',
      inverse: [
        {
          type: 'remove-relation',
          model: { controller: 'prod', owner: 'admin', model: 'data' },
          ends: [
            { application: 'etcd', endpoint: 'client-certificates' },
            { application: 'ca', endpoint: 'certificates' },
          ],
        },
      ],
      risk: 'high',
      disruptive: true,
      repeatable: false,
      cutsOff: ['clients without TLS'],
      controls: ['ETCD-TLS-01'],
    },
  ],
};

const [sampleAction] = samplePlan.actions;
if (sampleAction === undefined) throw new Error('the sample plan has no action');

export const sampleRemediation: Remediation = {
  id: 'r1',
  planHash: samplePlan.hash,
  actionId: 'integrate-1',
  target: samplePlan.target,
  controls: ['ETCD-TLS-01'],
  argv: sampleAction.argv,
  action: sampleAction,
  findings: [],
  state: 'Verifying',
  reason: 'WaitingForPass',
  message: 'The relation is made; its effect is not seen yet.',
  attempts: 1,
  startedAt: at,
  updatedAt: at,
};

/** A daemon that shows the samples, all well; what is given replaces its part. */
export function sampleView(parts: Partial<DaemonView> = {}): DaemonView {
  const report = sampleReport();
  return {
    report: () => report,
    plans: () => [samplePlan],
    remediations: () => [sampleRemediation],
    health: () => [
      {
        controller: 'prod',
        connected: true,
        models: [{ model: 'data', lastRead: at, interval: 15 }],
        calls: 12,
        errors: 1,
        reconnects: 2,
        callsBy: new Map([['Client.FullStatus', 12]]),
        errorsBy: new Map([['denied', 1]]),
      },
    ],
    clusters: () => [],
    queue: () => ({ depth: 3, inFlight: 1, backingOff: 2 }),
    readiness: () => ({ ready: true, reasons: [] }),
    rails: () => [],
    held: () => [],
    quarantines: () => [],
    pauses: () => [],
    journal: () => ({ state: 'ok' }),
    ...parts,
  };
}
