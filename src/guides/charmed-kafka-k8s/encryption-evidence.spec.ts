import { describe, expect, it, test } from '@jest/globals';
import type { Answer } from '../../../test/support/etcd.js';
import { findingOf, saysOf, type KafkaWorld, type ProductName } from '../../../test/support/kafka.js';
import { application, relate, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import { charmedKafkaK8s as guide } from './index.js';

const at = (end: string, provider = 'ca:certificates') => relate(end, provider, 'tls-certificates');
const ca = (name: string, config: Dict<unknown> = {}) => ({ ca: application({ charm: { name }, config }) });

describe('KAFKA-ENC-02: no plain listener', () => {
  test.each<[string, string, ProductName, KafkaWorld]>([
    ['without a provider it fails', 'fail NoTlsRelation', 'k8s3', {}],
    ['on machines, too', 'fail NoTlsRelation', 'machine3', {}],
    [
      'a provider for the brokers of Kafka 4 says nothing of its clients',
      'fail NoTlsRelation',
      'k8s4',
      { relations: [at('kafka:peer-certificates')] },
    ],
    [
      'a relation only asks for encryption',
      'unknown NotProbedYet',
      'k8s3',
      { relations: [at('kafka:certificates')] },
    ],
    [
      'that of the clients is enough to ask on Kafka 4',
      'unknown NotProbedYet',
      'k8s4',
      { relations: [at('kafka:certificates')] },
    ],
    [
      'unread relations leave it to the units',
      'unknown NotProbedYet',
      'k8s3',
      { it: { relations: unknownFact('gone') } },
    ],
  ])('%s', (_, expected, product, spec) => {
    expect(saysOf(guide, 'KAFKA-ENC-02', product, spec)).toBe(expected);
  });
});

describe('KAFKA-ENC-02: what the ports of a broker answer', () => {
  const related = [at('kafka:certificates')];
  const closed = { 9092: 'refused', 9095: 'refused', 19_092: 'refused', 29_092: 'refused' } as const;
  const unit = (answers: Readonly<Record<number, Answer>>) =>
    Object.fromEntries(
      Object.entries(answers).map(([port, answer]) => [port, { port: Number(port), answer }]),
    );
  const tls = unit({ ...closed, 19_093: 'tls' });
  const plain = unit({ ...closed, 9092: 'plaintext', 19_093: 'tls' });

  test.each<[string, string, KafkaWorld]>([
    ['TLS alone passes', 'pass AsRequired', { it: { probes: { 'kafka/0': tls, 'kafka/1': tls } } }],
    [
      'a listener in plain text fails, whatever is related',
      'fail PlainListener',
      { it: { probes: { 'kafka/0': plain, 'kafka/1': plain } } },
    ],
    [
      'brokers that differ are inconsistent',
      'inconsistent UnitsDiffer',
      { it: { probes: { 'kafka/0': tls, 'kafka/1': plain } } },
    ],
    [
      'a broker out of reach is our vantage',
      'unknown NotReachedFromHere',
      { it: { probes: { 'kafka/0': tls, 'kafka/1': unit({ ...closed, 19_093: 'timeout' }) } } },
    ],
    ['without brokers there is nothing to ask', 'not-applicable NoUnits', { it: { units: 0 } }],
  ])('%s', (_, expected, spec) => {
    expect(saysOf(guide, 'KAFKA-ENC-02', 'k8s4', { relations: related, ...spec })).toBe(expected);
  });
});

describe("ZK-ENC-02: ZooKeeper's plain port", () => {
  test.each<[string, ProductName, KafkaWorld]>([
    ['is open without TLS', 'zookeeper', {}],
    ['and stays open with TLS', 'zookeeper', { relations: [at('zookeeper:certificates')] }],
    ['on machines, too', 'machineZookeeper', { relations: [at('zookeeper:certificates')] }],
  ])('%s', (_, product, spec) => {
    const { judgement, control } = findingOf(guide, 'ZK-ENC-02', product, spec);
    expect(judgement).toMatchObject({ outcome: 'fail', reason: 'PlainPortStaysOpen' });
    expect(judgement.upstream).toContain('zookeeper-dynamic.properties');
    expect(control.fixableBy).toBe('charm');
  });
});

describe('KAFKA-ENC-03: the provider', () => {
  const related: Readonly<Record<string, KafkaWorld['relations']>> = {
    k8s3: [at('kafka:certificates')],
    k8s4: [at('kafka:certificates'), at('kafka:peer-certificates')],
    zookeeper: [at('zookeeper:certificates')],
  };
  const says = (product: ProductName, spec: KafkaWorld, params: Dict<unknown> = {}) =>
    saysOf(guide, 'KAFKA-ENC-03', product, {
      relations: related[product] ?? [],
      ...spec,
      judging: { params },
    });

  test.each<[string, string, ProductName, KafkaWorld, Dict<unknown>]>([
    [
      'one fit for production leaves open when certificates expire',
      'unknown NotProbedYet',
      'k8s3',
      { applications: ca('vault-k8s', { pki_allow_ip_sans: true }) },
      {},
    ],
    [
      'a self-signed one fails',
      'fail SelfSignedProvider',
      'k8s4',
      { applications: ca('self-signed-certificates') },
      {},
    ],
    [
      'of ZooKeeper, too',
      'fail SelfSignedProvider',
      'zookeeper',
      { applications: ca('self-signed-certificates') },
      {},
    ],
    [
      'a retired one fails',
      'fail RetiredProvider',
      'k8s3',
      { applications: ca('tls-certificates-operator') },
      {},
    ],
    [
      'a manual one fails without an owner',
      'fail ManualProviderWithoutOwner',
      'k8s3',
      { applications: ca('manual-tls-certificates') },
      {},
    ],
    [
      'with an owner it will do',
      'unknown NotProbedYet',
      'k8s3',
      { applications: ca('manual-tls-certificates') },
      { manualOwner: 'pki@example.com' },
    ],
    [
      'one that refuses IP addresses fails while they are asked for',
      'fail ProviderSignsNoIpSans',
      'k8s3',
      { applications: ca('lego') },
      {},
    ],
    [
      'and will do where they are left out',
      'unknown NotProbedYet',
      'k8s3',
      { applications: ca('lego'), options: { certificate_include_ip_sans: false } },
      {},
    ],
    [
      'in the spelling of ZooKeeper',
      'unknown NotProbedYet',
      'zookeeper',
      { applications: ca('lego'), options: { 'certificate-include-ip-sans': false } },
      {},
    ],
    [
      'the spelling of Kafka 3 means nothing to Kafka 4',
      'fail ProviderSignsNoIpSans',
      'k8s4',
      { applications: ca('lego'), options: { certificate_include_ip_sans: false } },
      {},
    ],
    [
      'one in a model that is not watched is unknown',
      'unknown ProviderNotSeen',
      'k8s3',
      { relations: [at('kafka:certificates', '@pki:vault-pki')] },
      {},
    ],
    [
      'one of which nothing is known is for a person',
      'manual ProviderNotGraded',
      'k8s3',
      { applications: ca('our-own-ca') },
      {},
    ],
    ['without one there is nothing to grade', 'not-applicable NoTlsProvider', 'k8s3', { relations: [] }, {}],
    [
      'unread relations are unknown',
      'unknown NotObserved',
      'k8s3',
      { it: { relations: unknownFact('gone') } },
      {},
    ],
  ])('%s', (_, expected, ...asked) => {
    expect(says(...asked)).toBe(expected);
  });

  it('fails for one bad provider of two', () => {
    const applications = {
      ...ca('self-signed-certificates'),
      ...{ vault: application({ charm: { name: 'lego' } }) },
    };
    const relations = [at('kafka:certificates', 'vault:certificates'), at('kafka:peer-certificates')];
    expect(says('k8s4', { applications, relations })).toMatch(/^fail /);
  });
});
