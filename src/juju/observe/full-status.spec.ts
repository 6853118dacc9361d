import { describe, expect, it, test } from '@jest/globals';
import { wsResponse } from '../../../test/support/ws-capture.js';
import type { Fact, Reading } from '../../core/fact.js';
import { isKnown } from '../../core/fact.js';
import { readFullStatus, type ModelStatus } from './full-status.js';

const reading: Reading = {
  source: { road: 'api', call: 'Client.FullStatus v8' },
  at: '2026-11-22T03:34:35Z',
};

function read(answer: unknown, dropped: string[] = []): ModelStatus {
  return readFullStatus(reading, answer, (what, name) => dropped.push(`${what} ${name}`));
}

function value<T>(fact: Fact<T> | undefined): T {
  if (fact === undefined || !isKnown(fact)) throw new Error(`not known: ${JSON.stringify(fact)}`);
  return fact.value;
}

const hardened = read(wsResponse('3-hardened/ws/FullStatus-data'));
const model = { name: 'm', type: 'iaas', 'cloud-tag': 'cloud-aws', 'model-status': { status: 'available' } };

/** A status of one application with these fields. */
function withApplication(fields: object, more: object = {}): ModelStatus {
  return read({ model, applications: { pg: { charm: 'ch:pg-1', units: {}, ...fields } }, ...more });
}

describe('a real status', () => {
  it('gives every fact its call and time', () => {
    expect(hardened.applications['etcd']?.charm).toMatchObject(reading);
    expect(hardened.machines).toMatchObject(reading);
  });

  it('tells the model', () => {
    expect(value(hardened.info)).toEqual({
      type: 'iaas',
      cloud: 'unmanaged',
      version: '4.0.15',
      status: 'available',
    });
  });

  it('has all applications and machines of the estate', () => {
    expect(Object.keys(hardened.applications)).toHaveLength(17);
    expect(value(hardened.machines)['1']).toMatchObject({
      status: 'started',
      base: 'ubuntu@22.04',
      address: '10.77.0.14',
      instanceId: 'manual:10.77.0.14',
      hasVote: false,
    });
  });

  it('names both ends of each relation, requirer first, peers left out', () => {
    const relations = value(hardened.relations);
    expect(relations.find(({ id }) => id === 39)).toEqual({
      id: 39,
      interface: 'tls-certificates',
      scope: 'global',
      status: 'joined',
      ends: [
        { application: 'pg16', endpoint: 'peer-certificates', role: 'requirer' },
        { application: 'self-signed-certificates', endpoint: 'certificates', role: 'provider' },
      ],
    });
    expect(relations.every(({ ends }) => ends[0].application !== ends[1].application)).toBe(true);
    expect(relations.map(({ id }) => id)).toEqual(relations.map(({ id }) => id!).sort((a, b) => a - b));
  });

  it('marks ends that live in another model', () => {
    const own = value(hardened.applications['grafana-agent']?.relations);
    const remote = own.flatMap(({ ends }) => ends).filter((end) => end.remote);
    expect(remote.map(({ application }) => application).sort()).toEqual([
      'grafana-dashboards',
      'loki-logging',
      'prometheus-receive-remote-write',
    ]);
    expect(value(hardened.remoteApplications)['loki-logging']).toEqual({
      name: 'loki-logging',
      offerUrl: 'prod:admin/cos.loki-logging',
      endpoints: [
        { name: 'juju-info', interface: 'juju-info', role: 'provider' },
        { name: 'logging', interface: 'loki_push_api', role: 'provider' },
      ],
      status: 'active',
      life: 'alive',
    });
  });

  it('puts subordinates’ units under their own application, with their principal and its machine', () => {
    expect(value(hardened.applications['landscape-client']?.units)['landscape-client/0']).toEqual({
      name: 'landscape-client/0',
      principal: 'etcd/0',
      machine: '0',
      leader: true,
      address: '10.77.0.13',
      agent: 'idle',
      agentMessage: '',
      workload: 'active',
      workloadMessage: 'Client registered!',
      version: '4.0.15',
    });
    expect(value(hardened.applications['landscape-client']?.charm).subordinateTo).toEqual(['etcd']);
  });

  it('shows to whom an application is exposed', () => {
    expect(value(hardened.applications['pgbouncer']?.exposure)).toEqual({
      exposed: true,
      endpoints: { '': { cidrs: ['10.20.0.0/16', '192.168.50.0/24'], spaces: [] } },
    });
    expect(value(hardened.applications['etcd']?.exposure)).toEqual({ exposed: false, endpoints: {} });
  });

  it('shows offers to a model admin', () => {
    const offers = value(read(wsResponse('3-hardened/ws/FullStatus-cos')).offers);
    expect(offers['loki-logging']).toEqual({
      name: 'loki-logging',
      application: 'loki',
      charm: 'local:amd64/loki-k8s-0',
      endpoints: [{ name: 'logging', interface: 'loki_push_api', role: 'provider' }],
      connections: 2,
    });
  });

  test.each([
    '1-bare/ws/FullStatus-data',
    '3-hardened/ws/FullStatus-controller',
    '3-hardened/ws-as-bob-model-admin/FullStatus-data',
    '3-hardened/ws-as-carol-model-read/FullStatus-data',
    '5-transition/ws/FullStatus-data',
  ])('%s leaves nothing unknown and drops no name', (path) => {
    const dropped: string[] = [];
    const { applications, ...facts } = read(wsResponse(path), dropped);
    const parts: readonly object[] = [facts, ...Object.values(applications)];
    const all = parts.flatMap((part) => Object.values(part) as (Fact<unknown> | string)[]);
    expect(all.filter((fact) => typeof fact !== 'string' && !isKnown(fact))).toEqual([]);
    expect(dropped).toEqual([]);
  });

  it('reads the same for who may only read', () => {
    const carol = read(wsResponse('3-hardened/ws-as-carol-model-read/FullStatus-data'));
    expect(carol.applications).toEqual(hardened.applications);
    expect(carol.relations).toEqual(hardened.relations);
  });
});

describe('shapes of older and other controllers', () => {
  test.each([
    ['ch:amd64/jammy/postgresql-363', { name: 'postgresql', revision: 363, origin: 'charmhub' }],
    ['local:etcd-1', { name: 'etcd', revision: 1, origin: 'local' }],
    ['cs:~canonical/etcd-3', { name: 'etcd', revision: 3, origin: 'charmstore' }],
  ])('reads the charm %s', (charm, wanted) => {
    expect(value(withApplication({ charm }).applications['pg']?.charm)).toMatchObject(wanted);
  });

  test.each([
    ['14/stable', '14', 'stable'],
    ['edge', 'latest', 'edge'],
    ['3/beta/fix', '3', 'beta'],
  ])('reads the channel %s', (channel, track, risk) => {
    const { applications } = withApplication({ 'charm-channel': channel });
    expect(value(applications['pg']?.charm)).toMatchObject({ channel, track, risk });
  });

  it('reads a 2.9 series as a base', () => {
    expect(value(withApplication({ series: 'focal' }).applications['pg']?.charm).base).toBe('ubuntu@20.04');
  });

  it('takes an exposed application that names nobody for open to the world', () => {
    const world = { cidrs: ['0.0.0.0/0', '::/0'], spaces: [] };
    const bare = withApplication({ exposed: true }).applications['pg']?.exposure;
    expect(value(bare)).toEqual({ exposed: true, endpoints: { '': world } });
    const listed = { '': { 'expose-to-spaces': null }, db: { 'expose-to-spaces': ['alpha'] } };
    const some = withApplication({ exposed: true, 'exposed-endpoints': listed }).applications['pg']?.exposure;
    expect(value(some).endpoints).toEqual({ '': world, db: { cidrs: [], spaces: ['alpha'] } });
  });

  it('reads a Kubernetes unit by its pod’s address, and one that still runs another revision', () => {
    const unit = {
      address: '10.1.2.3',
      'public-address': '',
      charm: 'ch:pg-0',
      'opened-ports': ['5432/tcp'],
    };
    const { applications } = withApplication({ units: { 'pg/0': unit } });
    expect(value(applications['pg']?.units)['pg/0']).toMatchObject({
      address: '10.1.2.3',
      upgradingFrom: 'ch:pg-0',
      openPorts: ['5432/tcp'],
    });
  });

  it('flattens containers', () => {
    const machines = { '0': { containers: { '0/lxd/0': { 'agent-status': { status: 'started' } } } } };
    expect(Object.keys(value(read({ model, machines }).machines))).toEqual(['0', '0/lxd/0']);
  });

  it('tells a running migration and a pending upgrade', () => {
    const migrating = { ...model, 'model-status': { status: 'busy', info: 'migrating: exporting' } };
    expect(value(read({ model: migrating }).info).migration).toBe('migrating: exporting');
    expect(value(withApplication({ 'can-upgrade-to': 'ch:pg-2' }).applications['pg']?.upgrade)).toEqual({
      to: 'ch:pg-2',
    });
  });

  it('takes null for an empty list', () => {
    const status = read({ model, applications: null, machines: null, relations: null, offers: null });
    expect(value(status.machines)).toEqual({});
    expect(value(status.relations)).toEqual([]);
    expect(status.applications).toEqual({});
  });

  it('keeps the same text for relations that Juju lists in another order', () => {
    const answer = wsResponse('3-hardened/ws/FullStatus-data') as { relations: { endpoints: unknown[] }[] };
    const shuffled = answer.relations
      .map((one) => ({ ...one, endpoints: [...one.endpoints].reverse() }))
      .reverse();
    expect(read({ ...answer, relations: shuffled }).relations).toEqual(hardened.relations);
  });
});
