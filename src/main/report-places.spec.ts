import { describe, expect, it } from '@jest/globals';
import { cluster } from '../../test/support/cluster.js';
import { controller, estate, model, unknownFact } from '../../test/support/world.js';
import type { ClusterState } from '../core/kube/cluster.js';
import type { ControllerState, ModelState } from '../core/snapshot.js';
import { reportPlaces, type Known } from './report-places.js';

const k8s = model({ type: 'caas' });
const machines = model({ type: 'iaas' });
const unread = model({ info: unknownFact('not read yet') });

function controllers(models: Record<string, typeof k8s>): readonly ControllerState[] {
  return Object.values(estate({ controllers: { prod: controller({ models }) } }).controllers);
}

type Namespaces = NonNullable<Parameters<typeof cluster>[0]>['namespaces'];

function reporting(name: string, namespaces: Namespaces, wasRead = true): Known['clusters'][number] {
  const state: ClusterState = { ...cluster({ namespaces: namespaces ?? {} }), name };
  return { cluster: { name, match: {} }, state, wasRead };
}

function known(models: Record<string, typeof k8s>, clusters: Known['clusters']): Known {
  return { controllers: controllers(models), sure: ['prod'], clusters };
}

const hidden = { namespace: unknownFact('forbidden') };

describe('the place of a report', () => {
  it('is the namespace of its model, where the cluster has one', () => {
    const all = known({ data: k8s, web: k8s, machines }, [reporting('a', { data: {} })]);
    const { models } = reportPlaces('a', all);
    expect(models).toMatchObject([{ controller: 'prod', model: 'data', namespace: 'data' }]);
  });

  it('is known without the namespace itself once something runs there, and only for the one model of that name', () => {
    const set = { name: 'etcd' } as never;
    const inUse = reporting('a', { data: { ...hidden, statefulSets: [set] }, web: hidden });
    const { models } = reportPlaces('a', known({ data: k8s, web: k8s }, [inUse]));
    expect(models.map(({ namespace, statefulSets }) => [namespace, [...statefulSets]])).toEqual([
      ['data', ['etcd']],
    ]);
    const two = reportPlaces('a', known({ 'alice/data': k8s, 'bob/data': k8s }, [inUse]));
    expect(two.models).toEqual([]);
  });

  it('of what has no namespace is the first cluster alone', () => {
    const clusters = [reporting('a', {}), reporting('b', { data: {} })];
    const all = known({ data: k8s, lost: k8s, machines, unread }, clusters);
    const elsewhere = (name: string): readonly boolean[] =>
      [undefined, 'machines', 'lost', 'data', 'unread', 'gone'].map(
        (own) => reportPlaces(name, all).isElsewhere?.('prod', own) === true,
      );
    expect(elsewhere('a')).toEqual([false, false, false, true, true, true]);
    expect(elsewhere('b')).toEqual([true, true, true, true, true, true]);
  });

  it('of a model on Kubernetes is nowhere while a cluster in which it may be is not read', () => {
    const all = known({ data: k8s }, [reporting('a', {}), reporting('b', {}, false)]);
    expect(reportPlaces('a', all).isElsewhere?.('prod', 'data')).toBe(true);
  });
});

describe('reports that stay though nothing is told of them', () => {
  it('are those of models that are there and not read yet', () => {
    const all = known({ data: k8s, machines, unread }, [reporting('a', { data: {} })]);
    expect(reportPlaces('a', all).others).toEqual([{ controller: 'prod', model: 'unread' }]);
  });

  it('are those of models that another unit looks after, and of controllers', () => {
    const all = known({ data: k8s, web: k8s, machines }, [reporting('a', { data: {}, web: {} })]);
    const data = all.controllers[0]?.models['data'];
    const shared = { ...all, ours: new Set([data].filter((own): own is ModelState => own !== undefined)) };
    const { models, others } = reportPlaces('a', shared);
    expect(models.map(({ namespace }) => namespace)).toEqual(['data']);
    expect(others).toEqual([
      { controller: 'prod', model: 'web' },
      { controller: 'prod', model: 'machines' },
      { controller: 'prod' },
    ]);
  });
});
