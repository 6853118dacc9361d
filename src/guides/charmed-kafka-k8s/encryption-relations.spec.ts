import { describe, expect, it, test } from '@jest/globals';
import { linesOf, remote, undoLinesOf } from '../../../test/support/etcd.js';
import {
  findingOf,
  keeps,
  deployed,
  saysOf,
  type KafkaWorld,
  type ProductName,
} from '../../../test/support/kafka.js';
import { application, relate, unknownFact, type ApplicationSpec } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { Relation } from '../../core/snapshot.js';
import { charmedKafkaK8s as guide } from './index.js';

const vault = (spec: ApplicationSpec = {}) =>
  application({ charm: { name: 'vault-k8s' }, config: { pki_allow_ip_sans: true }, ...spec });
const at = (end: string, provider = 'vault:vault-pki', more: Partial<Relation> = {}) =>
  relate(end, provider, 'tls-certificates', more);
const applications = { vault: vault() };
const pki = remote('pki', 'admin/pki.vault-pki', {
  name: 'vault-pki',
  interface: 'tls-certificates',
  role: 'provider',
});

interface Row {
  readonly id: string;
  readonly product: ProductName;
  readonly ends: readonly [string, ...string[]];
  readonly bare: string;
}

const rows: readonly Row[] = [
  { id: 'ZK-ENC-01', product: 'zookeeper', ends: ['zookeeper:certificates'], bare: 'ZooKeeperTlsDisabled' },
  {
    id: 'ZK-ENC-01',
    product: 'machineZookeeper',
    ends: ['zookeeper:certificates'],
    bare: 'ZooKeeperTlsDisabled',
  },
  { id: 'KAFKA-ENC-01', product: 'k8s3', ends: ['kafka:certificates'], bare: 'ClientTlsDisabled' },
  { id: 'KAFKA-ENC-01', product: 'machine3', ends: ['kafka:certificates'], bare: 'ClientTlsDisabled' },
  {
    id: 'KAFKA-ENC-01',
    product: 'k8s4',
    ends: ['kafka:certificates', 'kafka:peer-certificates'],
    bare: 'PeerCaOfItsOwn',
  },
  {
    id: 'KAFKA-ENC-01',
    product: 'machine4',
    ends: ['kafka:certificates', 'kafka:peer-certificates'],
    bare: 'PeerCaOfItsOwn',
  },
];

describe.each(rows)('$id on $product', ({ id, product, ends, bare }) => {
  const says = (spec: KafkaWorld) => saysOf(guide, id, product, spec);
  const all = (provider?: string, more: Partial<Relation> = {}) => ends.map((end) => at(end, provider, more));

  test.each<[string, string, KafkaWorld]>([
    ['joined relations pass', 'pass AsRequired', { applications, relations: all() }],
    [
      'a provider in another model passes',
      'pass AsRequired',
      { remoteApplications: { pki }, relations: all('@pki:vault-pki') },
    ],
    ['nothing related fails', `fail ${bare}`, { applications }],
    [
      'a suspended relation fails',
      'fail CertificateRelationDown',
      { applications, relations: all(undefined, { status: 'suspended' }) },
    ],
    [
      'a relation that is being made is unknown',
      'unknown RelationForming',
      { applications, relations: all(undefined, { status: 'joining' }) },
    ],
    [
      'unread relations are unknown, with the permission',
      'unknown PermissionMissing',
      { it: { relations: unknownFact('not listed', 'read on the model') } },
    ],
  ])('%s', (_, expected, spec) => {
    expect(says(spec)).toBe(expected);
  });
});

describe('KAFKA-ENC-01: what else counts', () => {
  test.each<[string, string, ProductName, readonly Relation[]]>([
    [
      'certificates of clients are not those of Kafka 3',
      'fail ClientTlsDisabled',
      'k8s3',
      [at('kafka:trusted-certificate', 'app:certificates')],
    ],
    [
      'on Kafka 3 an endpoint that is not shown leaves it open',
      'unknown EndpointNotShown',
      'k8s3',
      [at('kafka', 'vault')],
    ],
    [
      'on Kafka 4 the side of the brokers alone will not do',
      'fail ClientTlsDisabled',
      'k8s4',
      [at('kafka:peer-certificates')],
    ],
    ['nor the side of the clients alone', 'fail PeerCaOfItsOwn', 'k8s4', [at('kafka:certificates')]],
  ])('%s', (_, expected, product, relations) => {
    expect(saysOf(guide, 'KAFKA-ENC-01', product, { applications, relations })).toBe(expected);
  });

  it('says what brokers of Kafka 4 do without a provider, which is not to talk in clear', () => {
    const { judgement } = findingOf(guide, 'KAFKA-ENC-01', 'k8s4', { relations: [at('kafka:certificates')] });
    expect(judgement.message).toBe(
      'no TLS provider is related to kafka:peer-certificates: brokers trust a CA that the charm made up itself',
    );
  });
});

describe('what is proposed', () => {
  const m = 'juju integrate -m prod:admin/data';
  const lines = (product: ProductName, spec: KafkaWorld, params: Dict<unknown> = {}) => {
    const id = product.toLowerCase().includes('zookeeper') ? 'ZK-ENC-01' : 'KAFKA-ENC-01';
    return linesOf(findingOf(guide, id, product, { ...spec, judging: { params } }));
  };

  test.each<[string, ProductName, KafkaWorld, Dict<unknown>, readonly string[]]>([
    ['ZooKeeper', 'zookeeper', { applications }, {}, [`${m} vault:vault-pki zookeeper:certificates`]],
    ['Kafka 3', 'machine3', { applications }, {}, [`${m} vault:vault-pki kafka:certificates`]],
    [
      'Kafka 4: the brokers first, then the clients',
      'k8s4',
      { applications },
      {},
      [`${m} vault:vault-pki kafka:peer-certificates`, `${m} vault:vault-pki kafka:certificates`],
    ],
    [
      'only the side that is missing',
      'machine4',
      { applications, relations: [at('kafka:peer-certificates')] },
      {},
      [`${m} vault:vault-pki kafka:certificates`],
    ],
    [
      'nothing on a side where a relation stands badly',
      'k8s4',
      { applications, relations: [at('kafka:certificates', undefined, { status: 'broken' })] },
      {},
      [`${m} vault:vault-pki kafka:peer-certificates`],
    ],
    ['nothing without a provider', 'k8s4', {}, {}, []],
    [
      'the self-signed one only when it is named',
      'k8s3',
      { applications: { ca: application({ charm: { name: 'self-signed-certificates' } }) } },
      { provider: 'ca' },
      [`${m} ca:certificates kafka:certificates`],
    ],
    [
      'and not by itself',
      'k8s3',
      { applications: { ca: application({ charm: { name: 'self-signed-certificates' } }) } },
      {},
      [],
    ],
    [
      'one of another model by name',
      'k8s3',
      { remoteApplications: { pki } },
      { provider: 'pki' },
      [`${m} pki:vault-pki kafka:certificates`],
    ],
  ])('%s', (_, product, spec, ...[params, expected]) => {
    expect(lines(product, spec, params)).toEqual(expected);
  });

  it('names who is cut off: the related clients and those outside Juju', () => {
    const { remedies } = findingOf(guide, 'KAFKA-ENC-01', 'k8s4', {
      applications: { ...applications, shop: application({}), dash: application({}) },
      relations: [
        relate('kafka:kafka-client', 'shop:kafka', 'kafka_client'),
        relate('kafka:kafka-client', '@far:kafka', 'kafka_client'),
      ],
    });
    expect(remedies.map(({ cutsOff, disruptive, risk }) => ({ cutsOff, disruptive, risk }))).toEqual([
      { cutsOff: [], disruptive: true, risk: 'medium' },
      {
        cutsOff: ['shop', 'far', 'every client that connects to a plain port'],
        disruptive: true,
        risk: 'high',
      },
    ]);
  });

  it('names the Kafka that ZooKeeper restarts under', () => {
    const finding = findingOf(guide, 'ZK-ENC-01', 'zookeeper', {
      applications: { ...applications, kafka: deployed('k8s3') },
      relations: [keeps()],
    });
    expect(finding.remedies[0]?.cutsOff).toEqual(['kafka']);
    expect(undoLinesOf(finding)).toEqual([
      'juju remove-relation -m prod:admin/data vault:vault-pki zookeeper:certificates',
    ]);
  });
});
