import { describe, expect, test } from '@jest/globals';
import { virtualClock } from '../virtual-clock.js';
import { changeCloudAccess, changeControllerAccess, changeModelAccess, setDisabled } from './access.js';
import { buildWorld } from './build.js';
import type { Flavour, SimController, SimModel } from './state.js';

function lab(flavour: Flavour = '4.0'): { controller: SimController; model: SimModel } {
  const users = [{ name: 'bob' }, { name: 'eve', disabled: true }];
  const estate = {
    controllers: [{ name: 'lab', flavour, users, models: [{ name: 'dev', applications: [] }] }],
  };
  const world = buildWorld({ estate, seed: 1, clock: virtualClock() });
  const controller = world.controllers.get('lab')!;
  const model = [...controller.models.values()].find(({ name }) => name === 'dev')!;
  return { controller, model };
}

describe('levels on a model', () => {
  test.each([
    ['admin of a reader raises to write', 'read', 'admin', 'write'],
    ['write of a writer leaves read', 'write', 'write', 'read'],
    ['read of an admin takes everything', 'admin', 'read', undefined],
    ['admin of an admin leaves write', 'admin', 'admin', 'write'],
  ] as const)('revoking %s', (_name, before, revoked, after) => {
    const { model } = lab();
    changeModelAccess(model, { user: 'bob', action: 'grant', access: before });
    changeModelAccess(model, { user: 'bob', action: 'revoke', access: revoked });
    expect(model.users.get('bob')?.access).toBe(after);
  });

  test('revoking from somebody without a level changes nothing', () => {
    const { model } = lab();
    changeModelAccess(model, { user: 'bob', action: 'revoke', access: 'admin' });
    expect(model.users.has('bob')).toBe(false);
  });

  test.each([
    ['4.0', 'user "bob" already has "read" access or greater'],
    ['3.6', 'user already has "read" access or greater'],
  ] as const)('a held level is refused in the words of %s', (flavour, text) => {
    const { model } = lab(flavour);
    changeModelAccess(model, { user: 'bob', action: 'grant', access: 'write' });
    expect(() => {
      changeModelAccess(model, { user: 'bob', action: 'grant', access: 'read' });
    }).toThrow(text);
  });

  test('a disabled user is as good as unknown', () => {
    const { model } = lab();
    expect(() => {
      changeModelAccess(model, { user: 'eve', action: 'grant', access: 'read' });
    }).toThrow('active users "eve": user not found');
  });

  test('the last admin stays', () => {
    const { controller, model } = lab();
    expect(() => {
      changeModelAccess(model, { user: 'admin', action: 'revoke', access: 'admin' });
    }).toThrow('1 model(s) would be left without an admin user');
    expect(() => setDisabled(controller, 'admin', true)).toThrow(
      '2 model(s) would be left without an admin user',
    );
  });
});

describe('levels on the controller', () => {
  test('a superuser steps down to login, then to nothing', () => {
    const { controller } = lab();
    const bob = controller.users.get('bob')!;
    changeControllerAccess(controller, { user: 'bob', action: 'grant', access: 'superuser' });
    expect(bob.access).toBe('superuser');
    changeControllerAccess(controller, { user: 'bob', action: 'revoke', access: 'superuser' });
    expect(bob.access).toBe('login');
    changeControllerAccess(controller, { user: 'bob', action: 'revoke', access: 'login' });
    expect(bob.access).toBe('');
  });
});

test('a level on the cloud is granted once and steps down', () => {
  const { controller } = lab();
  const { users } = controller.cloud;
  changeCloudAccess(controller, { user: 'bob', action: 'grant', access: 'admin' });
  expect(users.get('bob')).toBe('admin');
  changeCloudAccess(controller, { user: 'bob', action: 'revoke', access: 'admin' });
  expect(users.get('bob')).toBe('add-model');
  changeCloudAccess(controller, { user: 'bob', action: 'revoke', access: 'add-model' });
  expect(users.has('bob')).toBe(false);
});
