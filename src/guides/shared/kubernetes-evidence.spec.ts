import { describe, expect, test } from '@jest/globals';
import { cluster, onKubernetes, service } from '../../../test/support/cluster.js';
import { controlOf } from '../../../test/support/etcd.js';
import { judge } from '../../../test/support/judge.js';
import { application, unknownFact } from '../../../test/support/world.js';
import type { ClusterState } from '../../core/kube/cluster.js';
import { dictOf } from '../../core/dict.js';
import { kubernetes } from '../kubernetes/index.js';

const pg = application({ charm: { name: 'postgresql-k8s', track: '14' } });
const absent = unknownFact('the cluster has no namespace data');
const opened = service('pg-lb', 'pg', { type: 'LoadBalancer' });

const blind = cluster({ namespaces: { data: { namespace: absent, services: absent, pods: absent } } });
const shown = cluster({ namespaces: { data: { services: [opened] } } });
const others = cluster({
  namespaces: { data: { labels: { 'model.juju.is/id': 'another', 'model.juju.is/name': 'data' } } },
});

describe('a model’s namespace among several clusters', () => {
  test.each<[string, readonly ClusterState[], string]>([
    ['is the one that shows to be its, wherever it is', [blind, shown], 'fail OpenedByService'],
    ['is the one that shows to be its, in whichever order', [shown, blind], 'fail OpenedByService'],
    ['is not that of another model of the same name', [others, shown], 'fail OpenedByService'],
    ['is known by its name alone where it may not be read', [others, blind], 'unknown NotObserved'],
    ['is nowhere where only others are', [others], 'unknown NamespaceNotSeen'],
  ])('%s', (_name, clusters, expected) => {
    const named = clusters.map((state, index) => [`c${index}`, { ...state, name: `c${index}` }] as const);
    const estate = { ...onKubernetes({ applications: { pg } }), clusters: dictOf(named) };
    const [found] = judge(controlOf(kubernetes, 'K8S-NET-02'), estate);
    expect(`${found!.judgement.outcome} ${found!.judgement.reason}`).toBe(expected);
  });
});
