import { describe, expect, test } from '@jest/globals';
import { container, onKubernetes, pod, type NamespaceSpec } from '../../../test/support/cluster.js';
import { controlOf, isExplained } from '../../../test/support/etcd.js';
import { judge, knowledge } from '../../../test/support/judge.js';
import { application, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { Knowledge } from '../../core/knowledge.js';
import type { Pod } from '../../core/kube/pods.js';
import { kubernetes } from './index.js';

const pg = application({ charm: { name: 'postgresql-k8s', track: '14', revision: 7 } });
const ca = application({ charm: { name: 'self-signed-certificates' } });

type Row = [string, string, NamespaceSpec, (Dict<unknown> | undefined)?, string?];

function check(id: string, [, expected, spec, params, words]: Row, known: Knowledge = knowledge): void {
  const control = controlOf(kubernetes, id);
  const estate = onKubernetes({ applications: { pg, ca } }, { namespaces: { data: spec } });
  const [found] = judge(control, estate, { knowledge: known, ...(params === undefined ? {} : { params }) });
  const { outcome, reason, message } = found!.judgement;
  expect(`${outcome} ${reason}`).toBe(expected);
  expect(isExplained(control, reason)).toBe(true);
  expect(message).toContain(words ?? '');
}

const plain = { capabilitiesAdded: [], capabilitiesDropped: [] } as const;

/** A pod of pg whose workload container has this security. */
function secured(
  number: number,
  security: Partial<Pod['containers'][number]['security']>,
  more: Partial<Pod> = {},
) {
  return pod('pg', number, {
    containers: [container('postgresql', { security: { ...plain, ...security } })],
    ...more,
  });
}

describe('K8S-POD-01', () => {
  test.each<Row>([
    [
      'passes when every container has a user that is not root',
      'pass AsRequired',
      { pods: [pod('pg'), pod('ca')] },
    ],
    [
      'passes when the pod says so for its containers',
      'pass AsRequired',
      {
        pods: [secured(0, {}, { security: { sysctls: [], runAsNonRoot: true } })],
      },
    ],
    [
      'fails when a container says root, whatever its pod says',
      'fail RunsAsRoot',
      {
        pods: [secured(0, { runAsUser: 0 }, { security: { sysctls: [], runAsUser: 100 } })],
      },
      undefined,
      'pg/postgresql',
    ],
    [
      'fails for a privileged container',
      'fail RunsAsRoot',
      { pods: [secured(0, { runAsUser: 5, privileged: true })] },
    ],
    ['fails when nobody says anything', 'fail RootNotExcluded', { pods: [secured(0, {})] }],
    [
      'passes for a container that the policy lets be root',
      'pass AsRequired',
      { pods: [secured(0, { runAsUser: 0 })] },
      {
        rootAllowed: ['pg/postgresql'],
      },
    ],
    [
      'tells when units differ',
      'inconsistent UnitsDiffer',
      {
        pods: [secured(0, { runAsUser: 0 }), secured(1, { runAsUser: 170 })],
      },
    ],
    [
      'looks at containers that prepare the pod, too',
      'fail RunsAsRoot',
      {
        pods: [
          pod('pg', 0, {
            containers: [container('charm-init', { kind: 'init', security: { ...plain, runAsUser: 0 } })],
          }),
        ],
      },
    ],
    [
      'leaves out pods that are no application',
      'not-applicable NoPods',
      {
        pods: [{ ...secured(0, { runAsUser: 0 }), labels: { 'operator.juju.is/name': 'modeloperator' } }],
      },
    ],
    [
      'leaves out pods that have ended',
      'not-applicable NoPods',
      { pods: [secured(0, {}, { phase: 'Succeeded' })] },
    ],
    [
      'is unknown where pods may not be read',
      'unknown PermissionMissing',
      { pods: unknownFact('forbidden', 'list pods') },
    ],
  ])('%s', (...row) => {
    check('K8S-POD-01', row);
  });
});

const label = (mode: string): string => `pod-security.kubernetes.io/${mode}`;

describe('K8S-NS-01', () => {
  test.each<Row>([
    [
      'passes with the labels that are wanted',
      'pass AsRequired',
      { labels: { [label('audit')]: 'baseline', [label('warn')]: 'restricted' } },
    ],
    ['fails without any', 'fail PodSecurityTooWeak', {}, undefined, 'audit is not set'],
    [
      'fails for a weaker level',
      'fail PodSecurityTooWeak',
      {
        labels: { [label('audit')]: 'privileged', [label('warn')]: 'baseline' },
      },
      undefined,
      'audit is privileged',
    ],
    [
      'fails when the policy wants it enforced',
      'fail PodSecurityTooWeak',
      {
        labels: { [label('audit')]: 'baseline', [label('warn')]: 'baseline' },
      },
      { enforce: 'baseline' },
      'enforce is not set',
    ],
    [
      'fails for a level that does not exist',
      'fail PodSecurityLabelNotKnown',
      { labels: { [label('enforce')]: 'strict' } },
    ],
    [
      'is unknown where the namespace may not be read',
      'unknown PermissionMissing',
      {
        namespace: unknownFact('forbidden', 'get namespaces'),
      },
    ],
  ])('%s', (...row) => {
    check('K8S-NS-01', row);
  });
});

const pin = knowledge.imagePins['postgresql-k8s']!['14']![0]!;
const pinned = `registry.jujucharms.com/charm/x/postgresql-image@${pin.digest ?? ''}`;
const other = `ghcr.io/canonical/charmed-postgresql@sha256:${'b'.repeat(64)}`;
/** A pin that speaks for the revision that is deployed. */
const exact: Knowledge = {
  ...knowledge,
  imagePins: { 'postgresql-k8s': { 14: [{ ...pin, charmRevisions: [7] }] } },
};

function running(number: number, image: string, more: Partial<Pod['containers'][number]> = {}): Pod {
  return pod('pg', number, {
    containers: [container('charm'), container('postgresql', { image, imageId: image, ...more })],
  });
}

describe('K8S-IMG-01', () => {
  test.each<Row>([
    [
      'passes when all units run the pinned digest, wherever it came from',
      'pass AsRequired',
      {
        pods: [running(0, pinned), running(1, pinned)],
      },
    ],
    [
      'passes for the digest asked for, where the runtime reports that of the platform',
      'pass AsRequired',
      {
        pods: [running(0, pinned, { imageId: other })],
      },
    ],
    [
      'is unknown for another digest while the pin may be that of another revision',
      'unknown PinOfOtherRevision',
      {
        pods: [running(0, other)],
      },
    ],
    [
      'tells when units differ',
      'inconsistent ImagesDiffer',
      { pods: [running(0, pinned), running(1, other)] },
    ],
    [
      'is unknown until a container has started',
      'unknown ContainerNotStarted',
      {
        pods: [running(0, pinned), pod('pg', 1, { containers: [withoutId(container('postgresql'))] })],
      },
    ],
    [
      'has nothing to say of charms without a workload',
      'not-applicable NoPins',
      {
        pods: [pod('ca', 0, { containers: [container('charm')] })],
      },
    ],
    ['is unknown for a workload whose pin nobody knows', 'unknown PinNotKnown', { pods: [pod('ca')] }],
    [
      'is unknown where pods may not be read',
      'unknown PermissionMissing',
      { pods: unknownFact('forbidden', 'list pods') },
    ],
  ])('%s', (...row) => {
    check('K8S-IMG-01', row);
  });

  test.each<Row>([
    [
      'fails for another digest than the deployed revision pins',
      'fail AnotherImage',
      { pods: [running(0, other)] },
      undefined,
      'postgresql of pg/0',
    ],
    ['passes for that one', 'pass AsRequired', { pods: [running(0, pinned)] }],
  ])('%s', (...row) => {
    check('K8S-IMG-01', row, exact);
  });

  test('is unknown where the charm names its image by a tag', () => {
    const { resource, image, source, date } = pin;
    const tagged = { resource, image, source, date, tag: '14.23' };
    check('K8S-IMG-01', ['', 'unknown PinnedByTag', { pods: [running(0, other)] }], {
      ...knowledge,
      imagePins: { 'postgresql-k8s': { 14: [tagged] } },
    });
  });
});

function withoutId({
  name,
  kind,
  image,
  ports,
  security,
}: Pod['containers'][number]): Pod['containers'][number] {
  return { name, kind, image, ports, security };
}

describe('K8S-IMG-02', () => {
  const hub = `docker.io/someone/postgres@sha256:${'c'.repeat(64)}`;
  test.each<Row>([
    [
      "passes for digests from Canonical's registries, and Juju's own images by tag",
      'pass AsRequired',
      { pods: [pod('pg')] },
    ],
    [
      'fails for another registry',
      'fail UnknownRegistry',
      { pods: [running(0, hub)] },
      undefined,
      'pg/postgresql',
    ],
    [
      'passes for one that the policy names',
      'pass AsRequired',
      { pods: [running(0, hub)] },
      {
        registries: ['docker.io/someone', 'ghcr.io/canonical'],
      },
    ],
    ['fails for a tag', 'fail ImageByTag', { pods: [running(0, 'ghcr.io/canonical/charmed-postgresql:14')] }],
    [
      'does not take one path for the beginning of another',
      'fail UnknownRegistry',
      {
        pods: [running(0, `ghcr.io/canonical-evil/postgres@sha256:${'c'.repeat(64)}`)],
      },
    ],
    [
      "does not take a workload's container for Juju's",
      'fail UnknownRegistry',
      {
        pods: [running(0, 'docker.io/jujusolutions/charm-base:ubuntu-24.04')],
      },
    ],
    ['has nothing to say where nothing runs', 'not-applicable NoPods', {}],
    [
      'is unknown where pods may not be read',
      'unknown PermissionMissing',
      { pods: unknownFact('forbidden', 'list pods') },
    ],
  ])('%s', (...row) => {
    check('K8S-IMG-02', row);
  });
});
