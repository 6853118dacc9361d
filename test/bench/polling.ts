/** One look at a model: `juju status` as a process against one call on a connection that is already open. */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { fromDist } from '../../scripts/from-dist.ts';
import type * as Dialers from '../../src/juju/api/dialer.js';
import type * as Pools from '../../src/juju/api/pool.js';
import type * as Settings from '../../src/juju/api/settings.js';
import type * as Installs from '../../src/simulator/install-juju.js';
import type * as Simulators from '../../src/simulator/index.js';
import type * as FullStatuses from '../../src/juju/observe/full-status.js';
import type * as SilentLogs from '../../src/main/silent-log.js';
import type * as Systems from '../../src/main/system.js';
import type { SimulatedController } from '../../src/simulator/index.js';
import { outputOf } from './commands.ts';
import { fleetEstate } from './fleet-estate.ts';
import { ms, ratioOf, sampleOf, short, type Result } from './measure.ts';
import { readStatusText, takenAt } from './program.ts';

const { Dialer } = await fromDist<typeof Dialers>('juju/api/dialer.js');
const { Pool } = await fromDist<typeof Pools>('juju/api/pool.js');
const { connectionDefaults } = await fromDist<typeof Settings>('juju/api/settings.js');
const { installJuju } = await fromDist<typeof Installs>('simulator/install-juju.js');
const { startSimulator } = await fromDist<typeof Simulators>('simulator/index.js');
const { readFullStatus } = await fromDist<typeof FullStatuses>('juju/observe/full-status.js');
const { silentLog } = await fromDist<typeof SilentLogs>('main/silent-log.js');
const { systemClock, systemRandom } = await fromDist<typeof Systems>('main/system.js');

const reading = { source: { road: 'api', call: 'Client.FullStatus' }, at: takenAt } as const;

export async function pollingResults(rounds: number): Promise<readonly Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-polling-'));
  const simulator = await startSimulator({ estate: fleetEstate({ models: 2, unitsPerModel: 100 }) });
  const controller = simulator.controller('juju4');
  const connection = connect(controller);
  try {
    const juju = await installed(folder, controller);
    const forks: number[] = [];
    const calls: number[] = [];
    // The simulated controller answers both from this process, so that neither may wait for the other.
    for (let round = 0; round <= rounds; round += 1) {
      const forked = await timed(() => juju.status());
      const called = await timed(() => connection.look());
      if (round > 0) [forks, calls].forEach((times, index) => times.push(index === 0 ? forked : called));
    }
    return results(forks, calls);
  } finally {
    await connection.close();
    await simulator.close();
    await rm(folder, { recursive: true });
  }
}

function results(forks: readonly number[], calls: readonly number[]): readonly Result[] {
  const [fork, call, ratio] = [sampleOf(forks), sampleOf(calls), ratioOf(forks, calls)];
  return [
    row('poll-api', 'by the API: one call on an open connection, read', ms(call), { sample: call }),
    row('poll-fork', 'by `juju status --format json` as a process (simulated), read', ms(fork), {
      sample: fork,
    }),
    row('poll-ratio', 'the process against the call', `${short(ratio.median)} ×`, { ratio }),
  ];
}

function row(id: string, what: string, measured: string, figures: Result['figures']): Result {
  return { id, what, measured, budget: 'none', figures };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

interface Connection {
  look(): Promise<unknown>;
  close(): Promise<void>;
}

function connect({ addresses, caCert, credentials, models }: SimulatedController): Connection {
  const dialer = new Dialer({
    endpoint: { addresses, caCert },
    clock: systemClock,
    log: silentLog,
    random: systemRandom,
    settings: connectionDefaults,
    purpose: 'holdfast 0.0.0: bench',
    clientVersion: '0.0.0',
  });
  const link = new Pool(dialer).modelLink(models['m1'] ?? '', credentials['observer']!);
  const call = { facade: 'Client', request: 'FullStatus', params: { patterns: [] } } as const;
  return {
    look: async () => readFullStatus(reading, (await link.call(call)).answer, () => undefined),
    close: () => link.close(),
  };
}

async function installed(
  folder: string,
  { name, uuid, addresses, caCert, credentials }: SimulatedController,
): Promise<{ status(): Promise<unknown> }> {
  const { juju4 } = await installJuju(join(folder, 'bin'));
  const data = join(folder, 'data');
  await mkdir(data);
  const entry = { uuid, 'api-endpoints': [...addresses], 'ca-cert': caCert, cloud: 'stack' };
  const account = { user: 'admin', password: credentials['admin']!.password };
  const write = (file: string, content: object): Promise<void> =>
    writeFile(join(data, file), stringify(content), { mode: 0o600 });
  await write('controllers.yaml', { controllers: { [name]: entry }, 'current-controller': name });
  await write('accounts.yaml', { controllers: { [name]: account } });
  const args = ['status', '-m', `${name}:admin/m1`, '--format', 'json'];
  return {
    status: async () =>
      readStatusText(await outputOf(juju4, args, data), { source: 'juju status', at: takenAt }),
  };
}
