import { describe, expect, test } from '@jest/globals';
import {
  container,
  node,
  onKubernetes,
  pod,
  service,
  type ClusterSpec,
} from '../../../test/support/cluster.js';
import { controlOf, isExplained } from '../../../test/support/etcd.js';
import { judge } from '../../../test/support/judge.js';
import { application, unknownFact, type ModelSpec } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import { kubernetes } from './index.js';

const pg = application({ charm: { name: 'postgresql-k8s', track: '14' } });
const web = application({ charm: { name: 'traefik-k8s' } });

type Row = [string, string, ClusterSpec, (Dict<unknown> | undefined)?, string?];

function check(id: string, [, expected, spec, params, words]: Row, data?: ModelSpec): void {
  const control = controlOf(kubernetes, id);
  const estate = onKubernetes(data ?? { applications: { pg, web } }, spec);
  const [found] = judge(control, estate, params === undefined ? {} : { params });
  const { outcome, reason, message } = found!.judgement;
  expect(`${outcome} ${reason}`).toBe(expected);
  expect(isExplained(control, reason)).toBe(true);
  expect(message).toContain(words ?? '');
}

const inData = (data: NonNullable<ClusterSpec['namespaces']>[string]): ClusterSpec => ({
  namespaces: { data: { pods: [pod('pg'), pod('web')], ...data } },
});
const balancer = { type: 'LoadBalancer' } as const;

describe('K8S-NET-02', () => {
  test.each<Row>([
    [
      'passes for services inside the cluster',
      'pass AsRequired',
      inData({ services: [service('pg', 'pg')] }),
    ],
    [
      'fails for a NodePort',
      'fail OpenedByService',
      inData({
        services: [
          service('pg-np', 'pg', {
            type: 'NodePort',
            ports: [{ protocol: 'TCP', port: 5432, nodePort: 31_000 }],
          }),
        ],
      }),
      undefined,
      'NodePort pg-np (31000)',
    ],
    [
      'fails for a LoadBalancer',
      'fail OpenedByService',
      inData({ services: [service('pg-lb', 'pg', balancer)] }),
    ],
    [
      'passes for one that the policy declares',
      'pass AsRequired',
      inData({ services: [service('pg-lb', 'pg', balancer)] }),
      { declared: ['pg'] },
    ],
    [
      'fails when a declared one lets in more than is declared',
      'fail OpenToMoreThanDeclared',
      inData({
        services: [service('pg-lb', 'pg', { ...balancer, loadBalancerSourceRanges: ['0.0.0.0/0'] })],
      }),
      { declared: ['pg'], cidrs: ['10.0.0.0/8'] },
    ],
    [
      'fails when a declared one lets in everybody by saying nothing',
      'fail OpenToMoreThanDeclared',
      inData({ services: [service('pg-lb', 'pg', balancer)] }),
      { declared: ['pg'], cidrs: ['10.0.0.0/8'] },
    ],
    [
      'passes when its ranges are within those declared',
      'pass AsRequired',
      inData({
        services: [service('pg-lb', 'pg', { ...balancer, loadBalancerSourceRanges: ['10.7.0.0/16'] })],
      }),
      { declared: ['pg'], cidrs: ['10.0.0.0/8'] },
    ],
    [
      'fails for an external address, declared or not',
      'fail OpenedByService',
      inData({ services: [service('pg', 'pg', { externalIps: ['192.0.2.7'] })] }),
      { declared: ['pg'] },
      '192.0.2.7',
    ],
    [
      'fails for a port of the node that leads to the pod',
      'fail OpenedByService',
      inData({
        pods: [
          pod('pg', 0, {
            containers: [container('pg', { ports: [{ port: 5432, protocol: 'TCP', hostPort: 5432 }] })],
          }),
        ],
      }),
    ],
    [
      'fails for a pod on the network of its node',
      'fail OpenedByService',
      inData({ pods: [pod('pg', 0, { hostNetwork: true })] }),
    ],
    [
      'finds a service that selects the pods by another label',
      'fail OpenedByService',
      inData({
        pods: [pod('pg', 0, { labels: { 'app.kubernetes.io/name': 'pg', role: 'primary' } })],
        services: [service('primary', 'x', { ...balancer, selector: { role: 'primary' } })],
      }),
    ],
    [
      'finds a service without selector by its endpoints',
      'fail OpenedByService',
      inData({
        services: [service('by-hand', 'x', { ...balancer, selector: {} })],
        endpointSlices: [
          {
            name: 'by-hand-1',
            uid: '',
            labels: {},
            jujuAnnotations: {},
            service: 'by-hand',
            addressType: 'IPv4',
            ports: [],
            endpoints: [{ addresses: ['10.1.0.10'], ready: true }],
          },
        ],
      }),
    ],
    [
      'is unknown where such endpoints may not be read',
      'unknown PermissionMissing',
      inData({
        services: [service('by-hand', 'x', { ...balancer, selector: {} })],
        endpointSlices: unknownFact('forbidden', 'list endpointslices'),
      }),
    ],
    [
      'leaves alone what is meant to be reached from outside',
      'pass AsRequired',
      inData({ services: [service('web-lb', 'web', balancer)] }),
    ],
    [
      'is unknown where services may not be read',
      'unknown PermissionMissing',
      inData({ services: unknownFact('forbidden', 'list services') }),
    ],
  ])('%s', (...row) => {
    check('K8S-NET-02', row);
  });

  test('is no matter of a model without data', () => {
    check('K8S-NET-02', ['', 'not-applicable NoDataApplication', {}], { applications: { web } });
  });

  test('is unknown where it is not known what an application is', () => {
    const hidden = application({ charm: unknownFact('forbidden', 'model read') });
    check('K8S-NET-02', ['', 'unknown PermissionMissing', {}], { applications: { hidden } });
  });
});

const onNode = (more: Parameters<typeof node>[1]) => ({ n: node('n', more) });

describe('K8S-DIST-01', () => {
  test.each<Row>([
    [
      'passes for a known distribution of a supported version',
      'pass AsRequired',
      {},
      undefined,
      'Canonical Kubernetes',
    ],
    [
      'fails when the version gets no more fixes',
      'fail VersionUnsupported',
      { gitVersion: 'v1.32.4' },
      undefined,
      'ended on 2026-02-28',
    ],
    [
      "takes the policy's word for how old a version may be",
      'pass AsRequired',
      { gitVersion: 'v1.32.4-gke.100' },
      { minimumVersion: '1.31' },
      'GKE',
    ],
    ['fails below that', 'fail VersionUnsupported', { gitVersion: 'v1.36.1' }, { minimumVersion: '1.37' }],
    ['is unknown for a version that nobody knows', 'unknown SupportNotKnown', { gitVersion: 'v1.99.0' }],
    ['is for a person where no mark is known', 'manual DistributionNotKnown', { nodes: onNode({}) }],
    [
      'is unknown where the nodes, which tell it, may not be read',
      'unknown NodesNotSeen',
      { nodes: unknownFact('forbidden', 'list nodes') },
    ],
    [
      'is unknown where the version was not read',
      'unknown NotObserved',
      { version: unknownFact('not read yet') },
    ],
    ['knows RKE2', 'pass AsRequired', { gitVersion: 'v1.36.2+rke2r1', nodes: onNode({}) }, undefined, 'RKE2'],
    ['knows k3s', 'pass AsRequired', { gitVersion: 'v1.36.2+k3s1', nodes: onNode({}) }, undefined, 'k3s'],
    [
      'knows EKS',
      'pass AsRequired',
      { gitVersion: 'v1.36.2-eks-99c7e8f', nodes: onNode({}) },
      undefined,
      'EKS',
    ],
    [
      'knows OpenShift',
      'pass AsRequired',
      { apiGroups: ['config.openshift.io'], nodes: onNode({}) },
      undefined,
      'OpenShift',
    ],
    [
      'knows AKS',
      'pass AsRequired',
      { nodes: onNode({ labels: { 'kubernetes.azure.com/cluster': 'x' } }) },
      undefined,
      'AKS',
    ],
    [
      'knows MicroK8s, wherever its node runs',
      'pass AsRequired',
      { nodes: onNode({ labels: { 'microk8s.io/cluster': 'true' }, providerId: 'aws:///a/i-1' }) },
      undefined,
      'MicroK8s',
    ],
    [
      'knows Charmed Kubernetes',
      'pass AsRequired',
      { nodes: onNode({ labels: { 'juju-charm': 'kubernetes-worker' } }) },
      undefined,
      'Charmed Kubernetes',
    ],
    [
      'knows kind',
      'pass AsRequired',
      { nodes: onNode({ providerId: 'kind://docker/kind/n' }) },
      undefined,
      'kind',
    ],
  ])('%s', (...row) => {
    check('K8S-DIST-01', row);
  });
});
