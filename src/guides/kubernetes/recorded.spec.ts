/** Objects of a real API server, as the adapter reads them, under the controls. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import { cluster, role } from '../../../test/support/cluster.js';
import { controlOf } from '../../../test/support/etcd.js';
import { judge } from '../../../test/support/judge.js';
import { knownFact, model, prod } from '../../../test/support/world.js';
import { bindingOf, roleOf } from '../../kube/strip/access.js';
import { networkPolicyOf } from '../../kube/strip/network-policy.js';
import { namespaceOf } from '../../kube/strip/plain-objects.js';
import { podOf } from '../../kube/strip/pods.js';
import { serviceOf } from '../../kube/strip/services.js';
import type { Dict } from '../../core/dict.js';
import { mayConnect } from '../../core/kube/network-policy/connect.js';
import type { PolicyPod, PolicyWorld } from '../../core/kube/network-policy/world.js';
import { kubernetes } from './index.js';

interface Item extends Readonly<Record<string, unknown>> {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

function recorded(kind: string, namespace?: string): readonly Item[] {
  const file = new URL(`../../../test/fixtures/recordings/kubernetes/${kind}.json`, import.meta.url);
  const { items } = JSON.parse(readFileSync(file, 'utf8')) as { items: readonly Item[] };
  return items.filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace);
}

function says(id: string, name: string, params: Dict<unknown> = {}): string {
  const namespace = recorded('namespaces')
    .map(namespaceOf)
    .find((one) => one.name === name)!;
  const own = {
    namespace: knownFact(namespace),
    roles: recorded('roles', name).map(roleOf),
    roleBindings: recorded('rolebindings', name).map(bindingOf),
    services: recorded('services', name).map(serviceOf),
  };
  const clusters = {
    k8s: cluster({
      clusterRoles: [role('admin', ['get', 'list'], ['secrets'])],
      namespaces: { [name]: own },
    }),
  };
  const estate = { ...prod({ models: { [name]: model({ type: 'caas' }) } }), clusters };
  const { outcome, reason } = judge(controlOf(kubernetes, id), estate, { params })[0]!.judgement;
  return `${outcome} ${reason}`;
}

describe('a real cluster', () => {
  test.each<[string, string, string, Dict<unknown>, string]>([
    ['enforces a level and warns of none', 'K8S-NS-01', 'data-plane', {}, 'fail PodSecurityTooWeak'],
    [
      'enforces what is asked for',
      'K8S-NS-01',
      'data-plane',
      { enforce: 'restricted', audit: 'privileged', warn: 'privileged' },
      'pass AsRequired',
    ],
    ['warns without enforcing', 'K8S-NS-01', 'legacy', {}, 'pass AsRequired'],
    ['gives one Secret by its name', 'K8S-SEC-01', 'data-plane', {}, 'pass AsRequired'],
    ['gives all Secrets to everybody', 'K8S-SEC-01', 'legacy', {}, 'fail EverybodyReadsSecrets'],
  ])('%s', (...[, id, name, params, expected]) => {
    expect(says(id, name, params)).toBe(expected);
  });
});

describe('its policies', () => {
  const world: PolicyWorld = Object.fromEntries(
    recorded('namespaces').map((item) => {
      const { name, labels } = namespaceOf(item);
      return [
        name,
        { labels, policies: recorded('networkpolicies', name).map((one) => networkPolicyOf(one).spec) },
      ];
    }),
  );
  const [db] = recorded('statefulset-pods').map((item): PolicyPod => {
    const { labels, addresses, hostNetwork, containers } = podOf(item);
    return {
      namespace: 'data-plane',
      labels,
      addresses,
      hostNetwork,
      ports: containers.flatMap(({ ports }) => ports),
    };
  });
  const pod = (namespace: string, labels: Dict<string>): PolicyPod => ({
    namespace,
    labels,
    addresses: [],
    hostNetwork: false,
    ports: [],
  });

  test.each<[string, PolicyPod, number, boolean]>([
    ['let the labelled client of the named namespace in', pod('apps', { role: 'client' }), 5432, true],
    ['let it in at the database port alone', pod('apps', { role: 'client' }), 8008, false],
    ['keep others of that namespace out', pod('apps', {}), 5432, false],
    ['keep the label out where it comes from elsewhere', pod('legacy', { role: 'client' }), 5432, false],
    ['keep their own namespace out', pod('data-plane', { app: 'db' }), 5432, false],
  ])('%s', (_, from, port, expected) => {
    expect(mayConnect(world, { from, to: db!, port, protocol: 'TCP' })).toBe(expected);
  });

  it('hold what leaves the database, too', () => {
    const to = { address: '192.0.2.7' };
    expect(mayConnect(world, { from: db!, to, port: 443, protocol: 'TCP' })).toBe(false);
  });
});
