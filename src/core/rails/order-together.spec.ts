import { describe, expect, it, test } from '@jest/globals';
import { having, restart, said, scene, usual, type SceneSpec } from '../../../test/support/rails.js';
import { application, model, relate, unit, type ModelSpec } from '../../../test/support/world.js';
import type { ProposedStep } from '../plan.js';
import { order } from './order.js';

function verdict(one: ProposedStep, given: Partial<SceneSpec> = {}) {
  return order(one, scene({ steps: [one], ...given }));
}

const waiting = (reason: string) => `WaitingDependency ${reason}`;

describe('applications that belong together', () => {
  test.each<[string, string, ModelSpec, string]>([
    [
      'Kafka waits while its ZooKeeper restarts',
      'kafka',
      having('zookeeper', { agent: 'executing' }),
      waiting('NeighbourRestarting'),
    ],
    [
      'and while that is being refreshed',
      'kafka',
      having('zookeeper', { upgradingFrom: 'ch:zookeeper-1' }),
      waiting('NeighbourRefreshing'),
    ],
    [
      'and while that says that it is not ready for it',
      'kafka',
      having('zookeeper', { workloadMessage: 'provider not ready - switching-encryption' }),
      waiting('NeighbourRestarting'),
    ],
    [
      'ZooKeeper waits while its Kafka restarts',
      'zookeeper',
      having('kafka', { workload: 'maintenance' }),
      waiting('NeighbourRestarting'),
    ],
    [
      'an application does not wait for what only serves it',
      'postgresql',
      having(
        'ca',
        { agent: 'executing' },
        { ...usual, relations: [relate('postgresql:certificates', 'ca:certificates', 'tls-certificates')] },
      ),
      '- postgresql at rest',
    ],
    ['others do not care', 'postgresql', having('zookeeper', { agent: 'executing' }), '- postgresql at rest'],
  ])('%s', (_name, app, spec, expected) => {
    expect(said(verdict(restart(app), { model: spec }))).toBe(expected);
  });

  it('is told which unit is not ready for which application', () => {
    const spec = having('zookeeper', { workloadMessage: 'provider not ready - switching-encryption' });
    expect(verdict(restart('kafka'), { model: spec }).hold?.message).toBe(
      'zookeeper says "provider not ready - switching-encryption" on zookeeper/0, and kafka works with it',
    );
    const aside = having('zookeeper', { workloadMessage: 'backup: storage provider not ready' });
    expect(said(verdict(restart('kafka'), { model: aside }))).toBe('- kafka at rest');
  });

  it('ZooKeeper waits for its Kafka also where the roles of both are seen', () => {
    const relation = relate('kafka:zookeeper', 'zookeeper:zookeeper', 'zookeeper');
    const [kafka, zookeeper] = relation.ends;
    const ends = [
      { ...kafka, role: 'requirer' },
      { ...zookeeper, role: 'provider' },
    ] as const;
    const spec = having('kafka', { agent: 'executing' }, { ...usual, relations: [{ ...relation, ends }] });
    expect(said(verdict(restart('zookeeper'), { model: spec }))).toBe(waiting('NeighbourRestarting'));
  });

  const pooled = (role: 'provider' | 'requirer'): ModelSpec => {
    const relation = relate('pooler:backend', 'postgresql:database', 'postgresql_client');
    const [one, other] = relation.ends;
    const mirrored = role === 'provider' ? 'requirer' : 'provider';
    return {
      applications: {
        pooler: application({ charm: { name: 'pgbouncer-k8s' }, units: 2 }),
        postgresql: application({
          charm: { name: 'postgresql-k8s' },
          units: { 'postgresql/0': unit('postgresql/0', { agent: 'executing' }) },
        }),
      },
      relations: [
        {
          ...relation,
          ends: [
            { ...one, role: mirrored },
            { ...other, role },
          ],
        },
      ],
    };
  };

  test.each([
    'peer_cluster',
    'kafka_client',
    'postgresql',
    'pgsql',
    'etcd_client',
    'mysql_client',
    'mongodb_client',
  ])('a client of %s waits for what it keeps its state in', (kind) => {
    const base = pooled('provider');
    const relations = [relate('pooler:backend', 'postgresql:database', kind)];
    expect(said(verdict(restart('pooler'), { model: { ...base, relations } }))).toBe(
      waiting('NeighbourRestarting'),
    );
  });

  it('an application does not wait for itself', () => {
    const [end] = relate('pooler:peers', 'pooler:peers', 'postgresql_client').ends;
    const peers = { ...relate('pooler:peers', 'pooler:peers', 'postgresql_client'), ends: [end] };
    const spec = { ...pooled('provider'), relations: [peers] } as unknown as ModelSpec;
    expect(said(verdict(restart('pooler'), { model: spec }))).toBe('- pooler at rest');
  });

  it('a client waits for its database, and not the other way round', () => {
    expect(said(verdict(restart('pooler'), { model: pooled('provider') }))).toBe(
      waiting('NeighbourRestarting'),
    );
    expect(said(verdict(restart('pooler'), { model: pooled('requirer') }))).toBe('- pooler at rest');
  });

  it('a client waits for a database of another model of the same controller', () => {
    const remote = { name: 'pg', offerUrl: 'admin/store.pg', endpoints: [], status: 'active' };
    const spec: ModelSpec = {
      applications: { pooler: application({ units: 2 }) },
      relations: [relate('pooler:backend', '@pg:database', 'postgresql_client')],
      remoteApplications: { pg: remote },
    };
    const store = (agent: string) => ({
      models: {
        store: model({
          applications: {
            postgresql: application({ units: { 'postgresql/0': unit('postgresql/0', { agent }) } }),
          },
          offers: { pg: { name: 'pg', application: 'postgresql', endpoints: [] } },
        }),
      },
    });
    const one = restart('pooler');
    expect(said(verdict(one, { model: spec, controller: store('executing') }))).toBe(
      waiting('NeighbourRestarting'),
    );
    expect(said(verdict(one, { model: spec, controller: store('idle') }))).toBe('- pooler at rest');
    expect(said(verdict(one, { model: spec }))).toBe('- pooler at rest');
    for (const offerUrl of ['edge:admin/store.pg', 'store'])
      expect(
        said(
          verdict(one, {
            model: { ...spec, remoteApplications: { pg: { ...remote, offerUrl } } },
            controller: store('executing'),
          }),
        ),
      ).toBe('- pooler at rest');
  });
});
