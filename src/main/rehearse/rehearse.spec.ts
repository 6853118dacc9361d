import { describe, expect, it, test } from '@jest/globals';
import { rehearseOn, type Rehearsing } from '../../../test/support/rehearse.js';
import { application, model, prod, relate, unit, unknownFact } from '../../../test/support/world.js';
import { RehearsalDocument } from '../../config/schemas/rehearsal.js';
import type { ManagedBy, WindowRule } from '../../core/policy/rails.js';
import type { PolicyRule } from '../../core/policy/policy.js';
import type { RehearsedStep } from '../../core/rehearsal.js';
import type { Snapshot } from '../../core/snapshot.js';
import { readStatusText } from '../../juju/status/read-status.js';

const provider: readonly PolicyRule[] = [
  { match: { control: '*-ENC-*' }, mode: 'enforce', params: { provider: 'ca' } },
];
const encryption: Rehearsing = { control: '*-ENC-*', policy: { rules: provider } };
const ca = application({
  charm: { name: 'self-signed-certificates', track: '1' },
  endpoints: ['certificates'],
});

function etcdEstate(units = 3): Snapshot {
  const etcd = application({
    charm: { name: 'charmed-etcd', track: '3.6', revision: 182 },
    units,
    endpoints: ['peer-certificates', 'client-certificates', 'etcd-client'],
  });
  const web = application({ charm: { name: 'web-of-ours' }, endpoints: ['etcd'] });
  const relations = [relate('web:etcd', 'etcd:etcd-client', 'etcd_client')];
  return prod({ models: { data: model({ applications: { etcd, ca, web }, relations }) } });
}

function kafkaEstate(): Snapshot {
  const kafka = application({
    charm: { name: 'kafka-k8s', track: '3' },
    units: 2,
    endpoints: ['zookeeper', 'certificates', 'kafka-client'],
  });
  const keeper = application({
    charm: { name: 'zookeeper-k8s', track: '3' },
    units: 3,
    endpoints: ['zookeeper', 'certificates'],
  });
  const app = application({ charm: { name: 'data-integrator', track: 'latest' }, endpoints: ['kafka'] });
  const relations = [
    relate('kafka:zookeeper', 'keeper:zookeeper', 'zookeeper'),
    relate('app:kafka', 'kafka:kafka-client', 'kafka_client'),
  ];
  return prod({
    models: { data: model({ type: 'caas', applications: { kafka, keeper, ca, app }, relations }) },
  });
}

function postgresqlEstate(): Snapshot {
  const pg = application({
    charm: { name: 'postgresql-k8s', track: '16' },
    units: 2,
    trust: true,
    endpoints: ['database', 'client-certificates', 'peer-certificates'],
  });
  const app = application({ charm: { name: 'data-integrator', track: 'latest' }, endpoints: ['postgresql'] });
  const relations = [relate('app:postgresql', 'pg:database', 'postgresql_client')];
  return prod({ models: { data: model({ type: 'caas', applications: { pg, ca, app }, relations }) } });
}

async function stepsOf(snapshot: Snapshot, options = encryption): Promise<readonly RehearsedStep[]> {
  const { rehearsal } = await rehearseOn(snapshot, options);
  return rehearsal.plans.flatMap(({ steps }) => steps);
}

function told({ argv, state }: RehearsedStep): string {
  return `${argv.slice(4).join(' ')}: ${state}`;
}

describe('a rehearsal of TLS on an etcd with clients', () => {
  it('is a document of its published form, and one in which every step worked', async () => {
    const { rehearsal } = await rehearseOn(etcdEstate(), encryption);
    expect(RehearsalDocument.parse(rehearsal)).toEqual(rehearsal);
    expect(rehearsal.plans.flatMap(({ steps }) => steps.map(told))).toEqual([
      'ca:certificates etcd:peer-certificates: Succeeded',
      'ca:certificates etcd:client-certificates: Succeeded',
    ]);
  });

  it('shows when each unit restarts, one after the other', async () => {
    for (const { restarts } of await stepsOf(etcdEstate())) {
      expect(restarts.map((restart) => restart.unit).sort()).toEqual(['etcd/0', 'etcd/1', 'etcd/2']);
      const ends = restarts.map(({ at, seconds }) => at + seconds);
      expect(restarts.every(({ at }, n) => n === 0 || at >= (ends[n - 1] ?? 0) - 2)).toBe(true);
    }
  });

  it('says who is without service, and for how long', async () => {
    const [, three] = await stepsOf(etcdEstate());
    expect(three?.clients).toEqual([{ client: 'web', application: 'etcd', secondsWithout: 0, breaks: 3 }]);
    const [, one] = await stepsOf(etcdEstate(1));
    expect(one?.clients.map(({ client, secondsWithout }) => [client, secondsWithout > 0.5])).toEqual([
      ['web', true],
    ]);
  });

  it('names clients of other models, too', async () => {
    const etcd = application({ charm: { name: 'charmed-etcd', track: '3.6' }, units: 3 });
    const data = model({
      applications: { etcd, ca },
      offers: {
        store: {
          ...{ name: 'store', application: 'etcd', users: {} },
          endpoints: [{ name: 'etcd-client', interface: 'etcd_client' }],
        },
      },
    });
    const web = model({
      applications: { shop: application({ charm: { name: 'shop' } }) },
      remoteApplications: {
        store: { name: 'store', offerUrl: 'prod:admin/data.store', endpoints: [], status: 'active' },
      },
      relations: [relate('shop:db', '@store:etcd-client', 'etcd_client')],
    });
    const steps = await stepsOf(prod({ models: { data, web } }));
    expect(steps.map(({ clients }) => clients.map(({ client }) => client))).toEqual([
      ['web/shop'],
      ['web/shop'],
    ]);
  });

  it('names the units as they are', async () => {
    const snapshot = prod({
      models: {
        data: model({
          applications: {
            ca,
            etcd: application({
              charm: { name: 'charmed-etcd', track: '3.6' },
              units: { 'etcd/4': unit('etcd/4', { leader: true }), 'etcd/7': unit('etcd/7') },
              endpoints: ['peer-certificates', 'client-certificates'],
            }),
          },
        }),
      },
    });
    const [first] = await stepsOf(snapshot);
    expect(first?.restarts.map((restart) => restart.unit).sort()).toEqual(['etcd/4', 'etcd/7']);
  });

  it('tells what holds before and after', async () => {
    const { compliance } = (await rehearseOn(etcdEstate(), encryption)).rehearsal;
    expect([compliance.before.violations, compliance.after.violations]).toEqual([3, 0]);
    expect(
      compliance.changes.map(({ control, from, to }) => `${control} ${from ?? '-'} ${to ?? '-'}`),
    ).toEqual(['ETCD-ENC-01 fail pass', 'ETCD-ENC-02 fail pass', 'ETCD-ENC-03 fail pass']);
    expect(compliance.after.score).toBeGreaterThan(compliance.before.score ?? 0);
  });

  it('is a text that fits into 80 columns', async () => {
    const { text } = await rehearseOn(etcdEstate(), encryption);
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(text).toContain(' 1. juju integrate -m prod:admin/data ca:certificates etcd:peer-certificates');
    expect(text).toContain('clients:  web is never without etcd; 3 times a unit goes away');
    expect(text).toContain('cuts off: web, every client that shows no certificate');
    expect(text).toContain('violations 3 -> 0');
    expect(text).toContain('charms that the simulator does not know stand by and do nothing');
  });

  it('is the same text for the same estate', async () => {
    const [one, other] = [
      await rehearseOn(etcdEstate(), encryption),
      await rehearseOn(etcdEstate(), encryption),
    ];
    expect(other.text).toBe(one.text);
  });
});

describe('the safety rails in a rehearsal', () => {
  const nights: WindowRule = {
    ...{ name: 'nights', kind: 'allow', match: {}, cron: '0 1 * * *', duration: 3600, timeZone: 'UTC' },
  };
  const terraform: ManagedBy = { match: { model: 'data' }, tool: 'terraform' };

  test.each<[string, Snapshot, Rehearsing['policy'], string]>([
    ['a window that is shut', etcdEstate(), { windows: [nights] }, 'window'],
    ['an approval that is needed', etcdEstate(), {}, 'approval'],
    ['a single unit that is an outage', etcdEstate(1), {}, 'preflight'],
    ['another owner', etcdEstate(), { managedBy: [terraform] }, 'managed'],
    ['a reach that is too far', etcdEstate(), { limits: [{ match: {}, actions: 1 }] }, 'blast-radius'],
  ])('are told, and do not stop it: %s', async (_, snapshot, policy, rail) => {
    const steps = await stepsOf(snapshot, {
      ...encryption,
      policy: { rules: provider, ...policy },
      governed: true,
    });
    expect(steps[0]?.holds.map((hold) => hold.rail)).toContain(rail);
    expect(steps.map(({ state }) => state)).toEqual(['Succeeded', 'Succeeded']);
  });
});

describe('a rehearsal of TLS', () => {
  it('on Kafka with ZooKeeper: ZooKeeper first, its three rounds, then Kafka', async () => {
    const steps = await stepsOf(kafkaEstate());
    expect(steps.map(told)).toEqual([
      'ca:certificates keeper:certificates: Succeeded',
      'ca:certificates kafka:certificates: Succeeded',
    ]);
    const ofKeeper = steps[0]?.restarts.filter((restart) => restart.unit.startsWith('keeper/'));
    expect(ofKeeper).toHaveLength(9);
    expect(steps[0]?.clients.map(({ client }) => client)).toContain('kafka');
    expect(steps[1]?.clients.map(({ client }) => client)).toEqual(['app']);
  });

  it('on Kafka alone waits for ZooKeeper, and says so', async () => {
    const steps = await stepsOf(kafkaEstate(), { ...encryption, control: 'KAFKA-ENC-*' });
    expect(steps.map(told)).toEqual(['ca:certificates kafka:certificates: WaitingDependency']);
    expect(steps[0]?.message).toBe('keeper:certificates is not related yet');
  });

  it('on PostgreSQL 16: members first, then clients', async () => {
    const steps = await stepsOf(postgresqlEstate());
    expect(steps.map(told)).toEqual([
      'ca:certificates pg:peer-certificates: Succeeded',
      'ca:certificates pg:client-certificates: Succeeded',
    ]);
    expect(steps[1]?.clients).toEqual([{ client: 'app', application: 'pg', secondsWithout: 0, breaks: 2 }]);
  });
});

describe('what was not seen', () => {
  it('stays not seen, whatever the copy shows', async () => {
    const { compliance } = (await rehearseOn(etcdEstate(), { ...encryption, control: 'ETCD-*' })).rehearsal;
    const fromUnknown = compliance.changes.filter(({ from }) => from === 'unknown');
    expect(fromUnknown).toEqual([]);
  });

  it('is told: units, options and charms', async () => {
    const app = application({
      charm: { name: 'charmed-etcd', track: '9' },
      units: unknownFact('x'),
      config: unknownFact('x'),
    });
    const relations = [relate('app:peer-certificates', '@far:certificates', 'tls-certificates')];
    const exposed = application({
      exposure: { exposed: true, endpoints: { '': { cidrs: ['0.0.0.0/0'], spaces: [] } } },
    });
    const snapshot = prod({
      models: {
        data: model({
          applications: { app, exposed },
          relations,
          remoteApplications: {
            far: { name: 'far', offerUrl: 'admin/pki.far', endpoints: [], status: 'active' },
          },
        }),
      },
    });
    const { doubts } = (await rehearseOn(snapshot)).rehearsal;
    expect(doubts).toEqual(
      expect.arrayContaining([
        'the units of app were not read: rehearsed with one unit each',
        "options were not read: rehearsed with the charms' defaults (app)",
        'tracks that the simulator does not know are played as another (app of charmed-etcd 9 as 3.6)',
        'charms that the simulator does not know stand by and do nothing (exposed of exposed)',
        'applications of models that are not rehearsed stand by and do nothing (far)',
      ]),
    );
  });
});

it('rehearses nothing where nothing is to do', async () => {
  const { rehearsal, text } = await rehearseOn(prod({ models: { data: model({}) } }), { control: 'ETCD-*' });
  expect([rehearsal.plans, rehearsal.compliance.changes, text.startsWith('Nothing to rehearse on')]).toEqual([
    [],
    [],
    true,
  ]);
});

it('works on a status file, which names no owner of the model', async () => {
  const units = {
    'etcd/0': { 'workload-status': { current: 'active' }, 'juju-status': { current: 'idle' }, leader: true },
  };
  const charms = { etcd: 'charmed-etcd', ca: 'self-signed-certificates' } as const;
  const status = {
    model: { name: 'data', controller: 'prod', type: 'iaas', version: '3.6.28' },
    machines: {},
    applications: {
      etcd: {
        ...{ charm: `ch:${charms.etcd}-182`, 'charm-name': charms.etcd, 'charm-channel': '3.6/stable' },
        units,
        'endpoint-bindings': { '': 'alpha', 'peer-certificates': 'alpha', 'client-certificates': 'alpha' },
      },
      ca: {
        ...{ charm: `ch:${charms.ca}-317`, 'charm-name': charms.ca, 'charm-channel': '1/stable' },
        'endpoint-bindings': { '': 'alpha', certificates: 'alpha' },
        units: { 'ca/0': { 'workload-status': { current: 'active' }, 'juju-status': { current: 'idle' } } },
      },
    },
  };
  const snapshot = readStatusText(JSON.stringify(status), {
    source: 'status.json',
    at: '2026-11-22T06:00:00Z',
  });
  expect((await stepsOf(snapshot)).map(told)).toEqual([
    'ca:certificates etcd:peer-certificates: Succeeded',
    'ca:certificates etcd:client-certificates: Succeeded',
  ]);
});
