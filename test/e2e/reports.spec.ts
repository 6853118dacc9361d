import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Outcome } from '../../src/core/outcome.js';
import { everyOutcome, findingOf, largeReport, placesOf } from '../support/report-estate.js';
import { sampleReport } from '../support/report-samples.js';
import { must } from './lab/calls.js';
import { installReports, removeReports } from './lab/install.js';
import { access, asked, estateOf, models, offered, reportLab, sink, tell, theLab } from './lab/report-lab.js';
import type { ReporterAnswer, ReporterOrder } from './lab/reporter.js';

jest.setTimeout(180_000);
reportLab('reports.txt');

const openReports = '/apis/openreports.io/v1alpha1';

interface Item {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly summary: Readonly<Record<string, number>>;
  readonly results: readonly { readonly result: string; readonly severity?: string; readonly rule: string }[];
}

async function itemsAt(path: string): Promise<readonly Item[]> {
  const { items } = await must(theLab().admin, 'GET', path);
  return items as readonly Item[];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;

describe('10,000 findings of 100 models', () => {
  beforeAll(() => installReports(theLab().admin, 'openReports'));
  afterAll(() => removeReports(theLab().admin, 'openReports'));

  it.each([
    ['every 7th fails', (index: number) => (index % 7 === 0 ? 'fail' : 'pass')],
    ['all outcomes', everyOutcome],
    ['all fail', () => 'fail'],
  ] as const satisfies readonly (readonly [string, (index: number) => Outcome])[])(
    'take less than 1 MB of etcd, and no writes once they are there: %s',
    async (name, outcome) => {
      const estate = estateOf(largeReport({ models, findings: 10_000, outcome }));
      const user = { ...findingOf({}), target: { kind: 'user', controller: 'prod', user: name } } as const;
      estate.report = { ...estate.report, findings: [...estate.report.findings, user] };
      const made = sink(estate);
      const first = await asked(() => offered(made, estate, () => made.health().written === models + 1));
      const second = await asked(async () => {
        for (let pass = 0; pass < 5; pass += 1) {
          made.offer(() => ({ ...estate.report, generatedAt: `2027-01-0${pass + 1}T00:00:00Z` }));
          await sleep(300);
        }
      });
      const sizes = await theLab().stored('/registry/openreports.io/');
      const { leftOut, bytes, written, failed, troubles } = made.health();
      tell(
        `${name}: etcd ${kilobytes(sum(sizes))} in ${sizes.length} objects (largest ${kilobytes(Math.max(...sizes))}), sent ${kilobytes(bytes)}, results left out ${leftOut}`,
      );
      tell(`  first pass: ${JSON.stringify(first)}`);
      tell(`  5 passes without changes: ${JSON.stringify(second)}`);
      expect({ written, failed, troubles }).toEqual({ written: models + 1, failed: 0, troubles: [] });
      expect(sizes).toHaveLength(models + 1);
      expect(sum(sizes)).toBeLessThan(1_000_000);
      expect(Object.keys(second).filter((key) => !key.startsWith('list '))).toEqual([]);
      const reports = await itemsAt(`${openReports}/reports`);
      expect(sum(reports.map(({ summary }) => sum(Object.values(summary))))).toBe(10_000);
    },
  );

  it('of one model take less than etcd takes at once', async () => {
    const estate = estateOf(largeReport({ models: 1, findings: 10_000, outcome: () => 'fail' }), 1);
    const made = sink(estate, { instance: 'single' });
    await offered(made, estate, () => made.health().written === 1);
    const [report] = (await itemsAt(`${openReports}/namespaces/m0/reports`)).filter(
      ({ metadata }) => metadata.name === 'single',
    );
    expect(report?.summary['fail']).toBe(10_000);
    expect(report?.results.at(-1)?.rule).toBe('ResultsLeftOut');
    estate.places = { models: [], known: ['prod'] };
    estate.report = sampleReport([]);
    await offered(made, estate, () => made.health().deleted === 1);
  });

  it('cost little memory, however often something changes', async () => {
    const order: ReporterOrder = {
      ...{ access: { ...access(), server: theLab().admin.url }, models, findings: 10_000, passes: 100 },
    };
    const { rss, heap, written, failed, troubles, quietPassMs } = await inAProcess(order);
    const [before, first, last] = rss;
    tell(
      `memory of a process with 10,000 findings: ${before.toFixed(0)} MiB before, +${(first - before).toFixed(1)} after all were written, +${(last - before).toFixed(1)} after 100 changes, of which ${(heap[1] - heap[0]).toFixed(1)} in use; a pass without changes ${quietPassMs.toFixed(0)} ms of CPU`,
    );
    expect({ written: written >= 100, failed, troubles }).toEqual({ written: true, failed: 0, troubles: [] });
    expect(last - before).toBeLessThan(60);
    expect(heap[1] - heap[0]).toBeLessThan(5);
  });

  it('are survived by those of models alone that are still there', async () => {
    const estate = estateOf(largeReport({ models, findings: 1000 }));
    const made = sink(estate);
    const reports = () => itemsAt(`${openReports}/reports`);
    await offered(made, estate, async () => (await reports()).length === models);
    await made.close();
    const again = sink(estate);
    estate.places = { models: placesOf({ models: 10 }), known: ['prod'] };
    estate.report = largeReport({ models: 10, findings: 1000 });
    await offered(again, estate, async () => (await reports()).length === 10);
  });

  it('are written over what others put there, field by field', async () => {
    const estate = estateOf(largeReport({ models: 1, findings: 50 }), 1);
    const made = sink(estate, { instance: 'forced' });
    await offered(made, estate, () => made.health().written === 1);
    const path = `${openReports}/namespaces/m0/reports/forced`;
    await must(theLab().admin, 'PATCH', path, { summary: { fail: 0 }, results: [] });
    await offered(made, estate, async () => {
      const { summary, results } = (await must(theLab().admin, 'GET', path)) as unknown as Item;
      return summary['fail'] === 10 && results.length === 10;
    });
  });
});

function inAProcess(order: ReporterOrder): Promise<ReporterAnswer> {
  const loader = join(import.meta.dirname, '../support/as-typescript.js');
  const child = fork(join(import.meta.dirname, 'lab/reporter.ts'), {
    execPath: process.execPath,
    execArgv: ['--import', loader, '--max-semi-space-size=4', '--expose-gc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (answer) => {
      resolve(answer as ReporterAnswer);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`the reporter ended with ${code}`));
    });
    child.send(order);
  });
}

describe('what is installed', () => {
  it.each([
    ['policyReports', 'critical'],
    ['firstPolicyReports', 'high'],
  ] as const)('may be %s: the worst is then %s', async (which, worst) => {
    await installReports(theLab().admin, which);
    const estate = estateOf(largeReport({ models: 2, findings: 100, outcome: () => 'fail' }), 1);
    const made = sink(estate);
    await offered(made, estate, () => made.health().written === 2);
    const [report] = await itemsAt('/apis/wgpolicyk8s.io/v1alpha2/policyreports');
    expect(report?.results[0]).toMatchObject({ source: 'holdfast', severity: worst, result: 'fail' });
    expect(await itemsAt('/apis/wgpolicyk8s.io/v1alpha2/clusterpolicyreports')).toHaveLength(1);
    expect(made.health().troubles).toEqual([]);
    await made.close();
    await removeReports(theLab().admin, which);
  });

  it('may be nothing, and then something, and then nothing again', async () => {
    const estate = estateOf(largeReport({ models: 1, findings: 100 }), 1);
    const made = sink(estate);
    await offered(made, estate, () => made.health().troubles.length === 1);
    expect(made.health().troubles[0]).toContain('serves neither');
    await installReports(theLab().admin, 'openReports');
    await offered(made, estate, () => made.health().troubles.length === 0 && made.health().written === 1);
    await removeReports(theLab().admin, 'openReports');
    await offered(made, estate, () => made.health().troubles.some((text) => text.includes('serves neither')));
  });
});
