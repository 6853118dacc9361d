import { describe, expect, it, test } from '@jest/globals';
import {
  checked,
  findingIn,
  keeper,
  stepsOf,
  waits,
  world,
  type Case,
} from '../../../test/support/refresh.js';
import {
  application,
  knownFact,
  relate,
  unit,
  unknownFact,
  type ApplicationSpec,
} from '../../../test/support/world.js';

describe('ZooKeeper and Kafka', () => {
  const relations = [relate('app:zookeeper', 'zk:zookeeper', 'zookeeper')];
  const operations = [checked('kafka3')];
  const beside = (zk: ApplicationSpec): Case => ({
    operations,
    model: { applications: { zk: keeper(zk) }, relations },
  });

  test.each<[string, Case, number]>([
    ['Kafka follows a ZooKeeper that is current', beside({}), 1],
    [
      'Kafka waits for a ZooKeeper that can be refreshed',
      beside({ upgrade: { to: 'ch:amd64/zookeeper-k8s-6' } }),
      0,
    ],
    [
      'Kafka waits for a ZooKeeper that is being refreshed',
      beside({ units: knownFact({ 'zk/0': unit('zk/0', waits) }) }),
      0,
    ],
    ['Kafka waits where that is not shown', beside({ units: unknownFact('denied') }), 0],
    [
      'Kafka waits where it is not shown what could be refreshed',
      beside({ upgrade: unknownFact('denied') }),
      0,
    ],
    [
      'Kafka without a ZooKeeper is a person’s',
      { operations, model: { applications: {}, relations: [] } },
      0,
    ],
    [
      'Kafka with a ZooKeeper of another model is a person’s',
      {
        operations,
        model: { applications: {}, relations: [relate('app:zookeeper', '@zk:zookeeper', 'zookeeper')] },
      },
      0,
    ],
  ])('%s', (_, given, count) => {
    expect(stepsOf('kafka3', given)).toHaveLength(count);
  });

  test.each<[string, ApplicationSpec, number]>([
    ['Kafka follows a ZooKeeper that is current', {}, 1],
    ['Kafka waits for a ZooKeeper that can be refreshed', { upgrade: { to: 'ch:amd64/zookeeper-6' } }, 0],
  ])('on machines, too: %s', (_, spec, count) => {
    const zk = keeper({ charm: { name: 'zookeeper', track: '3', revision: 5 }, ...spec });
    const given = { operations: [checked('kafka3Machine')], model: { applications: { zk }, relations } };
    expect(stepsOf('kafka3Machine', given)).toHaveLength(count);
  });

  test.each<[string, ApplicationSpec, number]>([
    ['ZooKeeper goes first', { upgrade: { to: 'ch:amd64/kafka-k8s-300' } }, 1],
    [
      'ZooKeeper waits for a Kafka that is being refreshed',
      { units: knownFact({ 'k/0': unit('k/0', waits) }) },
      0,
    ],
  ])('%s', (_, spec, count) => {
    const kafka = application({ charm: { name: 'kafka-k8s', track: '3', revision: 200 }, ...spec });
    const rest = {
      applications: { k: kafka },
      relations: [relate('k:zookeeper', 'app:zookeeper', 'zookeeper')],
    };
    expect(stepsOf('zookeeper', { operations: [checked('zookeeper')], model: rest })).toHaveLength(count);
  });

  it('is looked at again right before the step', () => {
    const [remedy] = findingIn(world('kafka3', { operations })).remedies;
    expect(remedy?.preconditions).toContainEqual({ type: 'not-refreshing', application: 'zk' });
  });
});
