import { describe, expect, test } from '@jest/globals';
import { container, onKubernetes, pod, service, type NamespaceSpec } from '../../../test/support/cluster.js';
import { controlOf, isExplained } from '../../../test/support/etcd.js';
import { judge, knowledge } from '../../../test/support/judge.js';
import { application, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import { charmedKafkaK8s } from './index.js';

const kafka = { name: 'kafka-k8s', track: '3', base: 'ubuntu@22.04' };
const zookeeper = { name: 'zookeeper-k8s', track: '3', base: 'ubuntu@22.04' };
const endpoints = ['certificates', 'kafka-client', 'zookeeper'];
const options = { expose_external: 'false', 'expose-external': 'false' };

interface Case {
  readonly charm: typeof kafka;
  readonly data: NamespaceSpec;
  readonly config?: Dict<unknown>;
  readonly params?: Dict<unknown>;
}

function says(id: string, { charm, data, config = options, params }: Case): string {
  const control = controlOf(charmedKafkaK8s, id);
  const app = application({ charm, endpoints, config });
  const estate = onKubernetes({ applications: { app } }, { namespaces: { data } });
  const [found] = judge(control, estate, params === undefined ? {} : { params });
  const { outcome, reason } = found!.judgement;
  expect(isExplained(control, reason)).toBe(true);
  return `${outcome} ${reason}`;
}

const other = `ghcr.io/x@sha256:${'b'.repeat(64)}`;

function running(name: string, image: string, number = 0) {
  return pod('app', number, {
    containers: [container('charm'), container(name, { image, imageId: image })],
  });
}

describe.each([
  ['KAFKA-IMG-01', kafka, 'kafka'],
  ['ZK-IMG-01', zookeeper, 'zookeeper'],
])('%s on Kubernetes', (id, charm, name) => {
  const digest = knowledge.imagePins[charm.name]?.['3']?.[0]?.digest ?? '';
  const pinned = `registry.jujucharms.com/charm/x/image@${digest}`;
  test.each<[string, string, Case]>([
    [
      'passes when the base and the image of every unit are right',
      'pass AsRequired',
      {
        charm,
        data: { pods: [running(name, pinned), running(name, pinned, 1)] },
      },
    ],
    [
      'fails for another base, whatever image runs',
      'fail OtherBase',
      {
        charm: { ...charm, base: 'ubuntu@24.04' },
        data: { pods: [running(name, pinned)] },
      },
    ],
    [
      'tells when units differ',
      'inconsistent ImagesDiffer',
      {
        charm,
        data: { pods: [running(name, pinned), running(name, other, 1)] },
      },
    ],
    [
      'has nothing to look at where no container runs besides that of the charm',
      'not-applicable NoWorkloadContainers',
      { charm, data: { pods: [pod('app', 0, { containers: [container('charm')] })] } },
    ],
    [
      'is unknown where pods may not be read',
      'unknown NotObserved',
      { charm, data: { pods: unknownFact('no') } },
    ],
  ])('%s', (_, expected, asked) => {
    expect(says(id, asked)).toBe(expected);
  });
});

const balancer = service('app-lb', 'app', { type: 'LoadBalancer' });

describe.each([
  ['KAFKA-NET-01', kafka, 'expose_external'],
  ['ZK-NET-01', zookeeper, 'expose-external'],
])('%s on Kubernetes', (id, charm, option) => {
  test.each<[string, string, Omit<Case, 'charm'>]>([
    ['passes when neither the option nor a service opens it', 'pass AsRequired', { data: {} }],
    [
      'fails for a service that somebody made by hand',
      'fail OpenedByService',
      { data: { services: [balancer] } },
    ],
    [
      'fails for the option, before it has made a service',
      'fail ExposedOutsideCluster',
      {
        data: {},
        config: { [option]: 'loadbalancer' },
      },
    ],
    [
      'passes for the way that the policy declares',
      'pass AsRequired',
      {
        data: { services: [balancer] },
        config: { [option]: 'loadbalancer' },
        params: { externalAccess: 'loadbalancer' },
      },
    ],
    [
      'is unknown where services may not be read',
      'unknown NotObserved',
      { data: { services: unknownFact('no') } },
    ],
  ])('%s', (_, expected, asked) => {
    expect(says(id, { ...asked, charm })).toBe(expected);
  });
});
