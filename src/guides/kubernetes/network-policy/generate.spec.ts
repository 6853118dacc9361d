import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { onKubernetes, pod } from '../../../../test/support/cluster.js';
import { controlOf } from '../../../../test/support/etcd.js';
import { judge } from '../../../../test/support/judge.js';
import { application, relate } from '../../../../test/support/world.js';
import { applied, party, text, written } from '../../../../test/support/written-policies.js';
import { mayConnect } from '../../../core/kube/network-policy/connect.js';
import type { Party } from '../../../core/kube/network-policy/world.js';
import type { NetworkPolicySpec } from '../../../core/kube/network.js';
import type { Snapshot } from '../../../core/snapshot.js';
import { kubernetes } from '../index.js';

const control = controlOf(kubernetes, 'K8S-NET-01');

const charms = {
  kafka: ['kafka-k8s', '3', ['kafka-client', 'zookeeper', 'metrics-endpoint']],
  zookeeper: ['zookeeper-k8s', '3', ['zookeeper', 'metrics-endpoint']],
  pg: ['postgresql-k8s', '14', ['database', 'metrics-endpoint', 'logging']],
  pooler: ['pgbouncer-k8s', '1', ['database', 'backend-database']],
  web: ['web-k8s', 'latest', ['db', 'kafka']],
  job: ['job-k8s', 'latest', ['db', 'kafka']],
  agent: ['grafana-agent-k8s', 'latest', ['metrics-endpoint', 'logging-provider']],
  ca: ['self-signed-certificates', 'latest', ['certificates']],
} as const;

/** The relations of the model, and the ports that each lets whom reach of whom. */
const relations = [
  ['kafka:zookeeper', 'zookeeper:zookeeper', 'zookeeper', 'kafka', 'zookeeper', [2181, 2182]],
  ['web:kafka', 'kafka:kafka-client', 'kafka_client', 'web', 'kafka', [9092, 9093]],
  ['job:kafka', 'kafka:kafka-client', 'kafka_client', 'job', 'kafka', [9092, 9096]],
  ['pooler:backend-database', 'pg:database', 'postgresql_client', 'pooler', 'pg', [5432]],
  ['job:db', 'pg:database', 'postgresql_client', 'job', 'pg', [5432]],
  ['web:db', 'pooler:database', 'postgresql_client', 'web', 'pooler', [6432]],
  ['pg:metrics-endpoint', 'agent:metrics-endpoint', 'prometheus_scrape', 'agent', 'pg', [9187, 8008]],
  ['kafka:metrics-endpoint', 'agent:metrics-endpoint', 'prometheus_scrape', 'agent', 'kafka', [9101]],
  ['pg:logging', 'agent:logging-provider', 'loki_push_api', 'pg', 'agent', [3500]],
  ['pg:certificates', 'ca:certificates', 'tls-certificates', 'ca', 'pg', []],
] as const;

type Related = (typeof relations)[number];

const names = Object.keys(charms) as (keyof typeof charms)[];
const guarded = { kafka: 9092, zookeeper: 2181, pg: 5432, pooler: 6432 } as const;
const peers = {
  kafka: [19_092, 19_093],
  zookeeper: [2888, 3888],
  pg: [5432, 8008, 8432],
  pooler: [],
} as const;

function estateOf(chosen: readonly Related[], policies: readonly NetworkPolicySpec[] = []): Snapshot {
  const applications = Object.fromEntries(
    names.map((name) => {
      const [charm, track, endpoints] = charms[name];
      return [name, application({ charm: { name: charm, track }, endpoints })];
    }),
  );
  const pods = names.flatMap((name) => [pod(name), pod(name, 1)]);
  return onKubernetes(
    { applications, relations: chosen.map(([one, other, by]) => relate(one, other, by)) },
    { namespaces: { data: { pods, networkPolicies: policies } } },
  );
}

function says(snapshot: Snapshot): string {
  const { outcome, reason } = judge(control, snapshot)[0]!.judgement;
  return `${outcome} ${reason}`;
}

describe('the policies of Kafka with ZooKeeper and PostgreSQL with PgBouncer', () => {
  it('turn K8S-NET-01 from fail to pass', () => {
    const before = estateOf(relations);
    const specs = written(before).map(({ spec }) => spec);
    expect([says(before), says(estateOf(relations, specs))]).toEqual([
      'fail OpenToEverybody',
      'pass AsRequired',
    ]);
  });

  it("are one for each of the four, in the model's order, the same every time", () => {
    const first = text(estateOf(relations));
    expect(written(estateOf(relations)).map(({ metadata }) => metadata.name)).toEqual(
      ['kafka', 'zookeeper', 'pg', 'pooler'].map((name) => `holdfast-${name}`),
    );
    expect(text(estateOf(relations))).toBe(first);
  });

  it('say of each rule why it is there, and where the ports are known from', () => {
    const shown = text(estateOf(relations));
    for (const line of [
      '# kafka (kafka-k8s); its ports from code and listener reference of canonical/kafka-k8s-operator, track 3',
      '    # clients by database\n',
      '    # metrics (exporters, and Patroni itself) by metrics-endpoint\n',
      "    # Juju's agents dial their controller\n",
      '    # agent by logging\n',
    ])
      expect(shown).toContain(line);
  });

  it('leave alone what leaves the pods when asked to', () => {
    const all = written(estateOf(relations), { egress: false });
    expect(all.every(({ spec }) => spec.egress === undefined && !spec.policyTypes.includes('Egress'))).toBe(
      true,
    );
    expect(
      says(
        estateOf(
          relations,
          all.map(({ spec }) => spec),
        ),
      ),
    ).toBe('pass AsRequired');
  });

  it('let each related client reach what it needs, with any relations, and nobody else anything', () => {
    fc.assert(
      fc.property(fc.subarray([...relations]), fc.boolean(), (chosen, egress) => {
        const all = written(estateOf(chosen), { egress });
        const world = applied(all);
        expect(
          says(
            estateOf(
              chosen,
              all.map(({ spec }) => spec),
            ),
          ),
        ).toBe('pass AsRequired');
        const may = (from: Party, to: string, port: number) =>
          mayConnect(world, { from, to: party(to), port, protocol: 'TCP' });
        for (const [, , , from, to, ports] of chosen)
          for (const port of ports)
            expect([from, to, port, may(party(from), to, port)]).toEqual([from, to, port, true]);
        for (const name of Object.keys(peers) as (keyof typeof peers)[])
          for (const port of peers[name]) expect(may(party(name), name, port)).toBe(true);
        for (const [target, port] of Object.entries(guarded)) {
          const strangers = names.filter(
            (name) => name !== target && !chosen.some(([, , , from, to]) => from === name && to === target),
          );
          for (const name of strangers)
            expect([name, target, may(party(name), target, port)]).toEqual([name, target, false]);
          expect(may(party('web', 'elsewhere'), target, port)).toBe(false);
          expect(may({ address: '198.51.100.7' }, target, port)).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });

  test.each<readonly [string, number, string]>([
    ['names', 53, 'UDP'],
    ["Juju's controller", 17_070, 'TCP'],
    ['the API of Kubernetes', 443, 'TCP'],
  ])('let every charm reach %s', (_, port, protocol) => {
    const world = applied(written(estateOf([])));
    const outside = { address: '203.0.113.5' };
    for (const name of Object.keys(guarded))
      expect(mayConnect(world, { from: party(name), to: outside, port, protocol })).toBe(true);
    expect(mayConnect(world, { from: party('pg'), to: outside, port: 25, protocol: 'TCP' })).toBe(false);
  });
});
