import { describe, expect, test } from '@jest/globals';
import { container, onKubernetes, pod, service, type NamespaceSpec } from '../../../test/support/cluster.js';
import { controlOf, isExplained } from '../../../test/support/etcd.js';
import { judge, knowledge } from '../../../test/support/judge.js';
import { application, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { ImagePin, Knowledge } from '../../core/knowledge.js';
import { charmedPostgresqlK8s } from './index.js';

const database = { name: 'postgresql-k8s', track: '14', revision: 7 };
const pooler = { name: 'pgbouncer-k8s', track: '1', revision: 7 };
const endpoints = ['certificates', 'database', 'backend-database'];

interface Case {
  readonly id: string;
  readonly charm: typeof database;
  readonly data: NamespaceSpec;
  readonly params?: Dict<unknown>;
  readonly config?: Dict<unknown>;
  readonly known?: Knowledge;
}

function says({ id, charm, data, params, config, known = knowledge }: Case): string {
  const control = controlOf(charmedPostgresqlK8s, id);
  const app = application({ charm, endpoints, config: config ?? { 'expose-external': 'false' } });
  const estate = onKubernetes({ applications: { app } }, { namespaces: { data } });
  const [found] = judge(control, estate, { knowledge: known, ...(params === undefined ? {} : { params }) });
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

/** The shipped pins, changed. */
function withPins(change: (pins: readonly ImagePin[]) => readonly ImagePin[]): Knowledge {
  const imagePins = Object.entries(knowledge.imagePins).map(([charm, tracks]) => [
    charm,
    Object.fromEntries(Object.entries(tracks).map(([track, pins]) => [track, change(pins)])),
  ]);
  return { ...knowledge, imagePins: Object.fromEntries(imagePins) as Knowledge['imagePins'] };
}

/** As if they spoke for the revision that is deployed. */
const exact = withPins((pins) => pins.map((pin) => ({ ...pin, charmRevisions: [7] })));
/** One more, of another revision. */
const withSecond = withPins((pins) => [
  ...pins.map((pin) => ({ ...pin, charmRevisions: [6], digest: `sha256:${'c'.repeat(64)}` })),
  ...pins,
]);
/** One more, of a container beside it. */
const besides = withPins((pins) =>
  pins.flatMap((pin) => [
    { ...pin, charmRevisions: [7] },
    { ...pin, charmRevisions: [7], resource: 'exporter-image', digest: `sha256:${'b'.repeat(64)}` },
  ]),
);

describe.each([
  ['PG-IMG-01', database, 'postgresql'],
  ['PGB-IMG-01', pooler, 'pgbouncer'],
])('%s on Kubernetes', (id, charm, name) => {
  const digest = knowledge.imagePins[charm.name]?.[charm.track]?.[0]?.digest ?? '';
  const pinned = `registry.jujucharms.com/charm/x/image@${digest}`;
  test.each<[string, string, NamespaceSpec, Knowledge?]>([
    [
      'passes when every unit runs the pinned image',
      'pass AsRequired',
      { pods: [running(name, pinned), running(name, pinned, 1)] },
    ],
    [
      'fails for another one, where the pin is that of the deployed revision',
      'fail AnotherImage',
      { pods: [running(name, other)] },
      exact,
    ],
    [
      'is unknown for another one where it may not be',
      'unknown PinOfOtherRevision',
      { pods: [running(name, other)] },
    ],
    [
      'passes for either of two images that revisions of the track pin',
      'pass AsRequired',
      { pods: [running(name, pinned)] },
      withSecond,
    ],
    [
      'takes no digest of another resource for that of its own',
      'fail AnotherImage',
      { pods: [running(name, other)] },
      besides,
    ],
    [
      'is told by what the runtime reports where no digest was asked for',
      'pass AsRequired',
      {
        pods: [
          pod('app', 0, {
            containers: [container('charm'), container(name, { image: 'x/image:14', imageId: pinned })],
          }),
        ],
      },
    ],
    [
      'waits for a container that has not started',
      'unknown ContainerNotStarted',
      { pods: [pod('app', 0, { containers: [container(name, { image: pinned, imageId: '' })] })] },
    ],
    [
      'does not count one that has not started among those that differ',
      'unknown ContainerNotStarted',
      {
        pods: [
          running(name, pinned),
          pod('app', 1, { containers: [container(name, { image: other, imageId: '' })] }),
        ],
      },
    ],
    [
      'tells when units differ',
      'inconsistent ImagesDiffer',
      { pods: [running(name, pinned), running(name, other, 1)] },
    ],
    [
      'has nothing to look at where no container runs besides that of the charm',
      'not-applicable NoWorkloadContainers',
      { pods: [pod('app', 0, { containers: [container('charm')] })] },
    ],
    ['is unknown where pods may not be read', 'unknown NotObserved', { pods: unknownFact('no') }],
  ])('%s', (...[, expected, data, known]) => {
    expect(says({ id, charm, data, ...(known === undefined ? {} : { known }) })).toBe(expected);
  });
});

const nodePort = service('app-np', 'app', { type: 'NodePort' });

describe('PG-NET-01 on Kubernetes', () => {
  test.each<[string, string, NamespaceSpec]>([
    ['passes for services inside the cluster', 'pass AsRequired', { services: [service('app', 'app')] }],
    ['fails for a NodePort', 'fail OpenedByService', { services: [nodePort] }],
    [
      'does not mind those of others',
      'pass AsRequired',
      { services: [service('web', 'web', { type: 'LoadBalancer' })] },
    ],
    ['is unknown where services may not be read', 'unknown NotObserved', { services: unknownFact('no') }],
  ])('%s', (_, expected, data) => {
    expect(says({ id: 'PG-NET-01', charm: database, data })).toBe(expected);
  });
});

describe('PGB-NET-01 on Kubernetes', () => {
  const at = { id: 'PGB-NET-01', charm: pooler };
  test.each<[string, string, Omit<Case, 'id' | 'charm'>]>([
    ['passes when neither the option nor a service opens it', 'pass AsRequired', { data: {} }],
    [
      'fails for a service that somebody made by hand',
      'fail OpenedByService',
      { data: { services: [nodePort] } },
    ],
    [
      'passes for the way that the policy declares',
      'pass AsRequired',
      {
        data: { services: [nodePort] },
        params: { external: ['nodeport'] },
        config: { 'expose-external': 'nodeport' },
      },
    ],
    [
      'fails for another way',
      'fail OpenedByService',
      {
        data: { services: [nodePort] },
        params: { external: ['loadbalancer'] },
      },
    ],
  ])('%s', (_, expected, rest) => {
    expect(says({ ...at, ...rest })).toBe(expected);
  });
});
