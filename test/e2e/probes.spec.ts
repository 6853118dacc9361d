/**
 * Probes of real servers: etcd and PostgreSQL in each of their ways to be set up, and every port of the simulator in every
 * state that it can be in. What was seen and what is concluded is left as a table in build/e2e/probes.txt.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProbeProtocol } from '../../src/core/ports/prober.js';
import type { PortProbe } from '../../src/core/snapshot.js';
import { startSimulator, type Simulator } from '../../src/simulator/index.js';
import type { SimUnit } from '../../src/simulator/world/state.js';
import type { PortMode, PortPlan } from '../../src/simulator/world/unit-ports.js';
import { tcpProber } from '../../src/workload/prober.js';
import { columns } from '../support/columns.js';
import { writePki, type PkiFiles } from '../support/etcd-pki.js';
import { PostgresServer } from '../support/postgresql-server.js';
import { realClock } from '../support/real-clock.js';
import { encryptedProducts } from '../support/simulated-units.js';
import { etcdModel } from '../support/rig.js';
import { concluded, seenOn } from './lab/conclusions.js';
import { etcdPrograms } from './etcd/etcd-process.js';
import { setUp, type Setup } from './etcd/setups.js';

const prober = tcpProber({ clock: realClock(), deadlineMs: 1500, mayProbe: () => true });
const table: string[][] = [];

afterAll(() => {
  mkdirSync('build/e2e', { recursive: true });
  const head = ['server', 'seen', 'concluded'];
  writeFileSync(
    'build/e2e/probes.txt',
    `what probes see, and what is concluded\n${columns([head, ...table])}`,
  );
});

function told(server: string, ports: readonly PortProbe[], conclusion: string): void {
  table.push([server, ports.map(seenOn).join('; '), conclusion]);
}

async function probe(address: string, port: number, protocol: ProbeProtocol): Promise<PortProbe> {
  return prober.probe({ unit: 'it/0', address, port, protocol });
}

/** The ports by which the charm's servers are known, whatever port a test's server got. */
function as(port: number, seen: PortProbe): PortProbe {
  return { ...seen, port };
}

describe('a real etcd', () => {
  let folder: string;
  let pki: PkiFiles;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-probes-'));
    pki = await writePki(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const cut = 'ETCD-ENC-03 pass AsRequired; ETCD-AUTH-02 pass AsRequired';
  const expected: readonly (readonly [Setup, string, string])[] = [
    ['plain', 'plaintext plaintext', 'ETCD-ENC-03 fail TlsNotInEffect; ETCD-AUTH-02 fail TlsNotInEffect'],
    [
      'TLS without client authentication',
      'tls tls',
      'ETCD-ENC-03 fail ClientCertificateNotDemanded; ETCD-AUTH-02 fail ClientCertificateNotDemanded',
    ],
    ['TLS with client authentication', 'tls-client-certificate tls-client-certificate', cut],
    ['RBAC on', 'tls-client-certificate tls-client-certificate', cut],
    [
      'made-up certificates',
      'tls tls',
      'ETCD-ENC-03 fail ClientCertificateNotDemanded; ETCD-AUTH-02 fail ClientCertificateNotDemanded',
    ],
  ];
  const rows = etcdPrograms().flatMap((program) =>
    expected.map(([setup, answers, says]) => [program.version, setup, { program, answers, says }] as const),
  );

  test.each(rows)(
    '%s, %s',
    async (version, setup, { program, answers, says }) => {
      const etcd = await setUp(program, setup, pki);
      try {
        const [client, peer] = portsOf(etcd.args);
        const seen = [
          as(2379, await probe('127.0.0.1', client, 'etcd-client')),
          as(2380, await probe('127.0.0.1', peer, 'etcd-peer')),
        ];
        const conclusion = concluded('etcd-client', seen);
        told(`etcd ${version}, ${setup}`, seen, conclusion);
        expect([seen.map(({ answer }) => answer).join(' '), conclusion]).toEqual([answers, says]);
      } finally {
        await etcd.end();
      }
    },
    60_000,
  );
});

/** From the URLs that it was started with. */
function portsOf(args: readonly string[]): readonly [number, number] {
  const port = (flag: string): number =>
    Number(
      args
        .find((arg) => arg.startsWith(`--listen-${flag}-urls=`))
        ?.split(':')
        .at(-1),
    );
  return [port('client'), port('peer')];
}

describe('a real PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.start();
  }, 60_000);
  afterAll(() => server.remove());

  test.each<[string, readonly string[], string, string]>([
    [
      'ssl off',
      ['off', 'host all all 127.0.0.1/32 scram-sha-256'],
      'plaintext',
      'PG-ENC-03 fail TlsNotInEffect',
    ],
    [
      'ssl on, demanded of nobody',
      ['on', 'host all all 127.0.0.1/32 scram-sha-256'],
      'plaintext',
      'PG-ENC-03 fail TlsNotDemanded',
    ],
    [
      'ssl required (hostssl only)',
      ['on', 'hostssl all all 127.0.0.1/32 scram-sha-256'],
      'tls',
      'PG-ENC-03 pass AsRequired',
    ],
  ])('%s', async (name, [ssl = '', rule = ''], answer, says) => {
    await server.settle(ssl, `${rule}\nhost all admin 127.0.0.1/32 scram-sha-256`);
    const seen = as(5432, await probe('127.0.0.1', server.port, 'postgresql'));
    const conclusion = concluded('postgresql', [seen]);
    told(`PostgreSQL, ${name}`, [seen], conclusion);
    expect([seen.answer, conclusion]).toEqual([answer, says]);
  });
});

describe('the simulator', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({
      estate: { controllers: [{ name: 'prod', models: [etcdModel('data'), encryptedProducts] }] },
      ports: 'real',
    });
  });
  afterAll(() => simulator.close());

  function unitOf(model: string, application: string): SimUnit {
    const models = [...(simulator.world.controllers.get('prod')?.models.values() ?? [])];
    const unit = models.find(({ name }) => name === model)?.applications.get(application)?.units[0];
    if (unit === undefined) throw new Error(`no unit of ${application}`);
    return unit;
  }

  type Row = readonly [
    product: string,
    plans: readonly Omit<PortPlan, 'mode'>[],
    mode: PortMode,
    says: string,
  ];
  const provider = { id: 'vault', commonName: 'vault' };
  const etcd = [
    { port: 2379, protocol: 'etcd-client', provider },
    { port: 2380, protocol: 'etcd-peer', provider },
  ] as const;
  const postgresql = [{ port: 5432, protocol: 'postgresql', provider }] as const;
  const pgbouncer = [{ port: 6432, protocol: 'pgbouncer', provider }] as const;
  const patroni = [{ port: 8008, protocol: 'patroni', provider }] as const;
  const kafka = [{ port: 19_093, protocol: 'kafka', provider }] as const;
  const zookeeper = [{ port: 2182, protocol: 'zookeeper', provider }] as const;
  const rows: readonly Row[] = [
    ['etcd-client', etcd, 'plaintext', 'ETCD-ENC-03 fail TlsNotInEffect; ETCD-AUTH-02 fail TlsNotInEffect'],
    ['etcd-client', etcd, 'mutual-tls', 'ETCD-ENC-03 pass AsRequired; ETCD-AUTH-02 pass AsRequired'],
    ['etcd-client', etcd, 'closed', 'ETCD-ENC-03 unknown PortClosed; ETCD-AUTH-02 unknown PortClosed'],
    ['postgresql', postgresql, 'plaintext', 'PG-ENC-03 fail TlsNotInEffect'],
    ['postgresql', postgresql, 'tls-offered', 'PG-ENC-03 fail TlsNotDemanded'],
    ['postgresql', postgresql, 'tls', 'PG-ENC-03 pass AsRequired'],
    ['postgresql', postgresql, 'closed', 'PG-ENC-03 unknown PortClosed'],
    ['pgbouncer', pgbouncer, 'plaintext', 'PGB-ENC-02 fail TlsNotInEffect'],
    ['pgbouncer', pgbouncer, 'tls-offered', 'PGB-ENC-02 fail TlsNotDemanded'],
    ['pgbouncer', pgbouncer, 'tls', 'PGB-ENC-02 pass AsRequired'],
    ['pgbouncer', pgbouncer, 'closed', 'PGB-ENC-02 unknown PortClosed'],
    ['patroni', patroni, 'plaintext', 'PG-ENC-06 fail TlsNotInEffect'],
    ['patroni', patroni, 'tls', 'PG-ENC-06 pass AsRequired'],
    ['patroni', patroni, 'closed', 'PG-ENC-06 unknown PortClosed'],
    ['kafka', kafka, 'plaintext', 'KAFKA-ENC-02 fail PlainListener'],
    ['kafka', kafka, 'tls', 'KAFKA-ENC-02 pass AsRequired'],
    ['kafka', kafka, 'closed', 'KAFKA-ENC-02 unknown PortClosed'],
    ['zookeeper', zookeeper, 'plaintext', 'ZK-ENC-02 fail PlainPortStaysOpen'],
    ['zookeeper', zookeeper, 'tls', 'ZK-ENC-02 fail PlainPortStaysOpen'],
    ['zookeeper', zookeeper, 'closed', 'ZK-ENC-02 fail PlainPortStaysOpen'],
  ];

  test.each(rows.map(([product, plans, mode, says]) => [product, mode, { plans, says }] as const))(
    '%s, %s',
    async (product, mode, { plans, says }) => {
      const unit = product === 'etcd-client' ? unitOf('data', 'etcd') : unitOf('encrypted', 'pg16');
      const seen: PortProbe[] = [];
      for (const plan of plans) {
        await simulator.world.ports.set(unit, { ...plan, mode });
        const protocol = plan.protocol === 'pgbouncer' ? 'postgresql' : plan.protocol;
        seen.push(await probe(unit.address, plan.port, protocol));
      }
      const others =
        product === 'kafka'
          ? [9092, 9095, 19_092, 29_092].map((port): PortProbe => ({ port, answer: 'refused' }))
          : [];
      const conclusion = concluded(product, [...seen, ...others]);
      told(`simulated ${product}, ${mode}`, seen, conclusion);
      expect(conclusion).toBe(says);
    },
  );
});
