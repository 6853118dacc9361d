/** The daemon over a simulated fleet: what it takes while nothing changes. */
import { setTimeout as pause } from 'node:timers/promises';
import { metricOf, watchFleet, type Watching } from './daemon.ts';
import { short, type Result } from './measure.ts';

/** So long (s) it is left alone to settle, and so long it is watched. */
const settling = 75;
const watched = 60;

export async function daemonResults(): Promise<readonly Result[]> {
  const size = { models: 100, unitsPerModel: 100 };
  const one = await watchFleet({ models: 1, unitsPerModel: 100 }, '');
  const bare = { ready: one.readyAfter, rss: one.usage().rss };
  await one.stop();
  const fleet = await watchFleet(size, '');
  try {
    return await measured(fleet, bare);
  } finally {
    await fleet.stop();
  }
}

interface Bare {
  readonly ready: number;
  readonly rss: number;
}

async function measured(fleet: Watching, bare: Bare): Promise<readonly Result[]> {
  await pause(settling * 1000);
  const before = { ...fleet.usage(), calls: await callsOf(fleet) };
  await pause(watched * 1000);
  const after = { ...fleet.usage(), calls: await callsOf(fleet) };
  const core = (100 * (after.cpu - before.cpu)) / watched;
  const calls = ((after.calls - before.calls) * 60) / watched / 100;
  const report = (await (await fetch(`${fleet.page}/report.json`)).json()) as { findings: unknown[] };
  const what = `10,000 units, 100 models, ${report.findings.length.toLocaleString('en')} findings`;
  return [
    row('daemon-ready', 'daemon, 1 model: start to ready', `${short(bare.ready / 1000)} s`, {
      value: bare.ready / 1000,
      most: 2,
      unit: 's',
    }),
    row('daemon-ready-fleet', `daemon, ${what}: start to ready`, `${short(fleet.readyAfter / 1000)} s`, {
      value: fleet.readyAfter / 1000,
      most: 2,
      unit: 's',
    }),
    row(
      'daemon-rss',
      'the same: resident memory',
      `${short(after.rss)} MiB (with 1 model ${short(bare.rss)})`,
      {
        value: after.rss,
        most: 150,
        unit: 'MiB',
      },
    ),
    row('daemon-idle', 'the same: CPU while nothing changes', `${short(core)} % of one core`, {
      value: core,
      most: 5,
      unit: '%',
    }),
    row('daemon-calls', 'the same: FullStatus per model', `${short(calls)} a minute`, {
      value: calls,
      most: 4,
      unit: 'a minute',
    }),
  ];
}

function callsOf({ page }: Watching): Promise<number> {
  return metricOf(page, 'holdfast_juju_api_calls_total', 'call="Client.FullStatus"');
}

function row(
  id: string,
  what: string,
  measured: string,
  { value, most, unit }: { readonly value: number; readonly most: number; readonly unit: string },
): Result {
  return { id, what, measured, budget: `≤ ${most} ${unit}`, within: value <= most, figures: { value } };
}
