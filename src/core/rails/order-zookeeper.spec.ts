import { describe, expect, it } from '@jest/globals';
import {
  place,
  restart,
  said,
  scene,
  secure,
  step,
  usual,
  type SceneSpec,
} from '../../../test/support/rails.js';
import { relate } from '../../../test/support/world.js';
import type { ProposedStep } from '../plan.js';
import { order } from './order.js';

function verdict(one: ProposedStep, given: Partial<SceneSpec>) {
  return order(one, scene({ steps: [one], ...given }));
}

describe('ZooKeeper and Kafka in one plan', () => {
  const [zookeeper, kafka] = [secure('zookeeper'), secure('kafka')];
  const together = relate('kafka:zookeeper', 'zookeeper:zookeeper', 'zookeeper');
  const bare = { ...usual, relations: [together] };

  it('go one after the other, ZooKeeper first', () => {
    const both = { steps: [zookeeper, kafka], model: bare };
    const { hold } = verdict(kafka, both);
    expect(hold).toMatchObject({
      reason: 'ZooKeeperFirst',
      message: 'kafka comes after zookeeper: integrate is done',
    });
    expect(said(verdict(zookeeper, both))).toBe('- ca and zookeeper at rest');
  });

  it('go as they come where Kafka keeps its state elsewhere', () => {
    expect(said(verdict(kafka, { steps: [zookeeper, kafka], model: { ...usual, relations: [] } }))).toBe(
      '- ca and kafka at rest',
    );
  });

  it('do not wait for a step that is about both', () => {
    const ends = [
      { application: 'kafka', endpoint: 'zookeeper' },
      { application: 'zookeeper', endpoint: 'zookeeper' },
    ] as const;
    const both = step({ type: 'integrate', model: place, ends });
    expect(said(verdict(both, { model: bare }))).toBe('- kafka and zookeeper at rest');
  });

  it('let Kafka have what disturbs nobody at any time', () => {
    const quiet = restart('kafka', { disruptive: false });
    expect(said(verdict(quiet, { steps: [zookeeper, quiet], model: bare }))).toBe('- kafka at rest');
  });

  it('hold back nothing but Kafka', () => {
    const other = restart('postgresql');
    expect(said(verdict(other, { steps: [zookeeper, kafka, other], model: bare }))).toBe(
      '- postgresql at rest',
    );
  });

  it('hold back nothing else that keeps its state in ZooKeeper', () => {
    const relations = [...bare.relations, relate('postgresql:zookeeper', 'zookeeper:zookeeper', 'zookeeper')];
    const other = restart('postgresql');
    expect(said(verdict(other, { steps: [zookeeper, other], model: { ...usual, relations } }))).toBe(
      '- postgresql at rest',
    );
  });

  it('do not make Kafka wait for what is no ZooKeeper', () => {
    const other = restart('postgresql');
    const relations = [...bare.relations, relate('kafka:db', 'postgresql:db', 'postgresql_client')];
    expect(said(verdict(kafka, { steps: [kafka, other], model: { ...usual, relations } }))).toBe(
      '- ca and kafka at rest',
    );
  });

  it('name ZooKeeper where a step on it is about another application, too', () => {
    const ends = [
      { application: 'ca', endpoint: 'certificates' },
      { application: 'zookeeper', endpoint: 'certificates' },
    ] as const;
    const both = step({ type: 'integrate', model: place, ends });
    expect(verdict(kafka, { steps: [both, kafka], model: bare }).hold?.message).toBe(
      'kafka comes after zookeeper: integrate is done',
    );
  });

  it('do not wait for a step on ZooKeeper that disturbs nobody', () => {
    const quiet = restart('zookeeper', { disruptive: false });
    expect(said(verdict(kafka, { steps: [quiet, kafka], model: bare }))).toBe('- ca and kafka at rest');
  });
});
