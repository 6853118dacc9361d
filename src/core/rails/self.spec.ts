import { describe, expect, it, test } from '@jest/globals';
import { place, said, scene, step, type SceneSpec, type StepSpec } from '../../../test/support/rails.js';
import { application, machine, model, relate, unit, unknownFact, user } from '../../../test/support/world.js';
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
    expect(said(verdict(action, given))).toBe(well);
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
      'others are',
      { type: 'remove-relation', model: place, ends: ends(['etcd', 'logging'], ['loki', 'logging']) },
      well,
    ],
  ])('%s', (_name, action, expected) => {
    const applications = { etcd: application(), ca: application(), loki: application() };
    expect(said(verdict(action, { model: { applications, relations: [tls, logs, odd] } }))).toBe(expected);
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

describe('exposing the controller', () => {
  const inModel = { ...place, model: 'controller' };
  const expose = (cidrs: readonly string[]): Action => ({
    type: 'expose',
    model: inModel,
    application: 'controller',
    cidrs,
  });
  const all = ['10.0.0.0/16', '192.168.7.0/24'];
  const own: StepSpec = { settings: { params: { ownAddresses: ['192.168.7.9'] } } };
  const machines = (extra: Parameters<typeof model>[0] = {}) => ({
    controller: model({
      info: { isController: true },
      applications: { controller: application({ charm: { name: 'juju-controller' } }) },
      machines: { 0: machine('0', { addresses: ['10.0.0.5'], address: '10.0.0.5' }) },
      ...extra,
    }),
  });

  test.each<[string, Action, Parameters<typeof model>[0], StepSpec, string]>([
    ['is let through when everybody stays in reach', expose(all), {}, own, well],
    [
      'is held when we ourselves would be out',
      expose(['10.0.0.0/16']),
      {},
      own,
      'Proposed ControllerOutOfReach',
    ],
    ['is held when our own addresses are not known', expose(all), {}, {}, 'Proposed ControllerOutOfReach'],
    [
      'is held when a machine would be out',
      expose(['10.1.0.0/16', '192.168.7.0/24']),
      {},
      own,
      'Proposed ControllerOutOfReach',
    ],
    [
      'is held when machines were not read',
      expose(all),
      { machines: unknownFact('not read') },
      own,
      'Proposed ControllerOutOfReach',
    ],
    [
      'is held when a machine shows no address',
      expose(all),
      { machines: { 0: machine('0', { addresses: [], address: '' }) } },
      own,
      'Proposed ControllerOutOfReach',
    ],
    [
      'is held when a unit beside all machines would be out',
      expose(all),
      {
        applications: {
          controller: application({
            units: { 'controller/0': unit('controller/0', { address: '172.16.0.1' }) },
          }),
        },
      },
      own,
      'Proposed ControllerOutOfReach',
    ],
    [
      'is held when units were not read',
      expose(all),
      { applications: { controller: application({ units: unknownFact('not read') }) } },
      own,
      'Proposed ControllerOutOfReach',
    ],
    [
      'is never taken back',
      { type: 'unexpose', model: inModel, application: 'controller' },
      {},
      own,
      'Proposed ControllerApplication',
    ],
    [
      'is not the only change of it that is for persons',
      { type: 'set-config', model: inModel, application: 'controller', key: 'controller-url', value: 'x' },
      {},
      own,
      'Proposed ControllerApplication',
    ],
  ])('%s', (_name, ...[action, spec, more, expected]) => {
    expect(said(verdict(action, { controller: { models: machines(spec) } }, more))).toBe(expected);
  });

  it('names those that would be lost', () => {
    const { hold } = verdict(
      expose(['192.168.7.0/24']),
      { model: 'none', controller: { models: machines() } },
      own,
    );
    expect(hold?.message).toBe('10.0.0.5, 10.0.0.10 would lose the controller');
  });

  it('is not the same as exposing another application, or one of that name elsewhere', () => {
    const elsewhere: Action = { type: 'unexpose', model: place, application: 'controller' };
    expect(said(verdict(elsewhere))).toBe(well);
    expect(said(verdict({ ...elsewhere, application: 'etcd' }))).toBe(well);
  });
});
