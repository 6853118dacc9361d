/**
 * `make soak MINUTES=30`: a daemon over 100 models of 100 units on real sockets, with a change every second. Tells how
 * long changes take to be found, and what the daemon uses meanwhile.
 */
import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { metricOf, until, watchFleet, type Told, type Watching } from './daemon.ts';
import { changed } from './fleet-estate.ts';
import { sampleOf, short } from './measure.ts';
import { writeResults } from './table.ts';

const minutes = Number(process.argv[2] ?? 30);
const size = { models: Number(process.argv[3] ?? 100), unitsPerModel: Number(process.argv[4] ?? 100) };
/** The longest pause between two looks at a quiet model, s: as shipped. */
const longestPoll = 60;
const control = 'JUJU-APP-02';

interface Change {
  readonly controller: string;
  readonly model: string;
  readonly at: number;
  /** What the daemon has to say of it. */
  readonly says: 'open' | 'resolved';
}

interface Minute {
  readonly minute: number;
  readonly rss: number;
  /** Percent of one core. */
  readonly cpu: number;
  readonly calls: number;
  readonly sockets: number;
}

const fleet = await watchFleet(size, '');
try {
  await soak(fleet);
} finally {
  await fleet.stop();
}

async function soak(watching: Watching): Promise<void> {
  // The first look at everything, and the slower facts, are no part of it.
  await pause(30_000);
  const changes: Change[] = [];
  const rows: Minute[] = [];
  for (let minute = 1; minute <= minutes; minute += 1) rows.push(await oneMinute(watching, minute, changes));
  const told = (change: Change): number | undefined => toldOf(watching.told, change);
  await until(
    'every change is found',
    () => changes.every((change) => told(change) !== undefined),
    2 * longestPoll,
  ).catch(() => undefined);
  report(changes, rows, told);
}

async function oneMinute(watching: Watching, minute: number, changes: Change[]): Promise<Minute> {
  const { cpu } = watching.usage();
  const calls = await callsOf(watching);
  const end = performance.now() + 60_000;
  for (let second = 0; second < 60; second += 1) {
    changes.push(change(watching, changes.length));
    await pause(Math.max(0, end - (59 - second) * 1000 - performance.now()));
  }
  const now = watching.usage();
  const row = {
    minute,
    rss: now.rss,
    cpu: (100 * (now.cpu - cpu)) / 60,
    calls: (await callsOf(watching)) - calls,
    sockets: socketsOf(watching.pid),
  };
  console.log(rowText(row));
  return row;
}

/** Opens or closes one application of one model after the other. */
function change({ simulator }: Watching, n: number): Change {
  const all = simulator.controllers.flatMap(({ name, models, operations }) =>
    Object.keys(models)
      .filter((model) => /^m\d+$/.test(model))
      .map((model) => ({ controller: name, model, operations })),
  );
  const { controller, model, operations } = all[(n * 37) % all.length]!;
  const opens = Math.floor(n / all.length) % 2 === 0;
  const at = Date.now();
  if (opens) operations.expose(model, changed);
  else operations.unexpose(model, changed);
  return { controller, model, at, says: opens ? 'open' : 'resolved' };
}

/** Milliseconds until the daemon told of it; undefined when it has not. */
function toldOf(told: readonly Told[], { controller, model, at, says }: Change): number | undefined {
  const found = told.find(
    (line) =>
      line.at >= at &&
      line.control === control &&
      line.target?.controller === controller &&
      line.target.model === model &&
      line.target.application === changed &&
      (line.msg === 'finding resolved') === (says === 'resolved'),
  );
  return found === undefined ? undefined : found.at - at;
}

function callsOf({ page }: Watching): Promise<number> {
  return metricOf(page, 'holdfast_juju_api_calls_total');
}

function socketsOf(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((fd) => {
    try {
      return readlinkSync(`${folder}/${fd}`).startsWith('socket:');
    } catch {
      return false;
    }
  }).length;
}

function rowText({ minute, rss, cpu, calls, sockets }: Minute): string {
  return `minute ${minute}: ${short(rss)} MiB, ${short(cpu)} % of one core, ${calls} calls, ${sockets} sockets`;
}

function report(
  changes: readonly Change[],
  rows: readonly Minute[],
  told: (change: Change) => number | undefined,
): void {
  const controllers = [...new Set(changes.map(({ controller }) => controller))];
  const latencies = controllers.map((controller) => {
    const own = changes.filter((one) => one.controller === controller);
    const times = own.map(told).filter((time) => time !== undefined);
    const sorted = [...times].sort((a, b) => a - b);
    const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? NaN;
    return {
      controller,
      changes: own.length,
      missed: own.length - times.length,
      p50: at(0.5),
      p99: at(0.99),
      max: at(1),
    };
  });
  for (const { controller, changes: count, missed, p50, p99, max } of latencies)
    console.log(
      `${controller}: ${count} changes, ${missed} not found; change to finding p50 ${p50} ms, p99 ${p99} ms, max ${max} ms`,
    );
  const rss = sampleOf(rows.map((row) => row.rss));
  const cpu = sampleOf(rows.map((row) => row.cpu));
  const calls = sampleOf(rows.map((row) => row.calls));
  console.log(
    `memory ${short(rss.least)}–${short(rss.high)} MiB, CPU ${short(cpu.median)} % of one core, ${calls.median} calls a minute`,
  );
  writeResults('soak', { size, minutes, latencies, rows, usage: { rss, cpu, calls } });
  const late = latencies.some(({ missed, p99 }) => missed > 0 || p99 > (longestPoll + 1) * 1000);
  if (late) process.exitCode = 1;
}
