import { describe, expect, it, test } from '@jest/globals';
import {
  binding,
  container,
  onKubernetes,
  pod,
  role,
  serviceAccount,
  type ClusterSpec,
} from '../../../test/support/cluster.js';
import { messages, verdicts } from '../../../test/support/verdicts.js';
import {
  application,
  judge,
  model,
  prod,
  unknownFact,
  type ApplicationSpec,
  type ControllerSpec,
} from '../../../test/support/world.js';
import type { ModelUser } from '../../core/snapshot.js';
import { ourOwnLevels } from './self.js';

describe('JUJU-SELF-01 our own identities', () => {
  const as = (...identities: readonly { role: string; user: string; access: string }[]): ControllerSpec => ({
    self: { identities },
  });
  const observer = { role: 'observer', user: 'watch', access: 'login' };
  const seenBy = (reader: Pick<ModelUser, 'name' | 'access'>) =>
    model({ users: unknownFact('for superusers only'), info: { reader } });
  const holding = (access: string) => ({
    models: { data: model({ users: { admin: 'admin', watch: access } }) },
  });

  test.each([
    [
      'a role for each task passes',
      as(
        observer,
        { role: 'auditor', user: 'audit', access: 'superuser' },
        { role: 'remediator', user: 'fix', access: 'login' },
      ),
      {},
      'pass AsRequired',
    ],
    ['a superuser as observer fails', as({ ...observer, access: 'superuser' }), {}, 'fail MoreThanNeeded'],
    [
      'a superuser as remediator fails',
      as(observer, { role: 'remediator', user: 'fix', access: 'superuser' }),
      {},
      'fail MoreThanNeeded',
    ],
    ['an observer who reads passes', { ...as(observer), ...holding('read') }, {}, 'pass AsRequired'],
    ['an observer who may write fails', { ...as(observer), ...holding('write') }, {}, 'fail MoreThanNeeded'],
    [
      'the policy may allow more',
      { ...as(observer), ...holding('admin') },
      { observer: 'admin' },
      'pass AsRequired',
    ],
    [
      'a person at the keyboard is not judged',
      as({ role: 'caller', user: 'bob', access: 'superuser' }),
      {},
      'not-applicable NoDeclaredIdentity',
    ],
    [
      'a level on a model that nobody saw is unknown',
      { ...as(observer), models: { data: model({ users: unknownFact('not read yet') }) } },
      {},
      'unknown NotObserved',
    ],
    [
      'who may see himself only is enough where he is all that we are',
      { ...as(observer), models: { data: seenBy({ name: 'watch', access: 'read' }) } },
      {},
      'pass AsRequired',
    ],
    [
      'a level too high that only he himself sees fails',
      { ...as(observer), models: { data: seenBy({ name: 'watch', access: 'write' }) } },
      {},
      'fail MoreThanNeeded',
    ],
    [
      'another of our identities he does not see',
      {
        ...as(observer, { role: 'remediator', user: 'fix', access: 'login' }),
        models: { data: seenBy({ name: 'watch', access: 'read' }) },
      },
      {},
      'unknown NotObserved',
    ],
    [
      'an excess is told whatever else was not seen',
      {
        ...as({ ...observer, access: 'superuser' }),
        models: { data: model({ users: unknownFact('not read yet') }) },
      },
      {},
      'fail MoreThanNeeded',
    ],
    [
      'an auditor alone has no levels that models would show',
      {
        ...as({ role: 'auditor', user: 'audit', access: 'superuser' }),
        models: { data: model({ users: unknownFact('not read yet') }) },
      },
      {},
      'pass AsRequired',
    ],
    [
      'what was not read is unknown',
      { self: unknownFact('a status file shows no login') },
      {},
      'unknown NotObserved',
    ],
  ])('%s', (_, spec, params, expected) => {
    expect(verdicts(judge(ourOwnLevels, prod(spec), { params }))).toEqual([expected]);
  });
});

const identities = [{ role: 'observer', user: 'watch', access: 'login' }];
const self = { self: { identities } };
const passing = ['pass AsRequired'];

describe('JUJU-SELF-01 our own charm', () => {
  const deployed = (spec: ApplicationSpec, more: ControllerSpec = self) =>
    prod({
      ...more,
      models: {
        ops: model({
          applications: { guard: application({ ...spec, charm: { name: 'holdfast-k8s', ...spec.charm } }) },
        }),
      },
    });
  const tooOpen = ['fail OwnCharmTooOpen'];

  test.each<[string, ApplicationSpec, readonly string[], string]>([
    ['from a stable channel, shut and not trusted passes', {}, passing, ''],
    ['from edge fails', { charm: { track: '1', risk: 'edge' } }, tooOpen, 'ops/guard comes from 1/edge'],
    ['that is trusted fails', { trust: true }, tooOpen, 'ops/guard is trusted, which it does not need'],
    [
      'that is exposed fails',
      { exposure: { exposed: true, endpoints: {} } },
      tooOpen,
      'ops/guard is exposed',
    ],
    [
      'of which nobody saw whether it is trusted is unknown',
      { trust: unknownFact('not read yet') },
      ['unknown NotObserved'],
      'not read yet',
    ],
    ['that was deployed from a file has no channel to fail by', { charm: { origin: 'local' } }, passing, ''],
  ])('%s', (_, spec, expected, message) => {
    const found = judge(ourOwnLevels, deployed(spec));
    expect(verdicts(found)).toEqual(expected);
    expect(messages(found)).toContain(message);
  });

  it('fails for a person at the keyboard as well', () => {
    const person = { self: { identities: [{ role: 'caller', user: 'bob', access: 'superuser' }] } };
    expect(verdicts(judge(ourOwnLevels, deployed({ trust: true }, person)))).toEqual(tooOpen);
  });

  it('is told together with all else that is too much', () => {
    const found = judge(
      ourOwnLevels,
      deployed({ trust: true }, { self: { identities: [{ ...identities[0]!, access: 'superuser' }] } }),
    );
    expect(verdicts(found)).toEqual(['fail MoreThanNeeded']);
    expect(messages(found)).toMatch(/observer watch is superuser, our charm ops\/guard is trusted/);
  });

  it('of another name is no matter of this control', () => {
    const applications = { holdfast: application({ trust: true }) };
    expect(
      verdicts(judge(ourOwnLevels, prod({ ...self, models: { ops: model({ applications }) } }))),
    ).toEqual(passing);
  });
});

describe('JUJU-SELF-01 our own pods and rights', () => {
  const digest = `registry.example/holdfast@sha256:${'b'.repeat(64)}`;
  const sound = container('holdfast', {
    image: digest,
    security: { runAsUser: 584_792, capabilitiesAdded: [], capabilitiesDropped: [] },
  });
  const ours = (spec: ClusterSpec, more: Parameters<typeof pod>[2] = {}, inside = sound) => {
    const own = pod('guard', 0, { containers: [container('charm', {}), inside], ...more });
    const { namespaces, ...rest } = spec;
    const cluster = { ...rest, namespaces: { data: { pods: [own], ...namespaces?.['data'] } } };
    const snapshot = onKubernetes(
      { applications: { guard: application({ charm: { name: 'holdfast-k8s' } }) } },
      cluster,
    );
    const withSelf = prod({
      ...self,
      models: {
        data: model({
          type: 'caas',
          applications: { guard: application({ charm: { name: 'holdfast-k8s' } }) },
        }),
      },
    });
    return { ...withSelf, clusters: snapshot.clusters ?? {} };
  };
  const account = serviceAccount('data', 'guard');
  const rights = (resource: string, verbs: readonly string[], apiGroups = ['']): ClusterSpec => ({
    namespaces: {
      data: {
        roles: [role('own', verbs, [resource], { apiGroups })],
        roleBindings: [binding('own', 'Role/own', account)],
      },
    },
  });

  test.each<[string, ReturnType<typeof ours>, string, string]>([
    ['pinned, not root and with no rights pass', ours({}), 'pass AsRequired', ''],
    [
      'with the rights of our manifests pass',
      ours(rights('pods', ['get', 'list', 'watch'])),
      'pass AsRequired',
      '',
    ],
    [
      'that may read Secrets fail',
      ours(rights('secrets', ['list'])),
      'fail OwnRightsOnCluster',
      'data/guard may read Secrets',
    ],
    [
      'that may run commands in pods fail',
      ours(rights('pods/exec', ['create'])),
      'fail OwnRightsOnCluster',
      'may run commands in pods',
    ],
    [
      'that may bind roles fail',
      ours(rights('rolebindings', ['create'], ['rbac.authorization.k8s.io'])),
      'fail OwnRightsOnCluster',
      'may change rights',
    ],
    [
      'that hold cluster-admin fail',
      ours({ clusterRoleBindings: [binding('mighty', 'ClusterRole/cluster-admin', account)] }),
      'fail OwnRightsOnCluster',
      'may do everything',
    ],
    [
      'with rights of somebody else pass',
      ours({
        clusterRoleBindings: [
          binding('mighty', 'ClusterRole/cluster-admin', serviceAccount('other', 'guard')),
        ],
      }),
      'pass AsRequired',
      '',
    ],
    [
      'that run as root fail',
      ours({}, {}, { ...sound, security: { ...sound.security, runAsUser: 0 } }),
      'fail OwnPodsTooMighty',
      'guard/0 holdfast runs as root',
    ],
    [
      'that are privileged fail',
      ours({}, {}, { ...sound, security: { ...sound.security, privileged: true } }),
      'fail OwnPodsTooMighty',
      'is privileged',
    ],
    [
      'from an image by its tag fail',
      ours(
        {},
        {},
        container('holdfast', {
          image: 'registry.example/holdfast:latest',
          imageId: 'registry.example/holdfast:latest',
        }),
      ),
      'fail OwnPodsTooMighty',
      'no digest pins',
    ],
  ])('%s', (_, snapshot, expected, message) => {
    const found = judge(ourOwnLevels, snapshot);
    expect(verdicts(found)).toEqual([expected]);
    expect(messages(found)).toContain(message);
  });
});
