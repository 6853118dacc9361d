/**
 * `make bench-page`: how long each view of the page takes with 10,000 findings, from request to last byte, in one process:
 * the first time after something changed, and from then on.
 */
import { createHash } from 'node:crypto';
import type { DaemonView } from '../../src/core/ports/index.js';
import type { Report, ReportFinding } from '../../src/core/report/types.js';
import type * as Guides from '../../src/guides/index.js';
import type * as Memory from '../../src/store/memory.js';
import type * as Web from '../../src/report/web/server.js';
import type * as System from '../../src/main/system.js';
import { fromDist } from '../../scripts/from-dist.ts';

const { guides } = await fromDist<typeof Guides>('guides/index.js');
const { serveWeb } = await fromDist<typeof Web>('report/web/server.js');
const { memoryJournal, newMemory } = await fromDist<typeof Memory>('store/memory.js');
const { systemClock } = await fromDist<typeof System>('main/system.js');

const count = Number(process.argv[2] ?? 10_000);
const runs = Number(process.argv[3] ?? 100);
const controls = guides.flatMap((guide) => guide.controls.map((control) => ({ control, guide })));
const at = '2026-11-22T03:26:48Z';
const outcomes = ['fail', 'pass', 'unknown', 'manual', 'inconsistent'] as const;

/** A hundred models of twenty applications. */
const findings: ReportFinding[] = Array.from({ length: count }, (_, n) => {
  const { control, guide } = controls[n % controls.length] ?? controls[0]!;
  const outcome = outcomes[n % outcomes.length] ?? 'fail';
  return {
    id: createHash('sha256').update(String(n)).digest('hex'),
    control: control.id,
    guide: guide.id,
    title: control.title,
    severity: control.severity,
    outcome,
    reason: 'SomeReason',
    message: `what was seen here is number ${n} of its kind`,
    fixableBy: control.fixableBy,
    target: { kind: 'application', controller: 'prod', model: `m${n % 100}`, application: `app${n % 2000}` },
    evidence: [{ source: 'api: Client.FullStatus v8', observedAt: at, seen: 'this', wanted: 'that' }],
    ...(outcome === 'fail'
      ? { remediation: { kind: 'manual', actions: [], procedure: control.manual } }
      : {}),
  };
});
const zero = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
const none = { pass: 0, fail: 0, manual: 0, 'not-applicable': 0, unknown: 0, inconsistent: 0 };
const summary = { byOutcome: none, bySeverity: zero, waived: 0, score: 50, scoreOfFixable: 60, byModel: {} };
const report: Report = {
  kind: 'Report',
  version: 'v1',
  generatedAt: at,
  tool: { name: 'holdfast', version: '0' },
  source: { road: 'api', name: 'prod', takenAt: at },
  policy: { hash: 'x' },
  summary,
  findings,
};
const view: DaemonView = {
  report: () => ({ ...report }),
  plans: () => [],
  remediations: () => [],
  health: () => [],
  clusters: () => [],
  queue: () => ({ depth: 0, inFlight: 0, backingOff: 0 }),
  readiness: () => ({ ready: true, reasons: [] }),
  rails: () => [],
  held: () => [],
  quarantines: () => [],
  pauses: () => [],
  journal: () => ({ state: 'ok' }),
};
/** What the report is kept as counts before; what the page keeps besides counts. */
const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
const heapBefore = heap();
let ahead = 0;
const quiet = (): void => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => log };
const server = await serveWeb({
  listen: '127.0.0.1:0',
  view: () => view,
  metrics: { text: () => Promise.resolve(''), contentType: 'text/plain' },
  guides,
  journal: memoryJournal(newMemory()),
  log,
  // Ahead by some minutes more for each view, so that nothing of what was shown before is taken for fresh.
  clock: { ...systemClock, now: () => systemClock.now() + ahead },
});

const paths = [
  '/',
  '/models',
  '/places/prod/m1',
  '/places/prod/m1/app1',
  '/findings',
  '/findings?q=number+77&outcome=all',
  `/findings/${findings[0]?.id ?? ''}`,
  '/plans',
  '/audit',
  '/controls',
  '/api/v1/findings',
  '/api/v1/models',
  '/report.json',
  '/report.html',
];
console.log(
  `${'view'.padEnd(38)}${['first ms', 'p50', 'p99', 'kB'].map((title) => title.padStart(8)).join('')}`,
);
for (const path of paths) {
  ahead += 600_000;
  const times: number[] = [];
  let bytes = 0;
  const most = path.startsWith('/report') ? 10 : runs;
  for (let run = 0; run < most; run += 1) {
    const began = performance.now();
    bytes = (await (await fetch(`http://${server.address}${path}`)).arrayBuffer()).byteLength;
    times.push(performance.now() - began);
  }
  const [first = NaN] = times;
  times.sort((a, b) => a - b);
  const part = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? NaN;
  const told = [first, part(0.5), part(0.99)].map((ms) => ms.toFixed(1).padStart(8));
  console.log(`${path.slice(0, 36).padEnd(38)}${told.join('')}${(bytes / 1024).toFixed(0).padStart(8)}`);
}
console.log(`the page keeps ${((heap() - heapBefore) / 1024 / 1024).toFixed(0)} MiB besides the report`);
await server.close();
