/** `make bench`: measures against the budgets and against others, and prints one table. Exit 1 when a budget is missed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditResults } from './audit.ts';
import { besideResults } from './beside.ts';
import { writeFiles } from './files.ts';
import { daemonResults } from './fleet-rows.ts';
import { growthPoints, growthResults } from './growth.ts';
import { incrementalResults, largeModelResults } from './incremental.ts';
import { kubeReportResults } from './kube-reports.ts';
import { loopResults } from './large-model.ts';
import type { Result } from './measure.ts';
import { picture } from './picture.ts';
import { pollingResults } from './polling.ts';
import { startResults } from './start.ts';
import { printTable, writeResults } from './table.ts';

const results: Result[] = [];

function section(title: string, rows: readonly Result[]): void {
  printTable(title, rows);
  results.push(...rows);
}

const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
try {
  const files = writeFiles(folder);
  section('An audit in one process', auditResults(files, 100));
  section('One change', [...incrementalResults(200), ...largeModelResults(12)]);
  section('One very large model, over a real socket', await loopResults(12));
  const points = growthPoints([100, 1000, 10_000, 100_000]);
  writeFileSync(new URL('../../docs/images/growth.svg', import.meta.url), picture(points));
  section('Growth, models of 100 units', growthResults(points));
  section('The start of an audit of 10 applications, by parts', startResults(files, 9));
  section('Whole commands, and others on the same file', besideResults(files, 5));
  section('One look at a model of 100 units', await pollingResults(15));
  section('What Kubernetes keeps of it', kubeReportResults(10_000));
  section('The daemon, over real sockets', await daemonResults());
} finally {
  rmSync(folder, { recursive: true });
}
console.log('\nMedians; in brackets first and last decile. Ratios are taken round by round within this run.');
writeResults('bench', { results });
if (results.some(({ within }) => within === false)) process.exitCode = 1;
