/** `holdfast apply` carries a whole refresh out, from its check to its last unit, once a person has approved it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Remediation } from '../../src/core/ports/index.js';
import { scaledClock } from '../../src/main/demo/scaled-clock.js';
import { systemClock } from '../../src/main/system.js';
import { installJuju } from '../../src/simulator/install-juju.js';
import { startSimulator, type Simulator } from '../../src/simulator/index.js';
import { writePolicy } from '../support/policy-files.js';
import { rigUsers } from '../support/rig.js';

const run = promisify(execFile);
const launcher = fileURLToPath(new URL('../../bin/holdfast', import.meta.url));
const builtJuju = fileURLToPath(new URL('../../dist/simulator/juju.js', import.meta.url));
const etcd = { name: 'etcd', charm: 'charmed-etcd', channel: '3.6/stable', units: 3, revision: 100 } as const;
const users = { observer: 'read', remediator: 'admin' } as const;
const more = `
rules: [{ match: { control: JUJU-APP-04 }, mode: propose, params: { age: 1s } }]
pace: { poll: 1s, pollIdle: 1s, slowFacts: 1s, verifyLook: 500ms, quiet: 1s, retryFirst: 1s }
`;

let simulator: Simulator;
let folder: string;
let policy: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-refresh-'));
  const models = [{ name: 'data', users, applications: [etcd] }];
  simulator = await startSimulator({
    estate: { controllers: [{ name: 'prod', users: rigUsers, models }] },
    clock: scaledClock(systemClock, 4),
    ports: 'real',
  });
  const prod = simulator.controller('prod');
  prod.operations.publish('data', 'etcd', 200);
  policy = await writePolicy(folder, prod, { users: ['observer', 'remediator'], more });
  const juju = await installJuju(join(folder, 'bin'), { entry: builtJuju });
  env = {
    PATH: `${juju.directory}:${process.env['PATH'] ?? ''}`,
    HOLDFAST_JUJU_3: juju.juju3,
    HOLDFAST_JUJU_4: juju.juju4,
    HOLDFAST_STATE_DIR: join(folder, 'state'),
  };
});
afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

async function holdfast(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(launcher, [...args, '--policy', policy], { env }).catch(printed);
  return stdout;
}

/** What it printed counts, also where it exits with 2: something is to be done. */
function printed(error: unknown): { readonly stdout: string } {
  const { stdout } = error as { readonly stdout?: string };
  if (stdout === undefined || stdout === '') throw error;
  return { stdout };
}

it('is shown with all of its steps, approved as one, and carried out to the last unit', async () => {
  const shown = await holdfast('plan', '--control', 'JUJU-APP-04');
  expect(shown.replaceAll(/\s+/g, ' ')).toContain(
    'the refresh of etcd to revision 200, which is approved as a whole',
  );
  const document = await holdfast('plan', '--control', 'JUJU-APP-04', '--format', 'json');
  const { items } = JSON.parse(document) as { readonly items: readonly { readonly hash: string }[] };
  const hash = items[0]?.hash ?? '';
  await writeFile(join(folder, 'plan.json'), document);
  const said = await holdfast(
    'apply',
    '--plan',
    join(folder, 'plan.json'),
    '--approve',
    hash,
    '--format',
    'json',
  );
  const { items: done } = JSON.parse(said) as { readonly items: readonly Remediation[] };
  expect(done.map(({ action, state }) => [action.type, state])).toEqual([
    ['run-action', 'Succeeded'],
    ['refresh', 'Succeeded'],
    ['run-action', 'Succeeded'],
  ]);
  const models = [...(simulator.world.controllers.get('prod')?.models.values() ?? [])];
  const units = models.flatMap(({ applications }) => applications.get('etcd')?.units ?? []);
  expect(units.map(({ refreshed }) => refreshed)).toEqual([200, 200, 200]);
});
