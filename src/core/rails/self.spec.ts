import { describe, expect, it, test } from '@jest/globals';
import { place, said, scene, step, type SceneSpec, type StepSpec } from '../../../test/support/rails.js';
import { application, relate, unknownFact, user } from '../../../test/support/world.js';
import type { Action } from '../action/action.js';
import { self } from './self.js';

function verdict(action: Action, given: Omit<SceneSpec, 'steps'> = {}, more: StepSpec = {}) {
  const one = step(action, more);
  return self(one, scene({ steps: [one], ...given }));
}

const well = '- leaves us our access';
const c = { controller: 'prod' } as const;
const twoSuperusers = {
  users: [user('admin', { access: 'superuser' }), user('bob', { access: 'superuser' }), user('carol')],
};

describe('our own identities', () => {
  test.each<[string, Action, string]>([
    ['are never disabled', { type: 'disable-user', ...c, user: 'holdfast' }, 'OurOwnIdentity'],
    [
      'are never revoked',
      { type: 'revoke', ...c, user: 'holdfast-observer', level: 'login' },
      'OurOwnIdentity',
    ],
    [
      'are never revoked on a model',
      { type: 'revoke', ...c, user: 'holdfast', level: 'write', on: { kind: 'model', name: 'admin/data' } },
      'OurOwnIdentity',
    ],
    [
      'nor on a cloud',
      { type: 'revoke-cloud', ...c, user: 'holdfast', level: 'admin', cloud: 'k8s' },
      'OurOwnIdentity',
    ],
    [
      'are never raised by ourselves',
      { type: 'grant', ...c, user: 'holdfast', level: 'superuser' },
      'OurOwnIdentity',
    ],
    [
      'are known however they are written',
      { type: 'disable-user', ...c, user: 'HoldFast@local' },
      'OurOwnIdentity',
    ],
  ])('%s', (_name, action, reason) => {
    expect(said(verdict(action, { controller: twoSuperusers }))).toBe(`Proposed ${reason}`);
  });

  it('may be given new passwords, which is done so that we keep our access', () => {
    expect(said(verdict({ type: 'rotate-user-password', ...c, user: 'holdfast' }))).toBe(well);
  });

  it('may be what is granted to everyone from outside', () => {
    const action = { type: 'revoke', ...c, user: 'everyone@external', level: 'login' } as const;
    const given = { controller: twoSuperusers };
    expect(said(verdict(action, { ...given, ourselves: ['holdfast@canonical'] }))).toBe(
      'Proposed OurOwnIdentity',
    );
    expect(said(verdict(action, { ...given, ourselves: ['holdfast', 'holdfast@canonical'] }))).toBe(
      'Proposed OurOwnIdentity',
    );
    expect(said(verdict(action, given))).toBe(well);
    const other = { ...action, user: 'dave@canonical' };
    expect(said(verdict(other, { ...given, ourselves: ['holdfast@canonical'] }))).toBe(well);
  });
});

describe('the last superuser', () => {
  const revoke = { type: 'revoke', ...c, user: 'admin', level: 'superuser' } as const;
  test.each<[string, Action, SceneSpec['controller'], string]>([
    [
      'is never revoked',
      revoke,
      { users: [user('admin', { access: 'superuser' }), user('carol')] },
      'Proposed LastSuperuser',
    ],
    [
      'is never disabled',
      { type: 'disable-user', ...c, user: 'admin' },
      { users: [user('admin', { access: 'superuser' })] },
      'Proposed LastSuperuser',
    ],
    [
      'is the last one though another is disabled',
      revoke,
      {
        users: [user('admin', { access: 'superuser' }), user('bob', { access: 'superuser', disabled: true })],
      },
      'Proposed LastSuperuser',
    ],
    [
      'may be anybody where the users were not read',
      revoke,
      { users: unknownFact('not allowed') },
      'Proposed SuperusersNotSeen',
    ],
    ['is not the one beside another', revoke, twoSuperusers, well],
    [
      'is not who is none',
      { type: 'disable-user', ...c, user: 'carol' },
      { users: [user('admin', { access: 'superuser' }), user('carol')] },
      well,
    ],
    [
      'may be given more',
      { type: 'grant', ...c, user: 'admin', level: 'superuser' },
      { users: [user('admin', { access: 'superuser' })] },
      well,
    ],
    [
      'is not who is none, though no other is left',
      { type: 'disable-user', ...c, user: 'carol' },
      { users: [user('admin', { access: 'superuser', disabled: true }), user('carol')] },
      well,
    ],
    [
      'is no matter of a model',
      { ...revoke, level: 'read', on: { kind: 'model', name: 'admin/data' } },
      { users: [user('admin', { access: 'superuser' })] },
      well,
    ],
  ])('%s', (_name, action, controller, expected) => {
    expect(said(verdict(action, { ...(controller && { controller }) }))).toBe(expected);
  });
});

describe('blocks, settings and relations', () => {
  const tls = relate('ca:certificates', 'etcd:peer-certificates', 'tls-certificates');
  const logs = relate('etcd:logging', 'loki:logging', 'loki_push_api');
  const odd = relate('etcd:trust', 'ca:send', 'tls-certificates');
  const ends = (...names: readonly [string, string][]) =>
    names.map(([app, endpoint]) => ({ application: app, endpoint })) as unknown as Extract<
      Action,
      { type: 'remove-relation' }
    >['ends'];
  const block = (commandSet: string): Action => ({
    type: 'disable-command',
    model: place,
    commandSet,
    message: 'm',
  });
  const modelConfig = (key: string): Action => ({ type: 'set-model-config', model: place, key, value: 'x' });

  test.each<[string, Action, string]>([
    ['destroying a model may be disabled', block('destroy-model'), well],
    ['removing things may not: our fixes need it', block('remove-object'), 'Proposed BlocksOurFixes'],
    ['nor may everything', block('all'), 'Proposed BlocksOurFixes'],
    ['a proxy may cut the agents off', modelConfig('juju-no-proxy'), 'Proposed CutsAgentsOff'],
    [
      'so it may when it is reset',
      { type: 'reset-model-config', model: place, key: 'http-proxy' },
      'Proposed CutsAgentsOff',
    ],
    ['so does leaving out the network', modelConfig('disable-network-management'), 'Proposed CutsAgentsOff'],
    ['logging is set freely', modelConfig('logging-config'), well],
    [
      'the way in of the controller is for persons',
      { type: 'set-controller-config', ...c, key: 'juju-mgmt-space', value: 'x' },
      'Proposed WayToController',
    ],
    [
      'its audit log is set freely',
      { type: 'set-controller-config', ...c, key: 'auditing-enabled', value: 'true' },
      well,
    ],
    [
      'a relation for certificates is never removed',
      {
        type: 'remove-relation',
        model: place,
        ends: ends(['ca', 'certificates'], ['etcd', 'peer-certificates']),
      },
      'Proposed TlsDowngrade',
    ],
    [
      'whatever its endpoints are called',
      { type: 'remove-relation', model: place, ends: ends(['etcd', 'trust'], ['ca', 'send']) },
      'Proposed TlsDowngrade',
    ],
    [
      'nor where the endpoints are left to Juju',
      { type: 'remove-relation', model: place, ends: ends(['etcd', ''], ['ca', '']) },
      'Proposed TlsDowngrade',
    ],
    [
      'nor where one endpoint alone tells it',
      { type: 'remove-relation', model: place, ends: ends(['ca', 'send'], ['zoo', 'client-certificates']) },
      'Proposed TlsDowngrade',
    ],
    [
      'others are, though their applications have such a relation elsewhere',
      { type: 'remove-relation', model: place, ends: ends(['etcd', ''], ['loki', '']) },
      well,
    ],
    [
      'others are, though their endpoints are called as those of such a relation',
      { type: 'remove-relation', model: place, ends: ends(['zoo', 'trust'], ['vault', 'send']) },
      well,
    ],
    [
      'others are, though both applications have such a relation with each other',
      { type: 'remove-relation', model: place, ends: ends(['etcd', 'tracing'], ['ca', 'tracing']) },
      well,
    ],
    [
      'others are, in a model that is not in sight',
      {
        type: 'remove-relation',
        model: { ...place, model: 'gone' },
        ends: ends(['etcd', 'logging'], ['loki', 'logging']),
      },
      well,
    ],
    [
      'others are',
      { type: 'remove-relation', model: place, ends: ends(['etcd', 'logging'], ['loki', 'logging']) },
      well,
    ],
  ])('%s', (_name, action, expected) => {
    const applications = { etcd: application(), ca: application(), loki: application() };
    expect(said(verdict(action, { model: { applications, relations: [tls, logs, odd] } }))).toBe(expected);
  });

  test.each([
    'allow-model-access',
    'api-port',
    'autocert-dns-name',
    'autocert-url',
    'controller-api-port',
    'identity-public-key',
    'identity-url',
    'juju-ha-space',
    'juju-mgmt-space',
    'public-dns-address',
  ])('%s decides who reaches the controller, and is for persons', (key) => {
    expect(said(verdict({ type: 'set-controller-config', ...c, key, value: 'x' }))).toBe(
      'Proposed WayToController',
    );
  });

  test.each(['tls-certificates', 'certificate_transfer', 'certificates'])(
    'a relation of %s is never removed, whatever its endpoints are called',
    (kind) => {
      const relations = [relate('etcd:trust', 'ca:send', kind)];
      const action = {
        type: 'remove-relation',
        model: place,
        ends: ends(['etcd', 'trust'], ['ca', 'send']),
      } as const;
      expect(said(verdict(action, { model: { relations } }))).toBe('Proposed TlsDowngrade');
    },
  );

  it('a relation for certificates is known by its applications where its endpoints are not seen', () => {
    const relations = [relate('etcd', 'ca', 'tls-certificates')];
    const action = {
      type: 'remove-relation',
      model: place,
      ends: ends(['etcd', 'trust'], ['ca', 'send']),
    } as const;
    expect(said(verdict(action, { model: { relations } }))).toBe('Proposed TlsDowngrade');
  });

  it('a relation for certificates is known by its endpoint where the relations were not read', () => {
    const action = {
      type: 'remove-relation',
      model: place,
      ends: ends(['ca', 'certificates'], ['etcd', 'client-certificates']),
    } as const;
    expect(said(verdict(action, { model: { relations: unknownFact('not read') } }))).toBe(
      'Proposed TlsDowngrade',
    );
  });
});
