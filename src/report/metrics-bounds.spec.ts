import { beforeAll, describe, expect, it } from '@jest/globals';
import { everyOutcome, largeReport } from '../../test/support/report-estate.js';
import { sampleView } from '../../test/support/report-samples.js';
import { parseScrape } from '../../test/support/scrape.js';
import { virtualClock } from '../simulator/virtual-clock.js';
import { createMetrics } from './metrics.js';

const models = 200;
const applications = 8000;

/** How many series each metric of an estate has that is larger than any that is known. */
async function seriesOf(): Promise<ReadonlyMap<string, number>> {
  const report = largeReport({ models, findings: applications * 10, outcome: everyOutcome });
  const certificates = Array.from({ length: applications }, (_, n) => ({
    ...{ controller: 'prod', model: `m${n % models}`, application: `app-${n}`, notBefore: n, notAfter: n },
  }));
  const names = Array.from({ length: models }, (_, n) => ({ model: `m${n}`, interval: 15 }));
  const health = { controller: 'prod', connected: true, models: names, calls: 1, errors: 0, reconnects: 0 };
  const view = sampleView({
    report: () => report,
    certificates: () => certificates,
    health: () => [health],
  });
  const counts = new Map<string, number>();
  for (const { name } of parseScrape(await createMetrics(() => view, virtualClock()).text()).samples)
    counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

describe('80,000 findings on 8000 applications', () => {
  let series: ReadonlyMap<string, number>;
  beforeAll(async () => {
    series = await seriesOf();
  });

  it.each([
    'holdfast_findings',
    'holdfast_passed_findings',
    'holdfast_certificate_expiry_timestamp_seconds',
    'holdfast_certificate_start_timestamp_seconds',
  ])('are at most 5000 series of %s', (name) => {
    expect(series.get(name)).toBeGreaterThan(0);
    expect(series.get(name)).toBeLessThanOrEqual(5000);
  });

  it('are at most fifty of all the others for each model', () => {
    const limited = /^holdfast_(?:findings|waived_findings|passed_findings|certificate_)/;
    const others = [...series].filter(([name]) => !limited.test(name)).map(([, count]) => count);
    expect(others.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(50 * models);
  });
});
