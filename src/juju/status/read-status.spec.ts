import { describe, expect, test } from '@jest/globals';
import { captured, fixtureText } from '../../../test/support/recorded.js';
import { onlyModel } from '../../../test/support/only-model.js';
import { isKnown, valueOf, type Fact } from '../../core/fact.js';
import type { ModelState, Relation } from '../../core/snapshot.js';
import { readStatusText } from './read-status.js';

const origin = { source: 'status.json', at: '2026-11-22T04:00:00Z' };

function modelOf(status: object): ModelState {
  return onlyModel(readStatusText(JSON.stringify(status), origin));
}

function model(parts: object): object {
  return { model: { name: 'm', controller: 'c' }, machines: {}, applications: {}, ...parts };
}

function reasonOf(fact: Fact<unknown>): string {
  return isKnown(fact) ? '' : fact.unknown.reason;
}

/** As in `a:x b:y [interface]`, sorted, so that relations compare as sets. */
function endpointPairs(relations: readonly Relation[] | undefined): string[] {
  const pairs = (relations ?? []).map(({ ends, interface: name }) => {
    const sides = ends.map((end) => `${end.application}:${end.endpoint ?? '?'}`).sort();
    return `${sides.join(' ')} [${name}]`;
  });
  return pairs.sort();
}

interface WireRelation {
  readonly interface: string;
  readonly endpoints: readonly { readonly application: string; readonly name: string }[];
}

describe('a status of a real controller', () => {
  const hardened = onlyModel(readStatusText(captured('3-hardened/cli/status-utc').stdout, origin));

  test('yields exactly the relations that the API shows with both ends', () => {
    const answer = JSON.parse(fixtureText('captures/real/3-hardened/ws/FullStatus-data.json')) as {
      readonly response: { readonly relations: readonly WireRelation[] };
    };
    const wanted = answer.response.relations
      .filter((relation) => relation.endpoints.length === 2)
      .map(
        (relation) =>
          `${relation.endpoints
            .map((end) => `${end.application}:${end.name}`)
            .sort()
            .join(' ')} [${relation.interface}]`,
      );
    expect(endpointPairs(valueOf(hardened.relations))).toEqual(wanted.sort());
  });

  test('yields the relations of one application, shared with the model', () => {
    const own = valueOf(hardened.applications['etcd']!.relations)!;
    expect(endpointPairs(own)).toContain('etcd-ca:certificates etcd:peer-certificates [tls-certificates]');
    expect(valueOf(hardened.relations)).toEqual(expect.arrayContaining([...own]));
    expect(own.every((relation) => valueOf(hardened.relations)!.includes(relation))).toBe(true);
  });

  test('marks the far end of a cross-model relation as remote and tells both roles', () => {
    const relation = valueOf(hardened.applications['grafana-agent']!.relations)!.find(
      ({ ends }) => ends[1].application === 'loki-logging',
    );
    expect(relation).toEqual({
      interface: 'loki_push_api',
      scope: 'global',
      ends: [
        { application: 'grafana-agent', endpoint: 'logging-consumer', role: 'requirer' },
        { application: 'loki-logging', endpoint: 'logging', role: 'provider', remote: true },
      ],
    });
  });

  test('stands subordinate units under their own application, on the machine of their principal', () => {
    const units = valueOf(hardened.applications['landscape-client']!.units)!;
    expect(units['landscape-client/1']).toEqual({
      name: 'landscape-client/1',
      principal: 'etcd/1',
      machine: '2',
      address: '10.77.0.17',
      version: '4.0.15',
      agent: 'idle',
      agentMessage: '',
      workload: 'active',
      workloadMessage: 'Client registered!',
    });
  });

  test.each(['status', 'status-yaml'])('reads %s as it reads the UTC form', (name) => {
    expect(onlyModel(readStatusText(captured(`3-hardened/cli/${name}`).stdout, origin))).toEqual(hardened);
  });

  test('tells where and when each fact was read, and why the others are unknown', () => {
    expect(hardened.applications['etcd']!.charm).toEqual({
      value: { name: 'charmed-etcd', revision: 1, origin: 'local', base: 'ubuntu@24.04', subordinateTo: [] },
      source: { road: 'status-file', call: 'status.json' },
      at: origin.at,
    });
    expect(reasonOf(hardened.users)).toMatch(/^a status file does not carry users .*run with --juju/);
    expect(reasonOf(hardened.applications['etcd']!.config)).toMatch(/application options/);
  });

  test('names the offers of the model without their users', () => {
    const offers = valueOf(
      onlyModel(readStatusText(captured('3-hardened/cli/status-cos').stdout, origin)).offers,
    )!;
    expect(offers['loki-logging']).toEqual({
      name: 'loki-logging',
      application: 'loki',
      charm: 'local:amd64/loki-k8s-0',
      connections: 2,
      endpoints: [{ name: 'logging', interface: 'loki_push_api', role: 'provider' }],
    });
  });
});

describe('statuses of older clients', () => {
  test('series and a full charm URL (2.9) tell base, name and revision', () => {
    const read = modelOf(
      model({
        applications: {
          pg: { charm: 'ch:amd64/focal/postgresql-k8s-20', series: 'focal', os: 'ubuntu', exposed: true },
        },
        machines: {
          0: {
            'juju-status': { current: 'started' },
            series: 'jammy',
            containers: { '0/lxd/1': { series: 'focal' } },
          },
        },
      }),
    );
    expect(valueOf(read.applications['pg']!.charm)).toEqual({
      name: 'postgresql-k8s',
      revision: 20,
      origin: 'charmhub',
      base: 'ubuntu@20.04',
      subordinateTo: [],
    });
    expect(valueOf(read.machines)!['0/lxd/1']).toEqual({
      id: '0/lxd/1',
      status: '',
      base: 'ubuntu@20.04',
      addresses: [],
    });
  });

  test('relations as plain names pair up when one side has a single endpoint', () => {
    const read = modelOf(
      model({
        applications: {
          keystone: {
            relations: {
              'ingress-internal': ['traefik'],
              'ingress-public': ['traefik'],
              peers: ['keystone'],
            },
          },
          traefik: { relations: { ingress: ['keystone'] } },
        },
      }),
    );
    expect(endpointPairs(valueOf(read.relations))).toEqual([
      'keystone:ingress-internal traefik:ingress []',
      'keystone:ingress-public traefik:ingress []',
    ]);
  });

  test('relations by name to a remote application take their interface from its endpoint', () => {
    const read = modelOf(
      model({
        applications: { trfk: { relations: { ingress: ['alertmanager'] } } },
        'application-endpoints': {
          alertmanager: {
            url: 'c:admin/m.a',
            endpoints: { ing: { interface: 'ingress', role: 'requirer' } },
            relations: { ing: ['trfk'] },
          },
        },
      }),
    );
    expect(endpointPairs(valueOf(read.relations))).toEqual(['alertmanager:ing trfk:ingress [ingress]']);
  });
});

describe('what a status cannot tell', () => {
  const several = {
    a: {
      relations: {
        x: [{ 'related-application': 'b', interface: 'i' }],
        y: [{ 'related-application': 'b', interface: 'i' }],
      },
    },
    b: {
      relations: {
        v: [{ 'related-application': 'a', interface: 'i' }],
        w: [{ 'related-application': 'a', interface: 'i' }],
      },
    },
  };

  test('several endpoints on both sides leave the other end open instead of guessing', () => {
    const read = modelOf(model({ applications: several }));
    expect(endpointPairs(valueOf(read.applications['a']!.relations))).toEqual(['a:x b:? [i]', 'a:y b:? [i]']);
    expect(endpointPairs(valueOf(read.applications['b']!.relations))).toEqual(['a:? b:v [i]', 'a:? b:w [i]']);
  });

  test('interfaces keep several endpoints apart', () => {
    const related = (app: string, name: string): object[] => [
      { 'related-application': app, interface: name },
    ];
    const read = modelOf(
      model({
        applications: {
          a: { relations: { x: related('b', 'tls'), y: related('b', 's3') } },
          b: { relations: { v: related('a', 's3'), w: related('a', 'tls') } },
        },
      }),
    );
    expect(endpointPairs(valueOf(read.relations))).toEqual(['a:x b:w [tls]', 'a:y b:v [s3]']);
  });

  test('an application that Juju could not read is unknown in all that it was asked for', () => {
    const read = modelOf(
      model({ applications: { bad: { 'status-error': 'lost it' }, good: { charm: 'x' } } }),
    );
    const bad = read.applications['bad']!;
    for (const fact of [
      bad.charm,
      bad.status,
      bad.exposure,
      bad.bindings,
      bad.relations,
      bad.units,
      bad.upgrade,
    ]) {
      expect(reasonOf(fact)).toBe('Juju could not read application bad: lost it');
    }
    expect(reasonOf(read.relations)).toMatch(/lost it/);
    expect(isKnown(read.applications['good']!.units)).toBe(true);
  });

  test.each([
    ['machines', { machines: { 3: { 'status-error': 'gone' } } }, (read: ModelState) => read.machines],
    ['offers', { offers: { o: { 'status-error': 'gone' } } }, (read: ModelState) => read.offers],
    [
      'remote applications',
      { 'application-endpoints': { r: { 'status-error': 'gone' } } },
      (read: ModelState) => read.remoteApplications,
    ],
    [
      'units',
      { applications: { a: { units: { 'a/0': { 'status-error': 'gone' } } } } },
      (read: ModelState) => read.applications['a']!.units,
    ],
    [
      'subordinate units',
      {
        applications: {
          a: { units: { 'a/0': { subordinates: { 's/0': { 'status-error': 'gone' } } } } },
          s: {},
        },
      },
      (read: ModelState) => read.applications['s']!.units,
    ],
  ])('one unreadable entry makes all %s unknown, not fewer', (_, parts, pick) => {
    expect(reasonOf(pick(modelOf(model(parts))))).toMatch(/gone/);
  });

  test('what is missing from an application is unknown, not a default', () => {
    const bare = modelOf(model({ applications: { a: {} } })).applications['a']!;
    for (const fact of [
      bare.charm,
      bare.status,
      bare.exposure,
      bare.bindings,
      bare.config,
      bare.trust,
      bare.probes,
    ]) {
      expect(reasonOf(fact)).not.toBe('');
    }
  });

  test('names of the language itself are just names', () => {
    const text =
      '{"model":{"name":"__proto__","controller":"constructor"},"applications":{"__proto__":{"charm":"etcd"},"toString":{"charm":"x","relations":{"r":["constructor"]}}}}';
    const snapshot = readStatusText(text, origin);
    const read = snapshot.controllers['constructor']!.models['__proto__']!;
    expect(Object.keys(read.applications)).toEqual(['__proto__', 'toString']);
    expect(valueOf(read.applications['__proto__']!.charm)!.name).toBe('etcd');
  });
});
