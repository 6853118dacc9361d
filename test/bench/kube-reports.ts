/** How much of a cluster's store the reports of an estate take: the bytes of the objects that would be written. */
import type * as Builds from '../../src/core/openreports/build.js';
import type { ReportObject } from '../../src/core/openreports/types.js';
import type * as Reports from '../../src/core/report/build.js';
import type { Report } from '../../src/core/report/types.js';
import { fromDist } from '../../scripts/from-dist.ts';
import { fleetSnapshot, fleetTexts } from './fleet.ts';
import type { Result } from './measure.ts';
import { asOf, evaluate, guides, knowledge, observeOnly } from './program.ts';

const { buildOpenReports } = await fromDist<typeof Builds>('core/openreports/build.js');
const { buildReport } = await fromDist<typeof Reports>('core/report/build.js');

/** What a cluster's store may be filled with, bytes. */
const most = 1_000_000;
const formats = ['OpenReports', 'PolicyReport', 'FirstPolicyReport'] as const;

/** Of a fleet in models of a hundred units, cut to so many findings; every other model lives in a namespace. */
export function kubeReportResults(findings: number): readonly Result[] {
  const report = reportOf(findings);
  return formats.map((format) => row(report, format, [...objectsOf(report, format)]));
}

function reportOf(count: number): Report {
  const snapshot = fleetSnapshot(fleetTexts(2000));
  const all = evaluate(guides, snapshot, { policy: observeOnly, knowledge }, asOf);
  const findings = all.slice(0, count);
  if (findings.length < count) throw new Error(`the estate gives ${findings.length} findings only`);
  const source = { road: 'api', name: 'bench', takenAt: new Date(asOf).toISOString() };
  return buildReport({ findings, policy: observeOnly, source, toolVersion: '0', asOf, all: true });
}

function objectsOf(report: Report, format: (typeof formats)[number]): Iterable<ReportObject> {
  const models = Array.from({ length: 20 }, (_, n) => `m${n}`).filter((_, n) => n % 2 === 0);
  const places = models.map((model) => ({
    controller: 'prod',
    model,
    namespace: model,
    statefulSets: new Set<string>(),
  }));
  const whole = 'http://holdfast.example:8420/report.json';
  const about = { places: { models: places }, format, instance: 'holdfast', withClusterReports: true };
  return buildOpenReports({ report, ...about, whole });
}

function row(report: Report, format: string, objects: readonly ReportObject[]): Result {
  const bytes = objects.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  const leftOut = objects.reduce((sum, object) => sum + object.leftOut, 0);
  const largest = Math.max(...objects.map(({ body }) => Buffer.byteLength(body)));
  const findings = report.findings.length.toLocaleString('en');
  return {
    id: `kube-bytes ${format}`,
    what: `${findings} findings as ${format}: ${objects.length} objects`,
    measured: `${kB(bytes)}, the largest ${kB(largest)}; ${leftOut.toLocaleString('en')} results left out, counted`,
    budget: '≤ 1 MB',
    within: bytes <= most,
    figures: { bytes, largest, leftOut },
  };
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
