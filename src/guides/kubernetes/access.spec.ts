import { describe, expect, test } from '@jest/globals';
import {
  binding,
  cluster,
  onKubernetes,
  role,
  serviceAccount,
  type ClusterSpec,
} from '../../../test/support/cluster.js';
import { controlOf, isExplained } from '../../../test/support/etcd.js';
import { judge } from '../../../test/support/judge.js';
import { application, knownFact, unknownFact } from '../../../test/support/world.js';
import { jujuPermissions } from '../../core/kube/juju-permissions.js';
import type { Dict } from '../../core/dict.js';
import { kubernetes } from './index.js';

const pg = application({ charm: { name: 'postgresql-k8s', track: '14' } });
const web = application({ charm: { name: 'web-k8s' } });

type Row = [string, string, ClusterSpec, (Dict<unknown> | undefined)?, string?];

function check(id: string, [, expected, spec, params, words]: Row): void {
  const control = controlOf(kubernetes, id);
  const estate = onKubernetes({ applications: { pg, web } }, spec);
  const [found] = judge(control, estate, params === undefined ? {} : { params });
  const { outcome, reason, message } = found!.judgement;
  expect(`${outcome} ${reason}`).toBe(expected);
  expect(isExplained(control, reason)).toBe(true);
  expect(message).toContain(words ?? '');
}

function answers(but: (check: (typeof jujuPermissions)[number]) => boolean, allowed: boolean) {
  return knownFact(jujuPermissions.map((one) => ({ ...one, allowed: but(one) ? allowed : true })));
}

describe('K8S-RBAC-01', () => {
  test.each<Row>([
    ['passes when all that the guide lists is allowed', 'pass AsRequired', {}, undefined, 'all 24'],
    [
      'fails when one of them is not',
      'fail JujuMayTooLittle',
      { jujuAccess: answers(({ verb, resource }) => verb === 'delete' && resource === 'pods', false) },
      undefined,
      'may not delete pods',
    ],
    [
      'is unknown when some were not asked about',
      'unknown NotAllAsked',
      { jujuAccess: knownFact(jujuPermissions.slice(3).map((one) => ({ ...one, allowed: true }))) },
    ],
    [
      "takes an answer for the model's own namespace",
      'pass AsRequired',
      { jujuAccess: knownFact(jujuPermissions.map((one) => ({ ...one, namespace: 'data', allowed: true }))) },
    ],
    [
      'takes no answer for another namespace',
      'unknown NotAllAsked',
      {
        jujuAccess: knownFact(jujuPermissions.map((one) => ({ ...one, namespace: 'other', allowed: true }))),
      },
    ],
    [
      "is unknown while Juju's user is not known",
      'unknown PermissionMissing',
      { jujuAccess: unknownFact("Juju's user is not known", 'create subjectaccessreviews') },
      undefined,
      'create subjectaccessreviews',
    ],
  ])('%s', (...row) => {
    check('K8S-RBAC-01', row);
  });
});

const everything = role('all', ['*'], ['*'], { apiGroups: ['*'] });
const admin = role('cluster-admin', ['*'], ['*'], { apiGroups: ['*'] });

describe('K8S-RBAC-02', () => {
  test.each<Row>([
    ['passes when only the control plane holds it', 'pass AsRequired', {}],
    [
      "passes for Juju's own credential",
      'pass AsRequired',
      {
        clusterRoleBindings: [
          binding('juju', 'ClusterRole/cluster-admin', serviceAccount('kube-system', 'juju-credential-1a2b')),
        ],
      },
    ],
    [
      'fails for a service account that nobody declared',
      'fail UndeclaredClusterAdmin',
      {
        clusterRoleBindings: [
          binding('legacy-ci', 'ClusterRole/cluster-admin', serviceAccount('legacy', 'ci')),
        ],
      },
      undefined,
      'ServiceAccount:legacy/ci (by legacy-ci)',
    ],
    [
      'passes when the policy names it',
      'pass AsRequired',
      {
        clusterRoleBindings: [
          binding('legacy-ci', 'ClusterRole/cluster-admin', serviceAccount('legacy', 'ci')),
        ],
      },
      { clusterAdmins: ['ServiceAccount:legacy/ci'] },
    ],
    [
      'fails for an application that is trusted with the cluster, whatever its role is called',
      'fail UndeclaredClusterAdmin',
      {
        clusterRoles: [admin, everything],
        clusterRoleBindings: [binding('web', 'ClusterRole/all', serviceAccount('data', 'web'))],
      },
      undefined,
      'ServiceAccount:data/web',
    ],
    [
      'fails first of all when everybody holds it',
      'fail EverybodyIsAdmin',
      {
        clusterRoleBindings: [
          binding('ci', 'ClusterRole/cluster-admin', serviceAccount('legacy', 'ci')),
          binding('oops', 'ClusterRole/cluster-admin', { kind: 'Group', name: 'system:authenticated' }),
        ],
      },
      undefined,
      'Group:system:authenticated',
    ],
    [
      'passes for a role that lacks one of its three asterisks',
      'pass AsRequired',
      {
        clusterRoles: [role('reader', ['get'], ['*'], { apiGroups: ['*'] })],
        clusterRoleBindings: [binding('r', 'ClusterRole/reader', serviceAccount('legacy', 'ci'))],
      },
    ],
    [
      'is unknown where the bindings may not be read',
      'unknown PermissionMissing',
      { clusterRoleBindings: unknownFact('forbidden', 'list clusterrolebindings') },
    ],
  ])('%s', (...row) => {
    check('K8S-RBAC-02', row);
  });
});

const readsSecrets = role('reader', ['list'], ['secrets']);

describe('K8S-SEC-01', () => {
  test.each<Row>([
    ['passes when nobody may', 'pass AsRequired', {}],
    [
      'fails for a workload with a role in the namespace',
      'fail UndeclaredSecretReader',
      {
        namespaces: {
          data: {
            roles: [readsSecrets],
            roleBindings: [binding('web', 'Role/reader', serviceAccount('data', 'web'))],
          },
        },
      },
      undefined,
      'ServiceAccount:data/web (by web)',
    ],
    [
      'passes when the policy names it',
      'pass AsRequired',
      {
        namespaces: {
          data: {
            roles: [readsSecrets],
            roleBindings: [binding('web', 'Role/reader', serviceAccount('data', 'web'))],
          },
        },
      },
      { readers: ['ServiceAccount:data/web'] },
    ],
    [
      'passes for a charm that needs trust',
      'pass AsRequired',
      {
        namespaces: {
          data: {
            roles: [everything],
            roleBindings: [binding('pg', 'Role/all', serviceAccount('data', 'pg'))],
          },
        },
      },
    ],
    [
      'passes for a role on Secrets by name, as Juju makes them',
      'pass AsRequired',
      {
        namespaces: {
          data: {
            roles: [role('one', ['get'], ['secrets'], { resourceNames: ['pg-1'] })],
            roleBindings: [binding('web', 'Role/one', serviceAccount('data', 'web'))],
          },
        },
      },
    ],
    [
      'fails for a cluster role that is bound in the namespace',
      'fail UndeclaredSecretReader',
      {
        clusterRoles: [role('edit', ['get'], ['secrets'])],
        namespaces: {
          data: { roleBindings: [binding('dev', 'ClusterRole/edit', { kind: 'Group', name: 'devs' })] },
        },
      },
      undefined,
      'Group:devs',
    ],
    [
      'fails for one that is bound in all namespaces',
      'fail UndeclaredSecretReader',
      {
        clusterRoles: [role('view-all', ['watch'], ['*'])],
        clusterRoleBindings: [binding('v', 'ClusterRole/view-all', serviceAccount('mon', 'agent'))],
      },
    ],
    [
      'fails first of all when everybody may',
      'fail EverybodyReadsSecrets',
      {
        namespaces: {
          data: {
            roles: [readsSecrets],
            roleBindings: [
              binding('x', 'Role/reader', { kind: 'Group', name: 'system:serviceaccounts:data' }),
            ],
          },
        },
      },
    ],
    [
      'leaves who may do everything to K8S-RBAC-02',
      'pass AsRequired',
      {
        clusterRoles: [admin],
        clusterRoleBindings: [binding('ci', 'ClusterRole/cluster-admin', serviceAccount('legacy', 'ci'))],
      },
    ],
    [
      'is unknown where the roles may not be read',
      'unknown PermissionMissing',
      { namespaces: { data: { roles: unknownFact('forbidden', 'list roles') } } },
    ],
  ])('%s', (...row) => {
    check('K8S-SEC-01', row);
  });
});

describe("the model's namespace", () => {
  const uuid = 'd4a5f6c0-0000-4000-8000-000000000001';
  const control = controlOf(kubernetes, 'K8S-RBAC-01');
  const found = (clusters: ReturnType<typeof onKubernetes>['clusters']) => {
    const estate = { ...onKubernetes({}), ...(clusters === undefined ? {} : { clusters }) };
    const { outcome, reason } = judge(control, estate)[0]!.judgement;
    return `${outcome} ${reason}`;
  };
  const holding = (name: string, labels: Readonly<Record<string, string>>, more: ClusterSpec = {}) => ({
    k8s: cluster({ ...more, namespaces: { [name]: { labels } } }),
  });
  test.each([
    [
      'is known by its UUID, however it is called',
      holding('renamed', { 'model.juju.is/id': uuid }),
      'pass AsRequired',
    ],
    [
      'is not one of that name that belongs to another model',
      holding('data', { 'model.juju.is/id': 'd4a5f6c0-0000-4000-8000-000000000002' }),
      'unknown NamespaceNotSeen',
    ],
    ['is known by its name where it tells nothing', holding('data', {}), 'pass AsRequired'],
    [
      'is none that tells another name',
      holding('data', { 'model.juju.is/name': 'x' }),
      'unknown NamespaceNotSeen',
    ],
    ['is not seen where it is not followed', holding('other', {}), 'unknown NamespaceNotSeen'],
    ['is looked for in every cluster', { a: cluster(), ...holding('data', {}) }, 'pass AsRequired'],
    [
      'is known by its name where it may not be read itself',
      {
        k8s: cluster({ namespaces: { data: { namespace: unknownFact('forbidden', 'get namespaces') } } }),
      },
      'pass AsRequired',
    ],
  ])('%s', (_, clusters, expected) => {
    expect(found(clusters)).toBe(expected);
  });
});
