import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { items, type Raw } from '../raw.js';
import { bindingOf, roleOf } from './access.js';
import { networkPolicyOf } from './network-policy.js';
import { namespaceOf, nodeOf, serviceAccountOf } from './plain-objects.js';
import { podOf, statefulSetOf } from './pods.js';
import { endpointSliceOf, serviceOf } from './services.js';

const strips = {
  namespaces: namespaceOf,
  nodes: nodeOf,
  'statefulset-pods': podOf,
  'deployment-pods': podOf,
  services: serviceOf,
  endpointslices: endpointSliceOf,
  networkpolicies: networkPolicyOf,
  roles: roleOf,
  rolebindings: bindingOf,
  serviceaccounts: serviceAccountOf,
} as const;

function recorded(name: string): readonly Raw[] {
  const file = new URL(`../../../test/fixtures/recordings/kubernetes/${name}.json`, import.meta.url);
  const content = JSON.parse(readFileSync(file, 'utf8')) as Raw;
  return content['kind'] === 'List' ? items(content, 'items') : [content];
}

function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

const digest = 'sha256:4ec37d2a07a0067f176fdcc9d4bb633a5724d2cc4f892c7a2046d054bb6939e5';

describe('what is kept of recorded objects', () => {
  test('a hardened pod of a stateful set', () => {
    expect(named(recorded('statefulset-pods').map(podOf), 'db-0')).toEqual({
      name: 'db-0',
      uid: '5f0512ed-0eaf-49c6-b20c-f491f8814c3f',
      labels: {
        app: 'db',
        'apps.kubernetes.io/pod-index': '0',
        'controller-revision-hash': 'db-5c756bb8fb',
        'statefulset.kubernetes.io/pod-name': 'db-0',
      },
      jujuAnnotations: {},
      owner: { kind: 'StatefulSet', name: 'db' },
      nodeName: 'fake-0',
      serviceAccount: 'db',
      automountToken: false,
      phase: 'Running',
      addresses: ['10.0.0.12'],
      hostNetwork: false,
      hostPid: false,
      hostIpc: false,
      security: {
        runAsUser: 999,
        runAsNonRoot: true,
        fsGroup: 999,
        seccompProfile: 'RuntimeDefault',
        sysctls: [],
      },
      volumeKinds: ['configMap', 'persistentVolumeClaim'],
      containers: [
        {
          name: 'postgres',
          kind: 'main',
          image: `registry.example.test/db/postgres:16.4@${digest}`,
          imageId: `registry.example.test/db/postgres@${digest}`,
          ports: [{ port: 5432, protocol: 'TCP', name: 'pg' }],
          security: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilitiesAdded: [],
            capabilitiesDropped: ['ALL'],
          },
        },
      ],
    });
  });

  test('a pod that is open to everything', () => {
    const pod = recorded('deployment-pods').map(podOf)[0];
    expect(pod).toMatchObject({ hostNetwork: true, security: { sysctls: [] }, serviceAccount: 'ci' });
    expect(pod?.containers[0]).toMatchObject({
      ports: [{ port: 5432, hostPort: 5432 }],
      security: { privileged: true },
    });
    expect(pod?.security).not.toHaveProperty('runAsNonRoot');
  });

  test('a stateful set', () => {
    expect(recorded('statefulset').map(statefulSetOf)[0]).toMatchObject({
      name: 'db',
      replicas: 3,
      serviceName: 'db',
      selector: { matchLabels: { app: 'db' } },
      podLabels: { app: 'db' },
      images: { postgres: `registry.example.test/db/postgres:16.4@${digest}` },
    });
  });

  test('a service that is open on every node', () => {
    expect(named(recorded('services').map(serviceOf), 'legacy-np')).toMatchObject({
      type: 'NodePort',
      selector: { app: 'legacy' },
      ports: [{ protocol: 'TCP', port: 5432, targetPort: 5432, nodePort: 30_432 }],
      externalIps: [],
      loadBalancerSourceRanges: [],
    });
  });

  test('the endpoints of a service', () => {
    const slice = recorded('endpointslices')
      .map(endpointSliceOf)
      .find(({ service }) => service === 'db');
    expect(slice?.addressType).toBe('IPv4');
    expect(slice?.endpoints[0]).toEqual({
      addresses: ['10.0.0.12'],
      ready: true,
      pod: 'db-0',
      nodeName: 'fake-0',
    });
  });

  test('network policies, word for word', () => {
    const originals = recorded('networkpolicies').map((raw) => raw['spec']);
    expect(recorded('networkpolicies').map((raw) => networkPolicyOf(raw).spec)).toEqual(originals);
  });

  test('roles and whom they are bound to', () => {
    expect(named(recorded('roles').map(roleOf), 'db-reader').rules).toEqual([
      {
        verbs: ['get', 'list', 'watch'],
        apiGroups: [''],
        resources: ['pods', 'services', 'endpoints'],
        resourceNames: [],
      },
      { verbs: ['get'], apiGroups: [''], resources: ['secrets'], resourceNames: ['db-tls'] },
    ]);
    expect(named(recorded('rolebindings').map(bindingOf), 'db-reader')).toMatchObject({
      role: { kind: 'Role', name: 'db-reader' },
      subjects: [{ kind: 'ServiceAccount', name: 'db', namespace: 'data-plane' }],
    });
  });

  test('nodes, namespaces and service accounts', () => {
    expect(recorded('nodes').map(nodeOf)).toMatchObject([
      { name: 'fake-0', kubeletVersion: 'v0', containerRuntime: 'fake://1', architecture: 'amd64' },
    ]);
    expect(named(recorded('namespaces').map(namespaceOf), 'data-plane').labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expect(recorded('serviceaccounts').map((raw) => serviceAccountOf(raw).name)).toEqual(['db', 'default']);
  });

  it('is a small part of what the server tells', () => {
    const all = recorded('statefulset-pods');
    const kept = JSON.stringify(all.map(podOf)).length;
    expect(kept).toBeLessThan(JSON.stringify(all).length / 2);
  });
});

describe('what is kept', () => {
  it('of annotations are those of Juju', () => {
    const annotations = {
      'unit.juju.is/id': 'postgresql/0',
      'kubectl.kubernetes.io/last-applied-configuration': '{"password":"x"}',
      'evil.example/juju.is/': 'x',
      'notjuju.is/id': 'x',
    };
    expect(namespaceOf({ metadata: { name: 'data', annotations } }).jujuAnnotations).toEqual({
      'unit.juju.is/id': 'postgresql/0',
    });
  });

  it('of a policy without its types is what Kubernetes takes them to be', () => {
    expect(networkPolicyOf({ spec: { podSelector: {} } }).spec.policyTypes).toEqual(['Ingress']);
    expect(networkPolicyOf({ spec: { podSelector: {}, egress: [{}] } }).spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      egress: [{}],
    });
  });

  it('of a peer that selects everything is not a peer that selects nothing', () => {
    const ingress = [{ from: [{ namespaceSelector: {} }], ports: [{ port: 'pg' }, { port: 1, endPort: 9 }] }];
    expect(networkPolicyOf({ spec: { podSelector: {}, ingress } }).spec.ingress).toEqual(ingress);
  });

  it('names no variable, no command and no content of a pod', () => {
    const kept = JSON.stringify(recorded('statefulset-pods').map(podOf));
    for (const word of ['PGPASSWORD', 'db-auth', 'secretKeyRef', 'readinessProbe'])
      expect(kept).not.toContain(word);
  });

  test.each(Object.entries(strips))(
    'of %s is read without throwing, whatever the server says',
    (name, strip) => {
      const [original = {}] = recorded(name);
      fc.assert(
        fc.property(fc.anything(), fc.nat(), (value, place) => {
          const kept = strip(replaced(original, place, value));
          expect(typeof kept.name).toBe('string');
          expect(() => JSON.stringify(kept)).not.toThrow();
        }),
        { numRuns: 300 },
      );
    },
  );
});

/** The object with the value at one of its places, chosen by number. */
function replaced(original: Raw, place: number, value: unknown): Raw {
  const copy = structuredClone(original);
  const places: (() => void)[] = [];
  const visit = (branch: Record<string, unknown>): void => {
    for (const key of Object.keys(branch)) {
      places.push(() => {
        branch[key] = value;
      });
      const child = branch[key];
      if (typeof child === 'object' && child !== null) visit(child as Record<string, unknown>);
    }
  };
  visit(copy);
  places[place % places.length]?.();
  return copy;
}
