import { describe, expect, it, test } from '@jest/globals';
import type { Dict } from '../../core/dict.js';
import type { UserAccount } from '../../core/snapshot.js';
import { commands, messages, undoings, verdicts } from '../../../test/support/verdicts.js';
import { judge, model, prod, unknownFact, user } from '../../../test/support/world.js';
import { changeModelAccess } from '../../simulator/world/access.js';
import { buildWorld } from '../../simulator/world/build.js';
import type { ModelLevel, SimModel } from '../../simulator/world/state.js';
import { virtualClock } from '../../simulator/virtual-clock.js';
import { modelLevels } from './user-levels.js';

const root = (name: string, more: Partial<UserAccount> = {}) => user(name, { access: 'superuser', ...more });

/** A model of the simulator, whose revocations look at what is held as little as Juju's do. */
function simulated(access: ModelLevel): SimModel {
  const models = [{ name: 'data', applications: [], users: { bob: access } }];
  const estate = { controllers: [{ name: 'prod', users: [{ name: 'bob' }], models }] };
  const { controllers } = buildWorld({ estate, seed: 1, clock: virtualClock() });
  return [...controllers.get('prod')!.models.values()].find(({ name }) => name === 'data')!;
}

const needsSuperuser = unknownFact('users were not read', 'superuser');

describe('JUJU-USER-02 levels on a model', () => {
  interface Case {
    readonly users?: Dict<string>;
    readonly accounts?: readonly UserAccount[];
  }
  const superself = { identities: [{ role: 'auditor', user: 'audit', access: 'superuser' }] };
  const data = ({ users = {}, accounts = [root('admin')] }: Case) =>
    prod({
      users: accounts,
      self: superself,
      models: { data: model({ users: { admin: 'admin', ...users } }) },
    });
  const declared = { levels: { bob: 'write', carol: 'read' } };

  test.each([
    ['declared levels pass', data({ users: { bob: 'write', carol: 'read' } }), declared, ['pass AsRequired']],
    ['a lower level than declared passes', data({ users: { bob: 'read' } }), declared, ['pass AsRequired']],
    [
      'a higher level fails',
      data({ users: { bob: 'admin', carol: 'read' } }),
      declared,
      ['fail LevelTooHigh bob'],
    ],
    [
      'an undeclared user fails',
      data({ users: { mallory: 'read' } }),
      declared,
      ['fail UndeclaredUser mallory'],
    ],
    [
      'each violator has a finding',
      data({ users: { mallory: 'read', carol: 'write' } }),
      declared,
      ['fail UndeclaredUser mallory', 'fail LevelTooHigh carol'],
    ],
    [
      'a user named like a property of objects is undeclared',
      data({ users: { constructor: 'read' } }),
      declared,
      ['fail UndeclaredUser constructor'],
    ],
    ['the owner needs no declaration', data({}), {}, ['pass AsRequired']],
    [
      'the owner must be declared when the policy says so',
      data({ accounts: [root('root')] }),
      { ownerMayAdminister: false },
      ['fail UndeclaredUser admin'],
    ],
    [
      'a superuser is judged by JUJU-USER-01',
      data({ users: { alice: 'admin' }, accounts: [root('admin'), root('alice')] }),
      {},
      ['pass AsRequired'],
    ],
    [
      'a level unknown to us is above all',
      data({ users: { bob: 'emperor' } }),
      declared,
      ['fail LevelTooHigh bob'],
    ],
    [
      'users that were not read are unknown',
      prod({ models: { data: model({ users: needsSuperuser }) } }),
      {},
      ['unknown PermissionMissing'],
    ],
  ])('%s', (_, snapshot, params, expected) => {
    expect(verdicts(judge(modelLevels, snapshot, { params }))).toEqual(expected);
  });

  it('is unknown where only our own access is shown', () => {
    const self = { identities: [{ role: 'observer', user: 'watch', access: 'login' }] };
    const snapshot = prod({ self, models: { data: model({ users: { watch: 'read' } }) } });
    expect(verdicts(judge(modelLevels, snapshot))).toEqual(['unknown OnlyOurselvesSeen']);
  });

  it('revokes in one step what is held above the level declared, guarded by what is held', () => {
    const findings = judge(modelLevels, data({ users: { mallory: 'write' } }), { params: declared });
    expect(commands(findings)).toEqual(['revoke -c prod mallory read admin/data']);
    expect(undoings(findings)).toEqual(['grant -c prod mallory write admin/data']);
    expect(findings[0]!.remedies.map(({ preconditions }) => preconditions)).toEqual([
      [
        { type: 'user-level', user: 'mallory', level: 'write', on: 'model' },
        { type: 'user-enabled', user: 'mallory' },
      ],
    ]);
  });

  const downward = [
    ['read', 'none'],
    ['write', 'none'],
    ['write', 'read'],
    ['admin', 'none'],
    ['admin', 'read'],
    ['admin', 'write'],
  ] as const;

  test.each(downward)('from %s to %s: no step raises him where it is run again later', (held, allowed) => {
    const findings = judge(modelLevels, data({ users: { bob: held } }), {
      params: { levels: { bob: allowed } },
    });
    const sim = simulated(held);
    const run = (command: string): string => {
      const [access = ''] = /(?<=bob )\w+/.exec(command) ?? [];
      changeModelAccess(sim, { user: 'bob', action: 'revoke', access });
      return sim.users.get('bob')?.access ?? 'none';
    };
    const steps = commands(findings);
    const once = steps.map(run);
    const again = steps.map(run);
    expect([once, again]).toEqual([[allowed], [allowed]]);
  });

  test.each([
    ['names the level above the one declared', { carol: 'write' }, ['revoke -c prod carol write admin/data']],
    [
      'lowers an administrator while another stays',
      { bob: 'admin' },
      ['revoke -c prod bob admin admin/data'],
    ],
    [
      'leaves the declared level to an administrator, without one between',
      { carol: 'admin' },
      ['revoke -c prod carol write admin/data'],
    ],
    ['has no step from a level unknown to us', { bob: 'emperor' }, []],
    ['leaves names that are no names to a person', { '-m': 'read' }, []],
  ])('%s', (_, users, expected) => {
    expect(commands(judge(modelLevels, data({ users }), { params: declared }))).toEqual(expected);
  });

  it('never takes the last administrator away', () => {
    const snapshot = prod({ self: superself, models: { data: model({ users: { bob: 'admin' } }) } });
    expect(verdicts(judge(modelLevels, snapshot))).toEqual(['fail UndeclaredUser bob']);
    expect(commands(judge(modelLevels, snapshot))).toEqual([]);
  });

  it('never acts against ourselves', () => {
    const findings = judge(modelLevels, data({ users: { fixer: 'admin' } }), {
      ourselves: ['watch', 'audit', 'fixer'],
    });
    expect(verdicts(findings)).toEqual(['pass AsRequired']);
  });

  it('proposes nothing where the owner of the model is not known', () => {
    const info = unknownFact('not shown by this road');
    const snapshot = prod({
      self: superself,
      models: { data: model({ info, users: { admin: 'admin', mallory: 'read' } }) },
    });
    expect(verdicts(judge(modelLevels, snapshot, { params: { levels: { admin: 'admin' } } }))).toEqual([
      'fail UndeclaredUser mallory',
    ]);
    expect(commands(judge(modelLevels, snapshot, { params: { levels: { admin: 'admin' } } }))).toEqual([]);
  });

  it('tells of disabled users, whose levels Juju hides, and asks for a look in the strict profile', () => {
    const snapshot = data({ accounts: [root('admin'), user('eve', { disabled: true })] });
    expect(verdicts(judge(modelLevels, snapshot))).toEqual(['pass AsRequired']);
    expect(messages(judge(modelLevels, snapshot))).toContain('hidden: eve');
    expect(verdicts(judge(modelLevels, snapshot, { profile: 'strict' }))).toEqual([
      'manual DisabledGrantsHidden',
    ]);
  });
});
