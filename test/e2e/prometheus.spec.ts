/** What is delivered for Prometheus, held against Prometheus' own tool. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { stringify } from 'yaml';
import type { Outcome } from '../../src/core/outcome.js';
import { createMetrics } from '../../src/report/metrics.js';
import { fullScrape } from '../support/full-scrape.js';
import { dashboards, observability, queriesOf, ruleFiles } from '../support/observability.js';
import { realClock } from '../support/real-clock.js';
import { everyOutcome, largeReport } from '../support/report-estate.js';
import { sampleView } from '../support/report-samples.js';
import { promtool } from './lab/promtool.js';
import { withTopology } from './lab/topology.js';

jest.setTimeout(180_000);

const lines: string[] = [];
afterAll(() => {
  writeFileSync(join(import.meta.dirname, '../../build/e2e/metrics.txt'), `${lines.join('\n')}\n`);
});

const rulePaths = ruleFiles().map((file) => observability + file);
const clean = { code: 0, said: expect.not.stringMatching(/error|FAILED/i) };

describe('what is delivered', () => {
  it('is taken by Prometheus as rules', async () => {
    expect(await promtool(['check', 'rules', ...rulePaths])).toEqual(clean);
  });

  it('fires and keeps silent as its cases say', async () => {
    const files = ['findings', 'expiries', 'changes', 'holdfast', 'etcd'];
    const begun = Date.now();
    const paths = files.map((name) => `${observability}tests/${name}.yaml`);
    expect(await promtool(['test', 'rules', ...paths])).toMatchObject({ code: 0 });
    lines.push(`cases of the alert rules: all as expected in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  }, 300_000);

  it('does so, too, when the scraper adds its topology as COS does', async () => {
    const { folder, cases } = await withTopology();
    const answer = await promtool(['test', 'rules', ...cases]);
    await rm(folder, { recursive: true });
    expect(answer).toMatchObject({ code: 0 });
  }, 300_000);

  it.each(dashboards())('shows in %s only queries that can be read', async (_, dashboard) => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-queries-'));
    const rules = queriesOf(dashboard).map((expr, n) => ({ record: `query_${n}`, expr }));
    const file = join(folder, 'queries.yml');
    await writeFile(file, stringify({ groups: [{ name: 'dashboard', rules }] }));
    const { code, said } = await promtool(['check', 'rules', file]);
    await rm(folder, { recursive: true });
    expect([code, said]).toEqual([0, expect.stringContaining(`${rules.length} rules found`)]);
  });

  it('are metrics without a fault', async () => {
    expect(await promtool(['check', 'metrics'], await fullScrape())).toEqual({ code: 0, said: '' });
  });
});

describe('10,000 findings', () => {
  it.each<[string, (index: number) => Outcome]>([
    ['all pass', () => 'pass'],
    ['every 7th fails', (index) => (index % 7 === 0 ? 'fail' : 'pass')],
    ['all outcomes', everyOutcome],
    ['all fail', () => 'fail'],
  ])('are scraped in less than 2 MB, and clean: %s', async (name, outcome) => {
    const report = largeReport({ models: 100, findings: 10_000, outcome });
    const metrics = createMetrics(() => sampleView({ report: () => report }), realClock());
    await metrics.text();
    const before = process.cpuUsage();
    const text = await metrics.text();
    const { user, system } = process.cpuUsage(before);
    const series = text.split('\n').filter((line) => line.startsWith('holdfast_')).length;
    const figures = `${series} series, ${(text.length / 1e6).toFixed(2)} MB, ${((user + system) / 1000).toFixed(0)} ms of CPU`;
    lines.push(`10,000 findings, ${name}: ${figures}`);
    expect(text.length).toBeLessThan(2_000_000);
    expect(await promtool(['check', 'metrics'], text)).toEqual({ code: 0, said: '' });
  });
});
