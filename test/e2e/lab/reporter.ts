/** A process that does nothing but report, so that its memory can be told. Talks by messages to whoever forked it. */
import { kubeReports } from '../../../src/kube/report/kube-reports.js';
import type { ClusterAccess } from '../../../src/kube/access/cluster-access.js';
import { realClock } from '../../support/real-clock.js';
import { largeReport, placesOf } from '../../support/report-estate.js';
import { silentLog } from '../../support/silent.js';

export interface ReporterOrder {
  readonly access: Omit<ClusterAccess, 'server'> & { readonly server: string };
  readonly models: number;
  readonly findings: number;
  /** Passes after the first, in each of which one model changes. */
  readonly passes: number;
}

export interface ReporterAnswer {
  /** MiB before the first pass, after it, and after all. */
  readonly rss: readonly [number, number, number];
  /** MiB that are really in use, before the first pass and after all. */
  readonly heap: readonly [number, number];
  readonly written: number;
  readonly failed: number;
  readonly troubles: readonly string[];
  /** CPU milliseconds of a pass in which nothing changed. */
  readonly quietPassMs: number;
}

process.once('message', (order: ReporterOrder) => {
  void answer(order).then((answered) => process.send?.(answered, () => process.exit(0)));
});

async function answer({ access, models, findings, passes }: ReporterOrder): Promise<ReporterAnswer> {
  let report = largeReport({ models, findings });
  const places = placesOf({ models });
  const clock = realClock();
  const before = rss();
  const heapBefore = heap();
  const sink = kubeReports({
    access: { ...access, server: new URL(access.server) },
    scope: 'cluster',
    places: () => ({ models: places, known: ['prod'] }),
    ...{ whole: '/report.json of Holdfast', reporter: 'reporter', version: '0.0.0' },
    ...{ clock, random: { next: () => 0 }, log: silentLog },
    settings: { everyMs: 100, betweenMs: 5 },
  });
  const until = async (written: number): Promise<void> => {
    while (sink.health().written < written && sink.health().failed === 0) {
      sink.offer(() => report);
      await clock.sleep(10);
    }
  };
  await until(models);
  const first = rss();
  for (let pass = 1; pass <= passes; pass += 1) {
    const [one, ...others] = report.findings;
    if (one !== undefined) report = { ...report, findings: [{ ...one, message: `pass ${pass}` }, ...others] };
    await until(models + pass);
  }
  const last = rss();
  const quietPassMs = await quietPass(() => {
    sink.offer(() => report);
    return clock.sleep(150);
  });
  const { written, failed, troubles } = sink.health();
  await sink.close();
  return { rss: [before, first, last], heap: [heapBefore, heap()], written, failed, troubles, quietPassMs };
}

async function quietPass(pass: () => Promise<void>): Promise<number> {
  const { user, system } = process.cpuUsage();
  for (let time = 0; time < 10; time += 1) await pass();
  const after = process.cpuUsage();
  return (after.user + after.system - user - system) / 10_000;
}

/** Needs `--expose-gc`. */
function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** MiB. */
function rss(): number {
  return process.memoryUsage.rss() / 1024 / 1024;
}
