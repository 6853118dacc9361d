import { describe, expect, it, test } from '@jest/globals';
import { allCurrent } from '../../../test/support/charmhub.js';
import { beside, linesOf, undoLinesOf } from '../../../test/support/etcd.js';
import {
  findingOf,
  products,
  saysOf,
  type KafkaWorld,
  type ProductName,
} from '../../../test/support/kafka.js';
import { application, relate, unknownFact, type ApplicationSpec } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { Unit } from '../../core/snapshot.js';
import { charmedKafkaK8s as guide } from './index.js';

const m = '-m prod:admin/data';

describe.each<[string, ProductName, string]>([
  ['KAFKA-IMG-01', 'k8s3', 'unknown KubernetesNotObserved'],
  ['KAFKA-IMG-01', 'k8s4', 'unknown KubernetesNotObserved'],
  ['KAFKA-IMG-01', 'machine3', 'unknown WorkloadEvidenceOff'],
  ['KAFKA-IMG-01', 'machine4', 'unknown WorkloadEvidenceOff'],
  ['ZK-IMG-01', 'zookeeper', 'unknown KubernetesNotObserved'],
  ['ZK-IMG-01', 'machineZookeeper', 'unknown WorkloadEvidenceOff'],
])('%s on %s', (id, product, onItsBase) => {
  const on = (base: string): string =>
    saysOf(guide, id, product, { it: { charm: { ...products[product].charm, base } } });

  it('on its base it is left open what runs in it', () => {
    expect(saysOf(guide, id, product)).toBe(onItsBase);
  });

  it('another base fails', () => {
    expect(on('ubuntu@20.04')).toBe('fail OtherBase');
  });

  it('a base without support fails', () => {
    const judging = { asOf: '2032-01-01T00:00:00Z' };
    expect(saysOf(guide, id, product, { judging })).toBe('fail BaseUnsupported');
  });
});

describe('KAFKA-IMG-01', () => {
  it('asks Kafka 4 for the base of its track', () => {
    const charm = { ...products.k8s4.charm, base: 'ubuntu@22.04' };
    expect(saysOf(guide, 'KAFKA-IMG-01', 'k8s4', { it: { charm } })).toBe('fail OtherBase');
  });
});

describe.each<[string, ProductName]>([
  ['KAFKA-UPG-01', 'k8s3'],
  ['ZK-UPG-01', 'machineZookeeper'],
])('%s: the charm is current', (id, product) => {
  test.each<[string, string, ApplicationSpec, string]>([
    [
      'a newer revision offered for long fails',
      'fail CharmBehindTooLong',
      { upgrade: { to: 'ch:x-9' } },
      '2027-01-30T06:00:00Z',
    ],
    [
      'one offered since a day is unknown',
      'unknown ReleaseDateNotSeen',
      { upgrade: { to: 'ch:x-9' } },
      '2026-11-23T06:00:00Z',
    ],
    ['none offered proves nothing', 'unknown NothingOffered', {}, '2026-11-23T06:00:00Z'],
  ])('%s', (_, expected, ...[it, asOf]) => {
    expect(saysOf(guide, id, product, { it, judging: { asOf } })).toBe(expected);
  });

  it('passes where Charmhub says that its channel holds what runs', () => {
    expect(saysOf(guide, id, product, { seenWith: allCurrent })).toBe('pass AsRequired');
  });

  it('a charm from a file cannot be compared', () => {
    const charm = { ...products[product].charm, origin: 'local' as const };
    expect(saysOf(guide, id, product, { it: { charm } })).toBe('unknown LocalCharm');
  });
});

describe('ZK-BKP-01: the backup store', () => {
  const s3 = (spec: ApplicationSpec = {}) => ({
    s3: application({
      charm: { name: 's3-integrator' },
      config: { endpoint: 'https://s3.example' },
      ...spec,
    }),
  });
  const related = [relate('s3:s3-credentials', 'zookeeper:s3-credentials', 's3')];
  const http = { config: { endpoint: 'http://minio:9000' } };

  test.each<[string, string, KafkaWorld]>([
    ['a store over https passes', 'pass AsRequired', { applications: s3(), relations: related }],
    [
      'AWS without an endpoint passes',
      'pass AsRequired',
      { applications: s3({ config: { endpoint: '' } }), relations: related },
    ],
    ['no store fails', 'fail NoBackupStore', { applications: s3() }],
    ['a store over http fails', 'fail StoreNotHttps', { applications: s3(http), relations: related }],
    [
      'a suspended relation fails',
      'fail BackupStoreDown',
      { applications: s3(), relations: related.map((one) => ({ ...one, status: 'suspended' })) },
    ],
    [
      'a store in a model that is not watched is unknown',
      'unknown IntegratorNotSeen',
      { relations: [relate('@s3:s3-credentials', 'zookeeper:s3-credentials', 's3')] },
    ],
    ['unread relations are unknown', 'unknown NotObserved', { it: { relations: unknownFact('gone') } }],
    [
      'an endpoint that was not read is unknown',
      'unknown PermissionMissing',
      { applications: s3({ config: unknownFact('hidden', 'read on the model') }), relations: related },
    ],
  ])('%s', (_, expected, spec) => {
    for (const product of ['zookeeper', 'machineZookeeper'] as const)
      expect(saysOf(guide, 'ZK-BKP-01', product, spec)).toBe(expected);
  });

  test.each<[string, KafkaWorld, Dict<unknown>, readonly string[]]>([
    [
      'the only integrator',
      { applications: s3() },
      {},
      [`juju integrate ${m} s3:s3-credentials zookeeper:s3-credentials`],
    ],
    [
      'the one that the policy names of two',
      { applications: { ...s3(), other: application({ charm: { name: 's3-integrator' } }) } },
      { integrator: 's3' },
      [`juju integrate ${m} s3:s3-credentials zookeeper:s3-credentials`],
    ],
    [
      'none of two',
      { applications: { ...s3(), other: application({ charm: { name: 's3-integrator' } }) } },
      {},
      [],
    ],
    [
      'https where the policy gives the endpoint',
      { applications: s3(http), relations: related },
      { endpoint: 'https://s3.example' },
      [`juju config ${m} s3 endpoint=https://s3.example`],
    ],
    [
      'nothing to a revision that cannot back up',
      { applications: s3(), it: { endpoints: ['certificates', 'zookeeper'] } },
      {},
      [],
    ],
    ['no endpoint of its own making', { applications: s3(http), relations: related }, {}, []],
  ])('proposes %s', (_, spec, params, expected) => {
    expect(linesOf(findingOf(guide, 'ZK-BKP-01', 'zookeeper', { ...spec, judging: { params } }))).toEqual(
      expected,
    );
  });
});

describe.each<[string, ProductName, string]>([
  ['KAFKA-NET-01', 'k8s3', 'expose_external'],
  ['KAFKA-NET-01', 'k8s4', 'expose-external'],
  ['ZK-NET-01', 'zookeeper', 'expose-external'],
])('%s on %s: not exposed outside the cluster', (id, product, option) => {
  const says = (spec: KafkaWorld, params: Dict<unknown> = {}) =>
    saysOf(guide, id, product, { ...spec, judging: { params } });

  test.each<[string, string, KafkaWorld, Dict<unknown>]>([
    ['the default passes', 'pass AsRequired', {}, {}],
    ['an emptied option passes', 'pass AsRequired', { options: { [option]: '' } }, {}],
    ['node ports fail', 'fail ExposedOutsideCluster', { options: { [option]: 'nodeport' } }, {}],
    [
      'declared ones pass',
      'pass AsRequired',
      { options: { [option]: 'nodeport' } },
      { externalAccess: 'nodeport' },
    ],
    [
      'a load balancer is not a declared node port',
      'fail ExposedOutsideCluster',
      { options: { [option]: 'loadbalancer' } },
      { externalAccess: 'nodeport' },
    ],
    ['an option that is not shown is unknown', 'unknown OptionNotShown', { it: { config: {} } }, {}],
    [
      'unread options are unknown',
      'unknown PermissionMissing',
      { it: { config: unknownFact('hidden', 'read on the model') } },
      {},
    ],
  ])('%s', (_, expected, ...asked) => {
    expect(says(...asked)).toBe(expected);
  });

  it('is closed in the spelling of the track, and says who is cut off', () => {
    const finding = findingOf(guide, id, product, { options: { [option]: 'nodeport' } });
    const name = product === 'zookeeper' ? 'zookeeper' : 'kafka';
    expect(linesOf(finding)).toEqual([`juju config ${m} ${name} ${option}=false`]);
    expect(undoLinesOf(finding)).toEqual([`juju config ${m} ${name} ${option}=nodeport`]);
    expect(finding.remedies[0]).toMatchObject({
      disruptive: true,
      cutsOff: ['everyone who connects from outside the cluster'],
    });
  });
});

describe('the option of the cluster on machines', () => {
  test.each<[string, ProductName]>([
    ['KAFKA-NET-01', 'machine3'],
    ['KAFKA-NET-01', 'machine4'],
    ['ZK-NET-01', 'machineZookeeper'],
  ])('%s does not apply to %s', (id, product) => {
    expect(saysOf(guide, id, product)).toBe('not-applicable NoCluster');
  });
});

describe('the operating system of machines', () => {
  const spec = (charm: string, units: Dict<Unit>): KafkaWorld => ({
    applications: { helper: application({ charm: { name: charm, base: 'ubuntu@22.04' }, units }) },
    relations: [relate('helper:container', 'kafka:juju-info', 'juju-info')],
  });
  const besideBoth = (text: string) =>
    Object.fromEntries(
      Object.values(beside('helper', text, text)).map((unit, n) => [
        unit.name,
        { ...unit, principal: `kafka/${n}` },
      ]),
    );

  test.each<[string, string, string, KafkaWorld]>([
    [
      'a registered Landscape Client',
      'KAFKA-OS-01',
      'pass AsRequired',
      spec('landscape-client', besideBoth('Client registered!')),
    ],
    [
      'one that is not registered',
      'KAFKA-OS-01',
      'fail NotRegistered',
      spec('landscape-client', besideBoth('Need registration-key')),
    ],
    ['none', 'KAFKA-OS-01', 'fail NotRelated', {}],
    [
      'an attached Pro',
      'KAFKA-OS-02',
      'pass AsRequired',
      spec('ubuntu-pro', besideBoth('Attached (esm-apps,esm-infra)')),
    ],
    ['no Pro', 'KAFKA-OS-02', 'fail NotRelated', {}],
    ['pending updates are seen inside only', 'KAFKA-OS-03', 'unknown WorkloadEvidenceOff', {}],
  ])('%s (%s): %s', (_, id, expected, world) => {
    expect(saysOf(guide, id, 'machine3', world)).toBe(expected);
  });

  test.each(['KAFKA-OS-01', 'KAFKA-OS-02', 'KAFKA-OS-03'])('%s does not apply on Kubernetes', (id) => {
    expect(saysOf(guide, id, 'k8s3')).toBe('not-applicable NoMachines');
  });

  it('relates the only client on the same base', () => {
    const landscape = application({ charm: { name: 'landscape-client', base: 'ubuntu@22.04' }, units: 0 });
    const finding = findingOf(guide, 'KAFKA-OS-01', 'machineZookeeper', { applications: { landscape } });
    expect(linesOf(finding)).toEqual([`juju integrate ${m} landscape:container zookeeper:juju-info`]);
    const pro = application({ charm: { name: 'ubuntu-advantage', base: 'ubuntu@22.04' }, units: 0 });
    expect(linesOf(findingOf(guide, 'KAFKA-OS-02', 'machine3', { applications: { pro } }))).toEqual([
      `juju integrate ${m} pro:juju-info kafka:juju-info`,
    ]);
  });
});
