import { describe, expect, it, test } from '@jest/globals';
import { allCurrent } from '../../../test/support/charmhub.js';
import { linesOf, undoLinesOf } from '../../../test/support/etcd.js';
import {
  findingOn,
  postgresqlWorld,
  saysOn,
  type PostgresqlWorld,
  type ReleaseName,
} from '../../../test/support/postgresql.js';
import { application, knownFact, relate, unit, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import { charmedPostgresqlK8s as guide } from './index.js';

type Row = readonly [
  says: string,
  expected: string,
  release: ReleaseName,
  world: PostgresqlWorld,
  params?: Dict<unknown>,
];

function table(id: string, rows: readonly Row[]): void {
  test.each(rows)('%s', (...[, expected, release, world, params = {}]) => {
    expect(saysOn(guide, id, postgresqlWorld(release, world), { params })).toBe(expected);
  });
}

const on = (base: string): PostgresqlWorld => ({ db: { charm: { name: 'postgresql-k8s', base } } });

describe('PG-IMG-02: the base', () => {
  table('PG-IMG-02', [
    ['14 on 22.04 passes', 'pass AsRequired', 'k8s14', {}],
    ['16 on 24.04 passes', 'pass AsRequired', 'k8s16', {}],
    ['the machine charm likewise', 'pass AsRequired', 'machine14', {}],
    ['14 on 24.04 fails', 'fail OtherBase', 'k8s14', on('ubuntu@24.04')],
    ['16 on 22.04 fails', 'fail OtherBase', 'k8s16', on('ubuntu@22.04')],
    [
      'another one may be asked for',
      'pass AsRequired',
      'k8s16',
      on('ubuntu@26.04'),
      { base: 'ubuntu@26.04' },
    ],
    [
      'one that is not shown is unknown',
      'unknown BaseNotShown',
      'k8s14',
      { db: { charm: knownFact({ name: 'postgresql-k8s', track: '14', subordinateTo: [] }) } },
    ],
  ]);

  it('fails once the base is no longer supported', () => {
    const world = postgresqlWorld('k8s14');
    expect(saysOn(guide, 'PG-IMG-02', world, { asOf: '2027-05-01T00:00:00Z' })).toBe('fail BaseUnsupported');
  });
});

describe('PGB-IMG-02: the base of PgBouncer', () => {
  table('PGB-IMG-02', [
    ['22.04 passes', 'pass AsRequired', 'pgbouncer', {}],
    [
      'another one fails',
      'fail OtherBase',
      'pgbouncer',
      { db: { charm: { name: 'pgbouncer-k8s', base: 'ubuntu@24.04' } } },
    ],
    ['on machines it is that of its principal', 'not-applicable BaseOfPrincipal', 'machinePgbouncer', {}],
  ]);
});

describe.each<[string, ReleaseName, ReleaseName]>([
  ['PG-IMG-01', 'k8s16', 'machine16'],
  ['PGB-IMG-01', 'pgbouncer', 'machinePgbouncer'],
])('%s: the pinned image', (id, kubernetes, machine) => {
  table(id, [
    ['only the cluster shows it', 'unknown KubernetesNotObserved', kubernetes, {}],
    ['on machines only the inside of the units', 'unknown WorkloadEvidenceOff', machine, {}],
  ]);

  it('names what it takes to look', () => {
    expect(findingOn(guide, id, postgresqlWorld(kubernetes)).judgement.message).toContain('a kubeconfig');
  });
});

describe.each<[string, ReleaseName]>([
  ['PG-UPG-01', 'k8s14'],
  ['PG-UPG-01', 'machine16'],
  ['PGB-UPG-01', 'pgbouncer'],
])('%s on %s: the charm is current', (id, release) => {
  const offered = { db: { upgrade: { to: 'ch:postgresql-k8s-500' } } };
  const late = { asOf: '2027-01-22T00:00:00Z' } as const;
  table(id, [
    ['naming no newer revision proves nothing', 'unknown NothingOffered', release, {}],
    ['one that is offered may be new', 'unknown ReleaseDateNotSeen', release, offered],
    [
      'a road that does not show it is unknown',
      'unknown NotObserved',
      release,
      { db: { upgrade: unknownFact('bundle') } },
    ],
  ]);

  it('passes where Charmhub says that its channel holds what runs', () => {
    expect(saysOn(guide, id, allCurrent(postgresqlWorld(release)))).toBe('pass AsRequired');
  });

  it('fails when one was offered for too long', () => {
    expect(saysOn(guide, id, postgresqlWorld(release, offered), late)).toBe('fail CharmBehindTooLong');
  });
});

describe('PG-BKP-01: a store', () => {
  const s3 = relate('db:s3-parameters', 's3:s3-credentials', 's3');
  const integrator = (status = 'active') => ({
    s3: application({ charm: { name: 's3-integrator' }, status: { status } }),
  });
  table('PG-BKP-01', [
    ['no store fails', 'fail NoBackupStore', 'k8s14', {}],
    ['nor has the machine charm one', 'fail NoBackupStore', 'machine16', {}],
    [
      'a store leaves the age of backups open',
      'unknown BackupAgeNotObserved',
      'k8s16',
      { applications: integrator(), relations: [s3] },
    ],
    [
      'a suspended relation fails',
      'fail BackupStoreDown',
      'k8s16',
      { applications: integrator(), relations: [{ ...s3, status: 'suspended' }] },
    ],
    [
      'unread relations are unknown',
      'unknown PermissionMissing',
      'k8s14',
      { db: { relations: unknownFact('forbidden', 'model read') } },
    ],
  ]);

  const line = ['juju integrate -m prod:admin/data s3:s3-credentials db:s3-parameters'];
  test.each<[string, PostgresqlWorld, readonly string[]]>([
    ['integrates the only integrator that is active, track 1', { applications: integrator() }, line],
    [
      'and track 2 by the same endpoint',
      { applications: { s3: application({ charm: { name: 's3-integrator', track: '2' } }) } },
      line,
    ],
    ['leaves one alone that has no credentials yet', { applications: integrator('blocked') }, []],
  ])('%s', (_, world, expected) => {
    expect(linesOf(findingOn(guide, 'PG-BKP-01', postgresqlWorld('k8s14', world)))).toEqual(expected);
  });
});

describe('PG-NET-01: not reachable from outside', () => {
  const exposed = {
    db: { exposure: { exposed: true, endpoints: { '': { cidrs: ['0.0.0.0/0'], spaces: [] } } } },
  };
  table('PG-NET-01', [
    ['services only the cluster shows', 'unknown KubernetesNotObserved', 'k8s14', {}],
    ['a machine charm that is not exposed passes', 'pass AsRequired', 'machine14', {}],
    ['one that is open to the world fails', 'fail Exposed', 'machine14', exposed],
    ['what the policy declares passes', 'pass AsRequired', 'machine14', exposed, { cidrs: ['0.0.0.0/0'] }],
    [
      'without a firewall nothing holds it',
      'unknown NoFirewall',
      'machine14',
      { info: { type: 'iaas', provider: 'maas' } },
    ],
  ]);

  it('is closed', () => {
    const finding = findingOn(guide, 'PG-NET-01', postgresqlWorld('machine14', exposed));
    expect(linesOf(finding)).toEqual(['juju unexpose -m prod:admin/data db']);
    expect(finding.remedies[0]?.cutsOff).toEqual(['0.0.0.0/0']);
  });
});

describe('PGB-NET-01: PgBouncer not reachable from outside', () => {
  const by = (value: unknown): PostgresqlWorld => ({ db: { config: { 'expose-external': value } } });
  table('PGB-NET-01', [
    ['not opened passes', 'pass AsRequired', 'pgbouncer', by({ value: 'false', source: 'default' })],
    ['a node port fails', 'fail ExposedOutsideCluster', 'pgbouncer', by('nodeport')],
    ['a load balancer fails', 'fail ExposedOutsideCluster', 'pgbouncer', by('loadbalancer')],
    [
      'what the policy declares passes',
      'pass AsRequired',
      'pgbouncer',
      by('loadbalancer'),
      { external: ['loadbalancer'] },
    ],
    ['a charm without the option is unknown', 'unknown OptionNotShown', 'pgbouncer', {}],
    [
      'options that were not read are unknown',
      'unknown PermissionMissing',
      'pgbouncer',
      { db: { config: unknownFact('forbidden', 'model read') } },
    ],
    ['on machines its exposure counts', 'pass AsRequired', 'machinePgbouncer', {}],
  ]);

  it('is closed, and says who used the address', () => {
    const world: PostgresqlWorld = {
      ...by('nodeport'),
      applications: {
        people: application({ charm: { name: 'data-integrator' } }),
        inside: application({}),
      },
      relations: [
        relate('db:database', 'people:postgresql', 'postgresql_client'),
        relate('db:database', 'inside:database', 'postgresql_client'),
        relate('db:database', '@far:database', 'postgresql_client'),
      ],
    };
    const finding = findingOn(guide, 'PGB-NET-01', postgresqlWorld('pgbouncer', world));
    expect(linesOf(finding)).toEqual(['juju config -m prod:admin/data db expose-external=false']);
    expect(undoLinesOf(finding)).toEqual(['juju config -m prod:admin/data db expose-external=nodeport']);
    expect(finding.remedies).toMatchObject([
      { disruptive: true, cutsOff: ['people', 'far', 'clients outside the cluster that use its nodeport'] },
    ]);
  });
});

describe('the operating system', () => {
  const client = { 'landscape-client': application({ units: 0, charm: { base: 'ubuntu@22.04' } }) };
  const beside = (charm: string, workloadMessage: string): PostgresqlWorld => ({
    db: { units: 1 },
    applications: {
      sub: application({
        charm: { name: charm },
        units: { 'sub/0': unit('sub/0', { principal: 'db/0', workloadMessage }) },
      }),
    },
    relations: [relate('db:juju-info', 'sub:juju-info', 'juju-info', { scope: 'container' })],
  });

  describe('PG-OS-01: Landscape', () => {
    table('PG-OS-01', [
      [
        'a registered client passes',
        'pass AsRequired',
        'machine14',
        beside('landscape-client', 'Client registered!'),
      ],
      ['none fails', 'fail NotRelated', 'machine16', {}],
      ['on Kubernetes there are no machines', 'not-applicable NoMachines', 'k8s14', {}],
    ]);

    it('is put beside the units', () => {
      const finding = findingOn(guide, 'PG-OS-01', postgresqlWorld('machine14', { applications: client }));
      expect(linesOf(finding)).toEqual([
        'juju integrate -m prod:admin/data landscape-client:container db:juju-info',
      ]);
    });
  });

  describe('PG-OS-02: Ubuntu Pro', () => {
    table('PG-OS-02', [
      [
        'attached with both services passes',
        'pass AsRequired',
        'machine14',
        beside('ubuntu-advantage', 'Attached (esm-apps,esm-infra)'),
      ],
      ['not attached fails', 'fail NotAttached', 'machine16', beside('ubuntu-pro', 'No token configured')],
      ['none fails', 'fail NotRelated', 'machine16', {}],
      ['on Kubernetes there are no machines', 'not-applicable NoMachines', 'k8s16', {}],
    ]);

    it('is put beside the units', () => {
      const pro = { pro: application({ charm: { name: 'ubuntu-pro' }, units: 0 }) };
      const finding = findingOn(guide, 'PG-OS-02', postgresqlWorld('machine16', { applications: pro }));
      expect(linesOf(finding)).toEqual(['juju integrate -m prod:admin/data pro:juju-info db:juju-info']);
    });
  });

  describe('PG-OS-03: updates', () => {
    table('PG-OS-03', [
      ['only the inside of the units shows them', 'unknown WorkloadEvidenceOff', 'machine14', {}],
      ['on Kubernetes there are no machines', 'not-applicable NoMachines', 'k8s16', {}],
    ]);
  });
});
