/**
 * `make soak MINUTES=30 FAULTS=1`: a daemon over 100 models of 100 units on real sockets, with a change every second.
 * Tells how long changes take to be found, and what the daemon uses meanwhile. With faults one thing after the other goes
 * wrong with the controllers, twice a minute, and ends again: what counts then is that memory, handles and sockets are at
 * the end what they were at the beginning.
 */
import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { metricOf, until, watchFleet, type Told, type Watching } from './daemon.ts';
import { changed } from './fleet-estate.ts';
import { Troubles } from './soak-faults.ts';
import { sampleOf, short } from './measure.ts';
import { writeResults } from './table.ts';

const minutes = Number(process.argv[2] ?? 30);
const size = { models: Number(process.argv[3] ?? 100), unitsPerModel: Number(process.argv[4] ?? 100) };
/** The longest pause between two looks at a quiet model, s: as shipped. */
const longestPoll = 60;
const withFaults = process.argv[5] === 'faults';
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
  /** Open handles of any kind, sockets among them. */
  readonly handles: number;
  readonly faults: number;
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
  const troubles = withFaults ? new Troubles(watching.simulator) : undefined;
  const changes: Change[] = [];
  const rows: Minute[] = [];
  for (let minute = 1; minute <= minutes; minute += 1)
    rows.push(await oneMinute(watching, minute, changes, troubles));
  await troubles?.over();
  const told = (change: Change): number | undefined => toldOf(watching.told, change);
  await until(
    'every change is found',
    () => changes.every((change) => told(change) !== undefined),
    // With faults some were closed again before anybody could look.
    withFaults ? 15 : 2 * longestPoll,
  ).catch(() => undefined);
  report(changes, rows, told);
}

async function oneMinute(
  watching: Watching,
  minute: number,
  changes: Change[],
  troubles: Troubles | undefined,
): Promise<Minute> {
  const { cpu } = watching.usage();
  const calls = await callsOf(watching);
  const end = performance.now() + 60_000;
  for (let second = 0; second < 60; second += 1) {
    changes.push(change(watching, changes.length));
    await troubles?.second(second);
    await pause(Math.max(0, end - (59 - second) * 1000 - performance.now()));
  }
  const now = watching.usage();
  const row = {
    minute,
    rss: now.rss,
    cpu: (100 * (now.cpu - cpu)) / 60,
    calls: (await callsOf(watching)) - calls,
    ...handlesOf(watching.pid),
    faults: troubles?.begun ?? 0,
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

function handlesOf(pid: number): Pick<Minute, 'sockets' | 'handles'> {
  const folder = `/proc/${pid}/fd`;
  const all = readdirSync(folder);
  const sockets = all.filter((fd) => {
    try {
      return readlinkSync(`${folder}/${fd}`).startsWith('socket:');
    } catch {
      return false;
    }
  });
  return { sockets: sockets.length, handles: all.length };
}

function rowText({ minute, rss, cpu, calls, sockets, handles, faults }: Minute): string {
  return `minute ${minute}: ${short(rss)} MiB, ${short(cpu)} % of one core, ${calls} calls, ${sockets} sockets, ${handles} handles${withFaults ? `, ${faults} faults so far` : ''}`;
}

/** Whether the last quarter needs no more than the first did, but for what a busy heap varies by. */
function isFlat(rows: readonly Minute[]): boolean {
  const part = Math.max(1, Math.floor(rows.length / 4));
  const middle = (some: readonly Minute[], of: (row: Minute) => number): number =>
    sampleOf(some.map(of)).median;
  const grows = (what: string, of: (row: Minute) => number, room: number): boolean => {
    const [first, last] = [middle(rows.slice(0, part), of), middle(rows.slice(-part), of)];
    const isMore = last > first * 1.15 + room;
    console.log(`${what}: ${short(first)} → ${short(last)}${isMore ? '  GROWS' : '  flat'}`);
    return isMore;
  };
  const grown = [
    grows('memory, MiB', ({ rss }) => rss, 10),
    grows('sockets', ({ sockets }) => sockets, 10),
    grows('handles', ({ handles }) => handles, 10),
  ];
  return !grown.includes(true);
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
  writeResults('soak', { size, minutes, faults: withFaults, latencies, rows, usage: { rss, cpu, calls } });
  const isFound = latencies.every(({ missed, p99 }) => missed === 0 && p99 <= (longestPoll + 1) * 1000);
  // A fault hides what was closed again before it ended: the state is what counts, not each change on its way.
  if (withFaults ? !isFlat(rows) : !isFound) process.exitCode = 1;
}
