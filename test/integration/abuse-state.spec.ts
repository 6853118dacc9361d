/** The daemon as a process whose state folder is taken from it while it runs. */
import { chmod, chown, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startSimulator, type SimulatedController } from '../../src/simulator/index.js';
import { writePolicy } from '../support/policy-files.js';
import { holdfast, notedJuju, startRun, until, type RunningDaemon } from '../support/processes.js';
import { rigUsers } from '../support/rig.js';

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

interface Harm {
  readonly name: string;
  /** What `/readyz` says meanwhile. */
  readonly told: RegExp;
  readonly harm: (state: string) => Promise<void>;
  readonly undo: (state: string) => Promise<void>;
}

const harms: readonly Harm[] = [
  {
    name: 'moved-away',
    told: /^nothing is changed: the journal \S+ was removed or replaced while it was in use: put it back/,
    harm: (state) => rename(state, `${state}.away`),
    undo: (state) => rename(`${state}.away`, state),
  },
  {
    name: 'a-file-in-its-place',
    told: /^nothing is changed: the journal \S+ was removed or replaced while it was in use: put it back/,
    harm: async (state) => {
      await rename(state, `${state}.away`);
      await writeFile(state, '');
    },
    undo: async (state) => {
      await rm(state);
      await rename(`${state}.away`, state);
    },
  },
  {
    name: 'read-only',
    told: /^nothing is changed: nothing can be written in \S+, where the journal is: let this user write there again/,
    harm: (state) => chmod(state, 0o500),
    undo: (state) => chmod(state, 0o700),
  },
];

/** Modes of files mean nothing to root: as nobody then. */
const asRoot = process.geteuid?.() === 0;
const nobody = 65_534;
const underNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];

async function giveAway(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true }))
    await chown(join(folder, name), nobody, nobody);
  await chown(folder, nobody, nobody);
}

interface Estate {
  readonly folder: string;
  readonly lab: SimulatedController;
}

/** However busy the machine is. */
function inTime(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  return until(what, holds, 100_000);
}

/** What is seen of a daemon from whose state folder this was done. */
async function outlives(
  { name, told, harm, undo }: Harm,
  { folder, lab }: Estate,
): Promise<readonly unknown[]> {
  const state = join(folder, 'state');
  const juju = await notedJuju(folder);
  const policy = await writePolicy(folder, lab, { users: ['observer', 'auditor', 'remediator'], more });
  if (asRoot) await giveAway(folder);
  const daemon = startRun(policy, state, juju.variables, { under: asRoot ? underNobody : [] });
  try {
    await inTime(`it is ready (${name})`, async () => (await daemon.get('/readyz')).status === 200);
    await harm(state);
    drift(lab);
    await inTime(`it says so (${name})`, async () =>
      (await reasons(daemon)).some((reason) => told.test(reason)),
    );
    const meanwhile = [
      (await daemon.get('/readyz')).status,
      (await daemon.get('/healthz')).status,
      await juju.calls(),
    ];
    await undo(state);
    await inTime(`the drift is put right (${name})`, () => daemon.log().includes('"state":"Succeeded"'));
    const after = (await juju.calls()).filter((call) => call.includes('model-config')).length;
    const ended = await daemon.end('SIGTERM');
    const { code } = await holdfast(['audit-log', '--verify', '--state-dir', state], { HOME: folder });
    return [...meanwhile, after, ended, code];
  } finally {
    await daemon.end('SIGKILL');
  }
}

/** Makes a drift that only a change of ours ends. */
function drift({ operations }: SimulatedController): void {
  operations.setModelConfig('data', { 'logging-config': '<root>=INFO;juju.rpc=TRACE' });
}

async function reasons(daemon: RunningDaemon): Promise<readonly string[]> {
  return (await daemon.json<{ readonly reasons: readonly string[] }>('/readyz')).reasons;
}

async function withEstate<T>(work: (estate: Estate) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-state-'));
  await chmod(folder, 0o755);
  const simulator = await startSimulator({ estate: { controllers: [labSpec] } });
  try {
    return await work({ folder, lab: simulator.controller('lab') });
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

describe('a state folder that is taken away while the daemon runs', () => {
  // At once, for most of the time is spent waiting.
  it('holds changes, says why, and lets them go on when it is back, with the trail whole', async () => {
    const all = await Promise.all(harms.map((harm) => withEstate((estate) => outlives(harm, estate))));
    for (const said of all) expect(said).toEqual([503, 200, [], 1, 0, 0]);
  }, 150_000);
});
