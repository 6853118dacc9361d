/** The program where files may not be written, or grow, or belong to everybody; and far from UTC. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from '@jest/globals';
import { startSimulator, type SimulatedController, type Simulator } from '../../src/simulator/index.js';
import { generateStatus } from '../support/generate-status.js';
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
import { smallDisk } from '../support/small-disk.js';

const run = promisify(execFile);
const source = fileURLToPath(new URL('../support/from-source.ts', import.meta.url));
const program = fileURLToPath(new URL('../support/vault-writer.ts', import.meta.url));
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
let folder: string;
/** What `juju status` says of a model, as a file. */
let status: string;
let simulator: Simulator;
let daemon: RunningDaemon | undefined;
let tidy: () => unknown;

beforeAll(async () => {
  simulator = await startSimulator({ estate: { controllers: [labSpec] } });
});
afterAll(() => simulator.close());
beforeEach(async () => {
  tidy = () => undefined;
  folder = await mkdtemp(join(tmpdir(), 'holdfast-places-'));
  status = join(folder, 'status.json');
  await writeFile(status, generateStatus({ applications: 10 }));
});
afterEach(async () => {
  await daemon?.end('SIGKILL');
  await tidy();
  await rm(folder, { recursive: true, force: true });
});

const quick = 'pace: { poll: 1s, pollIdle: 1s, slowFacts: 1s, verifyLook: 1s, quiet: 1s, retryFirst: 1s }\n';
const enforcing = `${quick}rules: [{ match: { control: JUJU-MODEL-04 }, mode: enforce, disruptive: allow }]\n`;

function policy(more = quick): Promise<string> {
  const users = ['observer', 'auditor', 'remediator'];
  return writePolicy(folder, simulator.controller('lab'), { users, more });
}

function untilReady(): Promise<void> {
  return until('it is ready', async () => (await daemon?.get('/readyz'))?.status === 200);
}

/** Makes a drift that only a change of ours ends. */
function drift(): void {
  const lab = simulator.controller('lab').operations;
  lab.setModelConfig('data', { 'logging-config': '<root>=INFO;juju.rpc=TRACE' });
}

function untilMended(): Promise<void> {
  return until('the drift is put right', () => (daemon?.log() ?? '').includes('"state":"Succeeded"'));
}

/** A folder in which nobody can write, not even root where that can be had; undefined where it cannot. */
async function readOnlyFolder(): Promise<string | undefined> {
  const at = join(folder, 'read-only');
  const disk = smallDisk(at, 100);
  if (disk !== undefined) {
    disk.protect();
    tidy = disk.remove;
    return at;
  }
  if (process.geteuid?.() === 0) return undefined;
  await mkdir(at);
  await chmod(at, 0o500);
  return at;
}

describe('where files may not be written', () => {
  it('no home folder costs nothing: what is kept there can go', async () => {
    const home = (await readOnlyFolder()) ?? '/dev/null/home';
    const audit = await holdfast(['audit', '--status', status, '--format', 'json'], { HOME: home });
    expect([audit.code, audit.err]).toEqual([2, expect.not.stringMatching(/EROFS|EACCES|ENOTDIR/)]);
    expect(JSON.parse(audit.out)).toMatchObject({ kind: 'Report' });
    daemon = startRun(await policy(), join(folder, 'state'), { HOME: home });
    await untilReady();
    expect(await daemon.end('SIGTERM')).toBe(0);
  });

  it('no state folder is one sentence, and where another can be named', async () => {
    const state = join((await readOnlyFolder()) ?? '/dev/null', 'state');
    const argv = ['run', '--policy', await policy(), '--listen', '127.0.0.1:0', '--state-dir', state];
    const { code, err } = await holdfast(argv, { HOME: folder });
    expect(code).toBe(1);
    expect(err).toMatch(
      /^holdfast: the state directory \S+ cannot be used: (it cannot be made there|nothing can be written there|permission denied|what should be a folder is a file)\. Name another one \(HOLDFAST_STATE_DIR, --state-dir\)\n$/,
    );
  });
});

/** Soft, so that it can be lifted again by whoever it was laid on. */
const plenty = 300_000_000;
const grown = (bytes: number): readonly string[] => ['prlimit', `--fsize=${bytes}:`];

interface Narrow {
  /** The process, if any, under which the daemon runs. */
  readonly under: readonly string[];
  readonly fill: (pid: number) => Promise<unknown>;
  readonly makeRoom: (pid: number) => Promise<unknown>;
}

function mayNotGrow(state: string): Promise<Narrow> {
  const limit = (pid: number, bytes: number): Promise<unknown> =>
    run('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
  return Promise.resolve({
    under: grown(plenty),
    fill: (pid) => limit(pid, statSync(join(state, 'journal.sqlite-wal')).size),
    makeRoom: (pid) => limit(pid, plenty),
  });
}

function fullDisk(state: string): Promise<Narrow> {
  const disk = smallDisk(state, 8000);
  if (disk === undefined) return mayNotGrow(state);
  tidy = disk.remove;
  const filler = join(state, 'filler');
  return Promise.resolve({
    under: [],
    fill: () => writeFile(filler, Buffer.alloc(16_000_000)).catch(() => undefined),
    makeRoom: () => rm(filler),
  });
}

/** What Juju was asked while the journal could not be written, and how often afterwards. */
async function outlives(name: string, make: (state: string) => Promise<Narrow>): Promise<readonly unknown[]> {
  const own = join(folder, name);
  await mkdir(own);
  const { juju, lab, end, started } = await ownEstate(own);
  try {
    const { under, fill, makeRoom } = await make(join(own, 'state'));
    const running = await started(under);
    const pid = running.child.pid ?? 0;
    const reasons = async (): Promise<string> => (await running.get('/readyz')).text();
    await fill(pid);
    lab.operations.setModelConfig('data', { 'logging-config': '<root>=INFO;juju.rpc=TRACE' });
    await until('it is told', async () => /journal .*(full|fails)/.test(await reasons()));
    const meanwhile = await juju.calls();
    const alive = (await running.get('/healthz')).status;
    await makeRoom(pid);
    await until('the drift is put right', () => running.log().includes('"state":"Succeeded"'));
    const after = (await juju.calls()).filter((call) => call.includes('model-config'));
    return [meanwhile, alive, after.length, await running.end('SIGTERM')];
  } finally {
    await end();
  }
}

interface OwnEstate {
  readonly juju: NotedJuju;
  readonly lab: SimulatedController;
  readonly started: (under: readonly string[]) => Promise<RunningDaemon>;
  readonly end: () => Promise<void>;
}

async function ownEstate(own: string): Promise<OwnEstate> {
  const estate = await startSimulator({ estate: { controllers: [labSpec] } });
  const lab = estate.controller('lab');
  const juju = await notedJuju(own);
  let running: RunningDaemon | undefined;
  return {
    juju,
    lab,
    started: async (under) => {
      const users = ['observer', 'auditor', 'remediator'];
      const file = await writePolicy(own, lab, { users, more: enforcing });
      const fresh = startRun(file, join(own, 'state'), juju.variables, { under });
      running = fresh;
      await until('it is ready', async () => (await fresh.get('/readyz')).status === 200);
      return fresh;
    },
    end: async () => {
      await running?.end('SIGKILL');
      await estate.close();
    },
  };
}

describe('where files may not grow', () => {
  it('a report is not written by half: the one before stays, and why', async () => {
    const output = join(folder, 'report.html');
    await writeFile(output, 'the one before');
    const argv = ['audit', '--status', status, '--format', 'html', '--output', output];
    const { code, err } = await holdfast(argv, { HOME: folder }, grown(2000));
    expect(code).toBe(1);
    expect(err).toContain(`${output} cannot be written: it is larger than a file may be here (ulimit -f)\n`);
    expect(readFileSync(output, 'utf8')).toBe('the one before');
    expect(readdirSync(folder).filter((name) => name.includes('report'))).toEqual(['report.html']);
  });

  it.each([
    ['our own', 'watch'],
    ["another's", 'bob'],
  ])('%s new password is kept whole or not at all, and nothing of it is left', async (_whose, user) => {
    const credentials = join(folder, 'watch.yaml');
    await writeFile(credentials, 'username: watch\npassword: former\n', { mode: 0o600 });
    const writer = ['--import', source, program, folder, user];
    const node = [process.execPath, '--disable-warning=ExperimentalWarning', ...writer];
    const { stdout } = await run('prlimit', ['--fsize=4096:', ...node]);
    expect(stdout).toMatch(/^refused: /);
    expect(stdout).not.toContain('canary');
    const left = readdirSync(folder, { recursive: true }).map(String).sort();
    expect(left.filter((name) => name !== 'rotation')).toEqual(['status.json', 'watch.yaml']);
    expect(readFileSync(credentials, 'utf8')).toBe('username: watch\npassword: former\n');
  });

  // At once, for most of the time is spent waiting; the full disk where the machine lets us mount one.
  it('a journal that cannot grow holds changes, says so, and lets them go on once there is room', async () => {
    const both = await Promise.all([outlives('limited', mayNotGrow), outlives('full', fullDisk)]);
    for (const said of both) expect(said).toEqual([[], 200, 1, 0]);
  });
});

describe('a umask that hides nothing', () => {
  it('opens nothing of ours to others', async () => {
    const juju = await notedJuju(folder);
    const state = join(folder, 'state');
    daemon = startRun(await policy(enforcing), state, juju.variables, {
      under: ['sh', '-c', 'umask 000; exec "$0" "$@"'],
    });
    await untilReady();
    drift();
    await untilMended();
    const all = readdirSync(state, { recursive: true }).map((name) => join(state, String(name)));
    const open = [state, ...all].filter((path) => (statSync(path).mode & 0o077) !== 0);
    expect(open).toEqual([]);
    expect(all.length).toBeGreaterThan(5);
    expect(await daemon.end('SIGTERM')).toBe(0);
  });
});

describe('far from UTC', () => {
  const zones = ['UTC', 'Pacific/Apia'] as const;
  const waivers = `waivers:
  - { id: w1, kind: waived, match: { control: "JUJU-*" }, reason: because, owner: anna, expires: 2026-11-23T00:30:00Z }
windows:
  - { name: nights, kind: allow, match: {}, cron: "0 3 * * *", duration: 2h, timeZone: Europe/Vienna }\n`;

  test.each([
    ['a table', ['table']],
    ['JSON', ['json']],
    ['HTML', ['html']],
    ['CSV', ['csv']],
  ])('a report says the same, as %s', async (_form, more) => {
    const argv = ['audit', '--status', status, '--format', ...more];
    const file = await policy(waivers);
    const said = await Promise.all(
      zones.map(async (TZ) => (await holdfast([...argv, '--policy', file], { HOME: folder, TZ })).out),
    );
    const [utc = '', apia = ''] = said.map((out) => out.replace(/\d\d:\d\d:\d\d(\.\d+)?/g, 'TIME'));
    expect(utc.length).toBeGreaterThan(500);
    expect(apia).toBe(utc);
  });

  it('the log, the policy’s windows and the journal go by UTC and by the zones that they name', async () => {
    const file = await policy(quick + waivers);
    const [utc, apia] = await Promise.all(
      zones.map((TZ) => holdfast(['policy', 'check', file], { HOME: folder, TZ })),
    );
    expect(apia).toEqual(utc);
    expect(utc?.err).toBe('');
    daemon = startRun(file, join(folder, 'state'), { HOME: folder, TZ: 'Pacific/Apia' });
    await untilReady();
    const times = [...daemon.log().matchAll(/"time":"([^"]+)"/g)].map(([, time]) => time ?? '');
    expect(times.length).toBeGreaterThan(0);
    for (const time of times) {
      expect(time).toMatch(/Z$/);
      expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(120_000);
    }
    const report = await daemon.json<{ readonly generatedAt: string }>('/report.json');
    expect(Math.abs(Date.parse(report.generatedAt) - Date.now())).toBeLessThan(120_000);
    expect(await daemon.end('SIGTERM')).toBe(0);
  });
});
