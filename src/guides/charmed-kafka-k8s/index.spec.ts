import { describe, expect, it, test } from '@jest/globals';
import { findingsOf, kafkaWorld, products, type ProductName } from '../../../test/support/kafka.js';
import { application, estate, controller, model, unknownFact } from '../../../test/support/world.js';
import { verdicts } from '../../../test/support/verdicts.js';
import type { Charm } from '../../core/snapshot.js';
import { charmedKafkaK8s as guide } from './index.js';

describe('which applications the guide is about', () => {
  test.each<[string, boolean]>([
    ['kafka-k8s', true],
    ['kafka', true],
    ['zookeeper-k8s', true],
    ['zookeeper', true],
    ['kafka-connect', false],
    ['kafka-ui', false],
    ['postgresql-k8s', false],
    ['constructor', false],
  ])('%s: %s', (name, expected) => {
    expect(guide.appliesTo?.({ name, subordinateTo: [] }, [])).toBe(expected);
  });
});

/** What the guide's first requirement on encryption says of an application with this charm. */
function family(charm: Partial<Charm>, endpoints: readonly string[]): readonly string[] {
  const one = application({ charm, endpoints });
  const world = estate({
    controllers: { prod: controller({ models: { data: model({ applications: { it: one } }) } }) },
  });
  return ['KAFKA-ENC-01', 'ZK-ENC-01'].flatMap((id) =>
    verdicts(findingsOf(guide, id, { world, application: 'it' })),
  );
}

describe('which charm of the name it is', () => {
  const three = products.k8s3.endpoints;
  const four = products.k8s4.endpoints;
  test.each<[string, string, Partial<Charm>, readonly string[]]>([
    ['Kafka 3 by its endpoints', 'fail ClientTlsDisabled', { name: 'kafka-k8s', track: '3' }, three],
    ['Kafka 4 by its endpoints', 'fail PeerCaOfItsOwn', { name: 'kafka-k8s', track: '4' }, four],
    ['endpoints decide against the track', 'fail PeerCaOfItsOwn', { name: 'kafka-k8s', track: '3' }, four],
    ['a charm from a file by its endpoints', 'fail PeerCaOfItsOwn', { name: 'kafka', origin: 'local' }, four],
    ['Kafka 3 by its track alone', 'fail ClientTlsDisabled', { name: 'kafka', track: '3' }, []],
    ['Kafka 4 by its track alone', 'fail PeerCaOfItsOwn', { name: 'kafka', track: '4' }, []],
    [
      'ZooKeeper by its endpoints',
      'fail ZooKeeperTlsDisabled',
      { name: 'zookeeper', origin: 'local' },
      products.zookeeper.endpoints,
    ],
    ['ZooKeeper by its track alone', 'fail ZooKeeperTlsDisabled', { name: 'zookeeper', track: '3' }, []],
    [
      'neither endpoints nor a known track: unknown',
      'unknown CharmFamilyNotSeen',
      { name: 'kafka', track: 'latest' },
      [],
    ],
    ['there is no ZooKeeper of track 4', 'unknown CharmFamilyNotSeen', { name: 'zookeeper', track: '4' }, []],
    [
      'the older reactive Kafka is another product',
      'not-applicable AnotherCharmFamily',
      { name: 'kafka', track: 'latest' },
      ['client', 'kafka', 'zookeeper'],
    ],
    [
      'Kafka without its clients is another product, whatever its track',
      'not-applicable AnotherCharmFamily',
      { name: 'kafka', track: '3' },
      ['certificates', 'zookeeper'],
    ],
    [
      'the older reactive ZooKeeper is another product',
      'not-applicable AnotherCharmFamily',
      { name: 'zookeeper', track: 'latest' },
      ['quorum', 'zkrest', 'zookeeper'],
    ],
  ])('%s', (_, expected, charm, endpoints) => {
    expect(family(charm, endpoints)).toEqual([expected]);
  });

  it.each([
    ['Kafka', { name: 'kafka' }, ['client', 'zookeeper'], 'not-applicable AnotherCharmFamily'],
    ['ZooKeeper', { name: 'zookeeper' }, ['quorum', 'zkrest'], 'not-applicable AnotherCharmFamily'],
    ['Kafka of a hidden family', { name: 'kafka', track: 'latest' }, [], 'unknown CharmFamilyNotSeen'],
    ['ZooKeeper of a hidden family', { name: 'zookeeper', track: '4' }, [], 'unknown CharmFamilyNotSeen'],
  ])('says so by every control of that component, and proposes nothing: %s', (_, charm, endpoints, says) => {
    const one = application({ charm, endpoints });
    const world = estate({
      controllers: { prod: controller({ models: { data: model({ applications: { it: one } }) } }) },
    });
    const found = guide.controls.flatMap(({ id }) => findingsOf(guide, id, { world, application: 'it' }));
    expect(new Set(verdicts(found))).toEqual(new Set([says]));
    expect(found.flatMap(({ remedies }) => remedies)).toEqual([]);
  });
});

const onBoth = ['KAFKA-ENC-03', 'KAFKA-AUTH-05', 'KAFKA-FILE-01', 'KAFKA-MON-02'].concat([
  'KAFKA-OS-01',
  'KAFKA-OS-02',
  'KAFKA-OS-03',
]);

describe('each product is judged by its own controls', () => {
  const judgedOn = (product: ProductName, name: string) =>
    guide.controls
      .map(({ id }) => id)
      .filter((id) => findingsOf(guide, id, { world: kafkaWorld(product), application: name }).length > 0);

  it('Kafka by all that bear its name', () => {
    const own = guide.controls.map(({ id }) => id).filter((id) => id.startsWith('KAFKA-'));
    for (const product of ['k8s3', 'k8s4', 'machine3', 'machine4'] as const)
      expect(judgedOn(product, 'kafka').sort()).toEqual(own.sort());
  });

  it('ZooKeeper by its own and by those that fit both', () => {
    const own = guide.controls.map(({ id }) => id).filter((id) => id.startsWith('ZK-'));
    for (const product of ['zookeeper', 'machineZookeeper'] as const)
      expect(judgedOn(product, 'zookeeper').sort()).toEqual([...own, ...onBoth].sort());
  });
});

describe('what is looked at nowhere yet', () => {
  const inside = ['KAFKA-AUTH-01', 'KAFKA-AUTH-04', 'KAFKA-FILE-01'];
  test.each([...inside.map((id) => ['machine3', id] as const), ['zookeeper', 'ZK-AUTH-01'] as const])(
    '%s: %s is unknown and names the permission',
    (product, id) => {
      const name = product === 'zookeeper' ? 'zookeeper' : 'kafka';
      const [finding] = findingsOf(guide, id, { world: kafkaWorld(product), application: name });
      expect(finding?.judgement).toMatchObject({ outcome: 'unknown', reason: 'WorkloadEvidenceOff' });
      expect(finding?.judgement.message).toContain('needs workload evidence: a prober identity');
    },
  );

  it('unread facts are unknown with the permission that would show them', () => {
    const hidden = unknownFact('not listed', 'read on the model');
    const world = kafkaWorld('k8s4', { it: { relations: hidden, config: hidden, upgrade: hidden } });
    const found = guide.controls.flatMap(({ id }) => findingsOf(guide, id, { world, application: 'kafka' }));
    const missing = found.filter(({ judgement }) => judgement.reason === 'PermissionMissing');
    expect(missing.map(({ control }) => control.id).sort()).toEqual(
      ['KAFKA-AUD-01', 'KAFKA-AUD-03', 'KAFKA-AUTH-02', 'KAFKA-AUTH-03', 'KAFKA-AUTH-05'].concat([
        'KAFKA-ENC-01',
        'KAFKA-ENC-03',
        'KAFKA-MON-01',
        'KAFKA-MON-02',
        'KAFKA-NET-01',
        'KAFKA-UPG-01',
      ]),
    );
    expect(missing.every(({ judgement }) => judgement.message.includes('read on the model'))).toBe(true);
  });
});
