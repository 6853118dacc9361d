import { describe, expect, test } from '@jest/globals';
import { productsEstate } from '../estates/products.js';
import { virtualClock } from '../virtual-clock.js';
import { buildWorld } from '../world/build.js';
import { addRelation, removeRelation } from '../world/relations.js';
import type { EstateSpec } from '../world/spec.js';
import type { SimApplication } from '../world/state.js';
import { enqueue } from '../world/tasks.js';
import type { UnitPorts } from '../world/unit-ports.js';

/** The products' estate on virtual time, with what its ports do. */
function products(estate: EstateSpec = productsEstate) {
  const clock = virtualClock();
  const modes = new Map<string, string>();
  const ports: UnitPorts = {
    set: (unit, { port, mode, provider }) => {
      const signed = mode === 'tls' || mode === 'tls-offered';
      modes.set(`${unit.name} ${port}`, signed ? `${mode} ${provider?.commonName ?? ''}` : mode);
      return Promise.resolve();
    },
    settled: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const world = buildWorld({ estate, seed: 5, clock, ports });
  const model = [...world.controllers.get('prod')!.models.values()].find(({ name }) => name === 'products')!;
  const app = (name: string): SimApplication => model.applications.get(name)!;
  /** The modes of a port by unit, told once where all agree. */
  const on = (name: string, port: number): string =>
    [...new Set(app(name).units.map((unit) => modes.get(`${unit.name} ${port}`) ?? 'never set'))].join(' | ');
  const status = (name: string): string =>
    [...new Set(app(name).units.map(({ workload }) => `${workload.status} ${workload.message}`.trim()))].join(
      ' | ',
    );
  return { clock, model, app, on, status };
}

type Products = ReturnType<typeof products>;

async function relate({ clock, model }: Products, one: string, other: string): Promise<void> {
  addRelation(model, one, other);
  await clock.advance(120_000);
}

async function listenersOf({ clock, model }: Products, receiver: string): Promise<readonly string[]> {
  const { operation } = enqueue(model, [{ receiver, action: 'get-listeners', parameters: {} }]);
  await clock.advance(2000);
  const shown = Object.values(operation.tasks[0]!.output).filter((one) => typeof one === 'object');
  return shown.map((one) => (one as { name: string; port: string }).port);
}

describe('PostgreSQL', () => {
  test('of track 14 turns server and Patroni over to TLS by its one endpoint, and back', async () => {
    const here = products();
    expect([here.on('pg14', 5432), here.on('pg14', 8008)]).toEqual(['plaintext', 'plaintext']);
    await relate(here, 'pg14:certificates', 'ca:certificates');
    expect([here.on('pg14', 5432), here.on('pg14', 8008)]).toEqual(['tls ca', 'tls ca']);
    removeRelation(here.model, 'pg14:certificates', 'ca:certificates');
    await here.clock.advance(60_000);
    expect([here.on('pg14', 5432), here.on('pg14', 8008)]).toEqual(['plaintext', 'plaintext']);
  });

  test('of track 16 has two sides, and Patroni a CA of its own before', async () => {
    const here = products();
    expect(here.on('pg16', 8008)).toBe(`tls pg16-${here.model.uuid}`);
    await relate(here, 'pg16:peer-certificates', 'ca:certificates');
    expect([here.on('pg16', 5432), here.on('pg16', 8008)]).toEqual(['plaintext', 'tls ca']);
    await relate(here, 'pg16:client-certificates', 'ca:certificates');
    expect([here.on('pg16', 5432), here.status('pg16')]).toEqual(['tls ca', 'active']);
  });

  test('restarts one unit after the other', async () => {
    const here = products();
    addRelation(here.model, 'pg14:certificates', 'ca:certificates');
    const seen = new Set<string>();
    for (let ms = 0; ms < 20_000; ms += 100) {
      await here.clock.advance(100);
      seen.add(here.on('pg14', 5432));
    }
    expect(seen).toContain('tls ca | plaintext');
    expect(seen).not.toContain('closed');
  });

  test('waits for a provider that has not signed', async () => {
    const here = products();
    const [provider] = here.app('ca').units;
    provider!.workload = { ...provider!.workload, status: 'blocked' };
    await relate(here, 'pg14:certificates', 'ca:certificates');
    expect(here.on('pg14', 5432)).toBe('plaintext');
    provider!.workload = { ...provider!.workload, status: 'active' };
    await here.clock.advance(30_000);
    expect(here.on('pg14', 5432)).toBe('tls ca');
  });

  test('PgBouncer only offers TLS, and is blocked without a database', async () => {
    const here = products();
    expect([here.on('pooler', 6432), here.status('pooler')]).toEqual(['plaintext', 'active']);
    await relate(here, 'pooler:certificates', 'ca:certificates');
    expect(here.on('pooler', 6432)).toBe('tls-offered ca');
    removeRelation(here.model, 'pooler:backend-database', 'pg14:database');
    await here.clock.advance(60_000);
    expect(here.status('pooler')).toBe('blocked waiting for backend database relation to initialise');
  });

  test('lists backups only with a store', async () => {
    const here = products();
    const ask = async (): Promise<string> => {
      const { operation } = enqueue(here.model, [
        { receiver: 'pg16/leader', action: 'list-backups', parameters: {} },
      ]);
      await here.clock.advance(2000);
      return operation.tasks[0]!.status;
    };
    expect(await ask()).toBe('failed');
    await relate(here, 'pg16:s3-parameters', 's3:s3-credentials');
    expect(await ask()).toBe('completed');
  });
});

describe('Kafka 3', () => {
  test('is blocked between the two steps, and encrypted after the second', async () => {
    const here = products();
    expect(await listenersOf(here, 'kafka3/0')).toEqual(['19092']);
    await relate(here, 'keeper:certificates', 'ca:certificates');
    expect(here.status('kafka3')).toBe('blocked tls must be enabled on both kafka and zookeeper');
    expect(here.on('kafka3', 19_092)).toBe('plaintext');
    await relate(here, 'kafka3:certificates', 'ca:certificates');
    expect(here.status('kafka3')).toBe('active');
    expect([here.on('kafka3', 19_092), here.on('kafka3', 19_093)]).toEqual(['closed', 'tls ca']);
    expect(await listenersOf(here, 'kafka3/0')).toEqual(['19093']);
  });

  test('has a listener for clients with the first of them', async () => {
    const here = products();
    expect(here.on('kafka3', 9092)).toBe('closed');
    await relate(here, 'newcomer:kafka', 'kafka3:kafka-client');
    expect(here.on('kafka3', 9092)).toBe('plaintext');
  });

  test('is blocked without ZooKeeper', async () => {
    const here = products();
    removeRelation(here.model, 'kafka3:zookeeper', 'keeper:zookeeper');
    await here.clock.advance(60_000);
    expect(here.status('kafka3')).toBe('blocked missing required zookeeper relation');
  });

  test('stays in clear behind a provider that signs no IP addresses, unless it is spared them', async () => {
    const [controller] = productsEstate.controllers;
    const [model] = controller!.models;
    const acme = (config: Record<string, boolean>): EstateSpec => ({
      controllers: [
        {
          ...controller!,
          models: [
            {
              ...model!,
              applications: [
                ...model!.applications.filter(({ name }) => name !== 'keeper'),
                { name: 'acme', charm: 'lego' },
                { name: 'keeper', charm: 'zookeeper-k8s', units: 3, config },
              ],
            },
          ],
        },
      ],
    });
    const secure = async (config: Record<string, boolean>): Promise<string> => {
      const here = products(acme(config));
      await relate(here, 'keeper:certificates', 'acme:certificates');
      return here.on('keeper', 2182);
    };
    expect(await secure({})).toBe('closed');
    expect(await secure({ 'certificate-include-ip-sans': false })).toBe('tls acme');
  });
});

test('ZooKeeper restarts three times, opens its secure port last and keeps the plain one', async () => {
  const here = products();
  addRelation(here.model, 'keeper:certificates', 'ca:certificates');
  const rounds: string[] = [];
  for (let ms = 0; ms < 60_000; ms += 100) {
    await here.clock.advance(100);
    const [unit] = here.app('keeper').units;
    const shown = unit!.agent.message.includes('restart') ? unit!.workload.message : '';
    if (shown !== '' && shown !== rounds.at(-1)) rounds.push(shown);
  }
  expect(rounds).toEqual([
    'provider not ready - not all units using same encryption',
    'provider not ready - switching quorum encryption',
    'provider not ready - portUnification not yet disabled',
  ]);
  expect([here.on('keeper', 2181), here.on('keeper', 2182)]).toEqual(['plaintext', 'tls ca']);
  expect(here.status('keeper')).toBe('active');
});

test('Kafka 4 has TLS among brokers from the start, and for clients by its provider', async () => {
  const here = products();
  const own = `tls kafka4-${here.model.uuid}`;
  expect([here.on('kafka4', 19_093), here.on('kafka4', 9098), here.on('kafka4', 9092)]).toEqual([
    own,
    own,
    'plaintext',
  ]);
  expect(await listenersOf(here, 'kafka4/0')).toEqual(['9092', '19093', '9098']);
  await relate(here, 'kafka4:certificates', 'ca:certificates');
  expect([here.on('kafka4', 9092), here.on('kafka4', 9093)]).toEqual(['closed', 'tls ca']);
  await relate(here, 'kafka4:peer-certificates', 'ca:certificates');
  expect(here.on('kafka4', 19_093)).toBe('tls ca');
});
