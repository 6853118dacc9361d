/** The daemon as a process on a machine whose wall clock is set while it runs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSimulator, type SimulatedController, type Simulator } from '../../src/simulator/index.js';
import { writePolicy } from '../support/policy-files.js';
import {
  holdfast,
  notedJuju,
  startRun,
  until,
  type NotedJuju,
  type RunningDaemon,
} from '../support/processes.js';
import { rigUsers } from '../support/rig.js';
import { wallClock, type WallClock } from '../support/wall-clock.js';

const labSpec = {
  name: 'lab',
  flavour: '4.0',
  users: rigUsers,
  models: [
    {
      name: 'data',
      users: { observer: 'read', remediator: 'admin' },
      config: { 'logging-config': '<root>=INFO' },
      applications: [{ name: 'ubuntu' }],
    },
  ],
} as const;
const more = `pace: { poll: 1s, pollIdle: 1s, slowFacts: 1s, verifyLook: 1s, quiet: 1s, retryFirst: 1s }
rules: [{ match: { control: JUJU-MODEL-04 }, mode: enforce, disruptive: allow }]
`;
const hour = 3600;
const day = 24 * hour;
let folder: string;
let state: string;
let simulator: Simulator;
let lab: SimulatedController;
let juju: NotedJuju;
let clock: WallClock;
let daemon: RunningDaemon;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-clock-'));
  state = join(folder, 'state');
  simulator = await startSimulator({ estate: { controllers: [labSpec] } });
  lab = simulator.controller('lab');
  juju = await notedJuju(folder);
  clock = wallClock(folder);
  const users = ['observer', 'auditor', 'remediator'];
  const policy = await writePolicy(folder, lab, { users, more });
  daemon = startRun(policy, state, { ...juju.variables, ...clock.variables });
  await inTime('it is ready', async () => (await daemon.get('/readyz')).status === 200);
});
afterEach(async () => {
  await daemon.end('SIGKILL');
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

/** However busy the machine is. */
function inTime(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  return until(what, holds, 100_000);
}

function mended(): number {
  return daemon.log().split('"state":"Succeeded"').length - 1;
}

/** How far the daemon's clock is from ours, in hours. */
async function ahead(): Promise<number> {
  const { generatedAt } = await daemon.json<{ readonly generatedAt: string }>('/report.json');
  return Math.round((Date.parse(generatedAt) - Date.now()) / hour / 1000);
}

/** A drift during whose mending the clock is set. */
async function mendWhile(seconds: number): Promise<void> {
  const before = mended();
  await juju.linger(true, 1);
  lab.operations.setModelConfig('data', { 'logging-config': '<root>=INFO;juju.rpc=TRACE' });
  await inTime('the change is made, and its call has not ended', () => juju.lingers());
  clock.set(seconds);
  await juju.linger(false);
  await inTime('the drift is put right', () => mended() > before);
}

describe('a machine whose clock is set while the daemon runs', () => {
  it('goes on, repeats no change, and keeps its trail whole: forward by a day, then back by an hour', async () => {
    await mendWhile(day);
    expect(await ahead()).toBe(24);
    await mendWhile(day - hour);
    expect(await ahead()).toBe(23);
    expect((await daemon.get('/healthz')).status).toBe(200);
    expect((await juju.calls()).filter((call) => call.includes('model-config'))).toHaveLength(2);
    expect(await daemon.end('SIGTERM')).toBe(0);
    const { code, out } = await holdfast(['audit-log', '--verify', '--state-dir', state], { HOME: folder });
    expect([code, out]).toEqual([0, expect.stringContaining('whole')]);
  }, 150_000);
});
