import { describe, expect, it, test } from '@jest/globals';
import { exportFinding, exportReport, fullReport, telling } from '../../../test/support/export-estate.js';
import type { Severity } from '../../core/outcome.js';
import type { Report, ReportFinding } from '../../core/report/types.js';
import { renderReport, type ReportLook } from './report.js';
import { width } from './text.js';

const plain: ReportLook = { columns: 80, color: false, all: false, planCommand: 'holdfast plan' };

function shown(report: Report, look: Partial<ReportLook> = {}): string {
  return renderReport(report, { ...plain, ...look });
}

function on(model: string, application: string, severity: Severity, control: string): ReportFinding {
  const target = { kind: 'application', controller: 'prod', model, application } as const;
  const message = `${application} is wrong`;
  return exportFinding({ control, severity, more: { target, message, title: `Title of ${control}` } });
}

/** 450 of one low control, and one of each graver severity in other models. */
const noisy = exportReport([
  ...Array.from({ length: 450 }, (_, n) => on('fleet', `app${n}`, 'low', 'NOISE-01')),
  on('first', 'db', 'medium', 'ONE-01'),
  on('second', 'db', 'medium', 'ONE-01'),
  on('zoo', 'db', 'high', 'HIGH-01'),
  on('fleet', 'db', 'critical', 'GRAVE-01'),
]);

describe('a report in a terminal', () => {
  test.each([40, 50, 60, 80, 100, 120, 200])('of %i columns is nowhere wider', (columns) => {
    for (const report of [fullReport(), exportReport(telling), noisy])
      for (const all of [false, true])
        for (const line of shown(report, { columns, all }).split('\n'))
          expect([line, width(line) <= columns]).toEqual([line, true]);
  });

  it('is at most 120 columns wide, and 80 where it goes into a pipe or a file', () => {
    const widest = (columns: number | undefined): number =>
      Math.max(...shown(fullReport(), { columns }).split('\n').map(width));
    expect([widest(300) <= 120, widest(undefined) <= 80]).toEqual([true, true]);
  });

  it('tells the most severe first, in whichever model it is', () => {
    const controls = [...shown(noisy).matchAll(/^ {2}([A-Z]+-01) /gm)].map((hit) => hit[1]);
    expect(controls).toEqual(['GRAVE-01', 'HIGH-01', 'ONE-01', 'NOISE-01']);
  });

  it('tells 450 times the same once, with a count, in a few lines', () => {
    const text = shown(noisy);
    expect(text).toContain('Title of NOISE-01 [ClientTlsDisabled] ×450');
    expect(text).toContain('likewise prod:fleet/app1, prod:fleet/app2');
    expect(text.split('\n').length).toBeLessThan(45);
  });

  it('tells once what is the same in several models', () => {
    expect(shown(noisy)).toContain('    prod:first/db, prod:second/db: db is wrong\n');
  });

  it('names every target when all are asked for', () => {
    const text = shown(noisy, { all: true });
    expect(text).toContain('prod:fleet/app449');
    expect(text).not.toContain(' more');
  });

  it('has a line for each place, the worst first, and none where there is only one', () => {
    const places = [...shown(noisy).matchAll(/^(prod:\w+) .* (\d+) to put right$/gm)];
    expect(places.map(([, place, count]) => [place, count])).toEqual([
      ['prod:fleet', '451'],
      ['prod:zoo', '1'],
      ['prod:first', '1'],
      ['prod:second', '1'],
    ]);
    const single = shown(exportReport([on('fleet', 'db', 'high', 'HIGH-01')]));
    expect(single).toContain('    db is wrong\n');
    expect(single).not.toContain('prod:fleet/db');
  });

  it('tells apart what differs in more than a name', () => {
    const messages = ['a holds 1', 'b holds 2'];
    const findings = messages.map((message, n) =>
      exportFinding({ application: ['a', 'b'][n] ?? '', more: { message } }),
    );
    const text = shown(exportReport(findings));
    expect(messages.filter((message) => text.includes(message))).toEqual(messages);
  });

  it('colours only where it may, and colours take no room', () => {
    const colours = /\u001b\[\d+m/g; // eslint-disable-line no-control-regex -- colours begin with this character
    const bright = shown(noisy, { color: true });
    expect(shown(noisy)).not.toMatch(colours);
    expect(bright).toMatch(colours);
    expect(bright.replace(colours, '')).toBe(shown(noisy));
  });

  it('tells what a waiver lies over once, with the controls that it covers', () => {
    const terms = { id: 'w1', kind: 'waived', owner: 'ops', reason: 'why' } as const;
    const waiver = { ...terms, state: 'active', expiresAt: '2027-01-01T00:00:00Z' } as const;
    const findings = ['ETCD-01', 'ETCD-02'].map((control) => exportFinding({ control, more: { waiver } }));
    expect(shown(exportReport(findings))).toContain(
      'ETCD-01, ETCD-02 on prod:data etcd: waived by ops until 2027-01-01 (w1): why',
    );
  });
});
