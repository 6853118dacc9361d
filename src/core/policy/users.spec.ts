import { describe, expect, it, test } from '@jest/globals';
import { nobodyNamed, type UsersPolicy } from './policy.js';
import { namedUsersResolver } from './users.js';

const data = { controller: 'prod', model: 'data' };

function resolver(users: Partial<UsersPolicy>) {
  return namedUsersResolver({ ...nobodyNamed, ...users });
}

describe('levels of named users on a model', () => {
  test.each([
    ['nobody is named where nothing is said', [], {}],
    [
      'a grant without patterns holds on every model',
      [{ match: {}, levels: { bob: 'read' } }],
      { bob: 'read' },
    ],
    [
      'patterns of controller and model both have to fit',
      [
        { match: { controller: 'prod', model: 'd*' }, levels: { bob: 'read' } },
        { match: { controller: 'lab', model: 'd*' }, levels: { eve: 'admin' } },
        { match: { controller: 'prod', model: 'web' }, levels: { eve: 'admin' } },
      ],
      { bob: 'read' },
    ],
    [
      'a later grant wins for the users that it names, be it higher or lower',
      [
        { match: {}, levels: { bob: 'admin', alice: 'read' } },
        { match: { model: 'data' }, levels: { bob: 'none', alice: 'write' } },
        { match: {}, levels: { carol: 'read' } },
      ],
      { bob: 'none', alice: 'write', carol: 'read' },
    ],
  ] as const)('%s', (_, grants, expected) => {
    expect({ ...resolver({ grants })(data).levels }).toEqual(expected);
  });

  it('are not there on a controller, for a pattern of models does not fit it', () => {
    const users = resolver({ grants: [{ match: { model: '*' }, levels: { bob: 'read' } }] });
    expect(Object.keys(users({ controller: 'prod' }).levels)).toEqual([]);
  });

  it('take any name for a name', () => {
    const { levels } = resolver({ grants: [{ match: {}, levels: { bob: 'read' } }] })(data);
    expect(['constructor' in levels, 'bob' in levels]).toEqual([false, true]);
  });
});

describe('consumers of an offer', () => {
  const users = resolver({
    offers: [
      { match: { model: 'data' }, consumers: ['bob'] },
      { match: { model: 'data', offer: 'pg*' }, consumers: ['carol'] },
      { match: { model: 'web' }, consumers: ['eve'] },
    ],
  });

  test.each([
    ['of every entry that matches are named', data, 'pg', ['bob', 'carol']],
    ['of an offer that fits no pattern are those of the model', data, 'kafka', ['bob']],
    ['of another model are others', { controller: 'prod', model: 'web' }, 'pg', ['eve']],
    ['of a model that nothing matches are nobody', { controller: 'prod', model: 'x' }, 'pg', []],
  ])('%s', (_, place, offer, expected) => {
    expect(users(place).consumersOf(offer)).toEqual(expected);
  });
});

describe('superusers, service accounts and managed accounts', () => {
  it('are the same wherever one looks', () => {
    const users = resolver({ superusers: ['alice'], serviceAccounts: ['ci'], managed: ['fixer'] });
    expect(users(data)).toMatchObject({ superusers: ['alice'], serviceAccounts: ['ci'], managed: ['fixer'] });
    expect(users({ controller: 'lab' })).toMatchObject({ superusers: ['alice'] });
  });

  it('tell nobody named from a list of nobody', () => {
    expect([resolver({})(data).superusers, resolver({ superusers: [] })(data).superusers]).toEqual([
      undefined,
      [],
    ]);
  });
});
