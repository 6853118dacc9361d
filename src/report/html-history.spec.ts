import { describe, expect, it } from '@jest/globals';
import { sampleFinding, sampleReport } from '../../test/support/report-samples.js';
import type { Report } from '../core/report/types.js';
import { renderHtml } from './html.js';

describe('the HTML report with earlier reports', () => {
  const dated = (generatedAt: string, score: number | null, findings = [sampleFinding]): Report => {
    const report = sampleReport(findings);
    return { ...report, generatedAt, summary: { ...report.summary, score } };
  };
  const now = dated('2026-11-22T00:00:00Z', 60);
  const page = (...earlier: readonly Report[]): string => renderHtml(now, [], [], { earlier });

  it('draws the score over time, oldest on the left', () => {
    const drawn = page(dated('2026-11-12T00:00:00Z', 100), dated('2026-11-02T00:00:00Z', 0));
    expect(drawn).toContain('<polyline points="32,150 366,10 700,66"');
    expect(drawn).toContain('aria-label="Score over time: 0.0 at 2026-11-02T00:00:00Z; then 60.0 at');
  });

  it('draws nothing where there is nothing to compare', () => {
    expect(page(dated('2026-11-02T00:00:00Z', null))).not.toContain('<polyline');
    expect(page(dated('2026-11-22T00:00:00Z', 50))).not.toContain('<polyline');
    expect(page()).not.toContain('id="history"');
  });

  it('says what came and went since the last one', () => {
    const other = { ...sampleFinding, id: 'f2', control: 'OLD-01' };
    const text = page(dated('2026-11-02T00:00:00Z', 0), dated('2026-11-12T00:00:00Z', 50, [other]));
    expect(text).toMatch(/Since <time[^>]*>2026-11-12/);
    expect(text).toContain('1 new, 1 gone, 0 as before.');
    expect(text).toContain('<b>OLD-01</b>');
  });
});
