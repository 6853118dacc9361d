import { describe, expect, it, test } from '@jest/globals';
import { cluster, pod, service, type NamespaceSpec } from '../../../test/support/cluster.js';
import { controlOf, isExplained } from '../../../test/support/etcd.js';
import { judge } from '../../../test/support/judge.js';
import { application, model, prod, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { Snapshot } from '../../core/snapshot.js';
import { juju } from './index.js';

const control = controlOf(juju, 'JUJU-CTRL-06');
const app = application({ charm: { name: 'juju-controller' }, exposure: { exposed: true, endpoints: {} } });

function estate(own: NamespaceSpec): Snapshot {
  const models = {
    controller: model({ type: 'caas', info: { isController: true }, applications: { controller: app } }),
  };
  const namespaces = { 'controller-prod': { pods: [pod('controller')], ...own } };
  return { ...prod({ version: '3.6.28', models }), clusters: { k8s: cluster({ namespaces }) } };
}

const balancer = (...ranges: readonly string[]): NamespaceSpec => ({
  services: [
    service('controller-service', 'controller', { type: 'LoadBalancer', loadBalancerSourceRanges: ranges }),
  ],
});

describe('JUJU-CTRL-06 of a controller on Kubernetes', () => {
  test.each<[string, string, NamespaceSpec, Dict<unknown>]>([
    [
      'passes for a service inside the cluster',
      'pass AsRequired',
      { services: [service('controller-service', 'controller')] },
      {},
    ],
    ['fails for a load balancer that nobody declared', 'fail OpenedByService', balancer(), {}],
    [
      'fails for one that lets in everybody',
      'fail OpenToMoreThanDeclared',
      balancer(),
      { cidrs: ['10.0.0.0/8'] },
    ],
    [
      'passes for one that lets in the declared networks',
      'pass AsRequired',
      balancer('10.1.0.0/16'),
      { cidrs: ['10.0.0.0/8'] },
    ],
    ['passes for what is declared as open to the world', 'pass AsRequired', balancer(), { worldOpen: true }],
    ['is unknown where services may not be read', 'unknown NotObserved', { services: unknownFact('no') }, {}],
  ])('%s', (...[, expected, own, params]) => {
    const [found] = judge(control, estate(own), { params });
    const { outcome, reason } = found!.judgement;
    expect(`${outcome} ${reason}`).toBe(expected);
    expect(isExplained(control, reason)).toBe(true);
  });

  it('is put right by a person: no exposure of Juju governs a service', () => {
    const params = { cidrs: ['10.0.0.0/8'], ownAddresses: ['10.0.0.5'] };
    expect(judge(control, estate(balancer()), { params })[0]!.remedies).toEqual([]);
  });

  it('stays unknown where the cluster is not seen', () => {
    const { kind, version, takenAt, controllers } = estate({});
    expect(judge(control, { kind, version, takenAt, controllers })[0]!.judgement.outcome).toBe('unknown');
  });
});
