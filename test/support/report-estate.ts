/** Reports of any size, with findings as guides give them. */
import type { ReportPlace } from '../../src/core/openreports/types.js';
import { outcomes, severities, type Outcome } from '../../src/core/outcome.js';
import { findingId } from '../../src/core/report/build.js';
import type { Report, ReportFinding } from '../../src/core/report/types.js';
import type { Target } from '../../src/core/target.js';
import { sampleReport } from './report-samples.js';

const at = '2026-11-22T03:26:48Z';

const said =
  'No provider of certificates is related to client-certificates: clients speak without TLS, passwords included.';

/** A finding on an application of a model, unless the target says otherwise. */
export function findingOf(target: Partial<Target>, finding: Partial<ReportFinding> = {}): ReportFinding {
  const control = finding.control ?? 'ETCD-ENC-01';
  const full: Target = {
    kind: 'application',
    controller: 'prod',
    model: 'data',
    application: 'etcd',
    ...target,
  };
  return {
    id: findingId(control, full),
    control,
    guide: 'charmed-etcd',
    title: 'Clients speak TLS',
    severity: 'high',
    outcome: 'fail',
    reason: 'ClientTlsDisabled',
    message: said,
    fixableBy: 'operator',
    target: full,
    evidence: [{ source: 'api: Client.FullStatus v8', observedAt: at, seen: 'no relation', wanted: 'one' }],
    firstSeen: at,
    ...finding,
  };
}

export interface Size {
  readonly models: number;
  readonly findings: number;
  /** What the finding of a number came to; every fifth falls short when absent. */
  readonly outcome?: (index: number) => Outcome;
  /** A part of the model's names; `m` when absent. */
  readonly prefix?: string;
}

/** Findings over models `m0`, `m1`, … of the controller `prod`, ten controls on each application. */
export function largeReport({ models, findings, outcome = everyFifth, prefix = 'm' }: Size): Report {
  const made = Array.from({ length: findings }, (_, index) => {
    const place = Math.floor(index / 10);
    return findingOf(
      { model: `${prefix}${place % models}`, application: `app-${Math.floor(place / models)}` },
      {
        control: `ETCD-ENC-${String(index % 10).padStart(2, '0')}`,
        severity: severities[index % severities.length] ?? 'info',
        outcome: outcome(index),
      },
    );
  });
  return sampleReport(made);
}

function everyFifth(index: number): Outcome {
  return index % 5 === 0 ? 'fail' : 'pass';
}

export const everyOutcome = (index: number): Outcome => outcomes[index % outcomes.length] ?? 'pass';

/** The namespaces of the models of a large report: the same names. */
export function placesOf({ models, prefix = 'm' }: Pick<Size, 'models' | 'prefix'>): readonly ReportPlace[] {
  const statefulSets = new Set(['app-0', 'etcd']);
  return Array.from({ length: models }, (_, index) => {
    const model = `${prefix}${index}`;
    return { controller: 'prod', model, namespace: model, statefulSets };
  });
}
