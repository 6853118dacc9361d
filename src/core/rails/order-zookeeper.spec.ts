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
import type { ProposedStep } from '../plan.js';
import { order } from './order.js';

function verdict(one: ProposedStep, given: Partial<SceneSpec>) {
  return order(one, scene({ steps: [one], ...given }));
}

describe('ZooKeeper and Kafka in one plan', () => {
  const [zookeeper, kafka] = [secure('zookeeper'), secure('kafka')];
  const bare = { ...usual, relations: usual.relations ?? [] };

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

  it('do not wait for a step on ZooKeeper that disturbs nobody', () => {
    const quiet = restart('zookeeper', { disruptive: false });
    expect(said(verdict(kafka, { steps: [quiet, kafka], model: bare }))).toBe('- ca and kafka at rest');
  });
});
