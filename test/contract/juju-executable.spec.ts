/** The simulated `juju` as Holdfast starts it: a real process, the files of JUJU_DATA, real sockets. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { demoEstate } from '../../src/simulator/estates/demo.js';
import { startSimulator, type SimulatedController, type Simulator } from '../../src/simulator/index.js';
import { installJuju, type InstalledJuju } from '../../src/simulator/install-juju.js';
import { parsed } from './replay.js';

const entry = join(import.meta.dirname, '../../dist/simulator/juju.js');

describe('the juju executable', () => {
  let folder: string;
  let simulator: Simulator;
  let prod: SimulatedController;
  let installed: InstalledJuju;

  beforeAll(async () => {
    if (!existsSync(entry)) throw new Error('build first: make build');
    folder = await mkdtemp(join(tmpdir(), 'holdfast-juju-'));
    simulator = await startSimulator({ estate: demoEstate });
    prod = simulator.controller('prod');
    installed = await installJuju(join(folder, "bin with a ' in it"), { entry });
    await writeData(prod, prod.caCert);
  });

  afterAll(async () => {
    await simulator.close();
    await rm(folder, { recursive: true });
  });

  async function writeData({ name, uuid, addresses }: SimulatedController, caCert: string): Promise<void> {
    const data = join(folder, 'data');
    await mkdir(data, { recursive: true });
    const controllers = {
      [name]: { uuid, 'api-endpoints': [...addresses], 'ca-cert': caCert, cloud: 'unmanaged' },
    };
    const account = { user: 'admin', password: prod.credentials['admin']!.password };
    await writeFile(join(data, 'controllers.yaml'), stringify({ controllers, 'current-controller': name }));
    await writeFile(join(data, 'accounts.yaml'), stringify({ controllers: { [name]: account } }));
  }

  interface Ended {
    readonly exitCode?: number;
    readonly timedOut: boolean;
    readonly stdout: string;
    readonly stderr: string;
  }

  async function juju(argv: readonly string[], program = installed.juju, timeout = 20_000): Promise<Ended> {
    const { exitCode, timedOut, stdout, stderr } = await execa(program, argv, {
      env: { PATH: process.env['PATH'] ?? '', JUJU_DATA: join(folder, 'data') },
      extendEnv: false,
      stdin: 'ignore',
      reject: false,
      timeout,
    });
    return { ...(exitCode === undefined ? {} : { exitCode }), timedOut, stdout, stderr };
  }

  test('reads, changes, and reads the change', async () => {
    const status = await juju(['status', '-m', 'prod:admin/data', '--format', 'json', '--utc']);
    expect(status.exitCode).toBe(0);
    expect(parsed(status.stdout)).toMatchObject({ applications: { etcd: { exposed: false } } });
    const expose = await juju(['expose', '-m', 'prod:admin/data', 'etcd', '--to-cidrs', '10.0.0.0/8']);
    expect({ exit: expose.exitCode, out: expose.stdout, err: expose.stderr }).toEqual({
      exit: 0,
      out: '',
      err: '',
    });
    const shown = await juju(['show-application', '-m', 'prod:admin/data', 'etcd', '--format', 'json']);
    expect(parsed(shown.stdout)).toMatchObject({
      etcd: { 'exposed-endpoints': { '': { 'expose-to-cidrs': ['10.0.0.0/8'] } } },
    });
  });

  test.each([
    ['juju', '4.0.15-genericlinux-amd64'],
    ['juju3', '3.6.28-genericlinux-amd64'],
    ['juju4', '4.0.15-genericlinux-amd64'],
  ] as const)('%s is of version %s', async (launcher, version) => {
    expect((await juju(['version'], installed[launcher])).stdout).toBe(version);
  });

  test('runs an action and waits for it', async () => {
    const run = await juju([
      'run',
      '-m',
      'prod:admin/data',
      'etcd/leader',
      'pre-refresh-check',
      '--format',
      'json',
    ]);
    expect(run.exitCode).toBe(0);
    expect(parsed(run.stdout)).toMatchObject({
      'etcd/0': { status: 'completed', results: { 'return-code': 0 } },
    });
    expect(run.stderr).toContain('Waiting for task');
  });

  test('hangs in silence while the controller is unreachable', async () => {
    await prod.faults.unreachable(true);
    const hanging = await juju(['models', '-c', 'prod'], installed.juju, 1500);
    await prod.faults.unreachable(false);
    expect({ timedOut: hanging.timedOut, out: hanging.stdout, err: hanging.stderr }).toEqual({
      timedOut: true,
      out: '',
      err: '',
    });
  });

  test('ends at once when the certificate is of another authority', async () => {
    await writeData(prod, simulator.controller('edge').caCert);
    const refused = await juju(['models', '-c', 'prod']);
    await writeData(prod, prod.caCert);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toBe(
      'ERROR unable to connect to API: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    );
  });
});
