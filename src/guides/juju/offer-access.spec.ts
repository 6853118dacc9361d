import { describe, expect, it, test } from '@jest/globals';
import type { Dict } from '../../core/dict.js';
import type { Offer } from '../../core/snapshot.js';
import { commands, messages, undoings, verdicts } from '../../../test/support/verdicts.js';
import { judge, model, prod, unknownFact } from '../../../test/support/world.js';
import { offerAccess } from './offer-access.js';

const offer = (users?: Dict<string>, more: Partial<Offer> = {}): Offer => ({
  name: 'pg',
  application: 'postgresql',
  endpoints: [],
  ...(users === undefined ? {} : { users }),
  ...more,
});
const offering = (offers: readonly Offer[], version = '3.6.28') =>
  prod({
    version,
    models: { data: model({ offers: Object.fromEntries(offers.map((one) => [one.name, one])) }) },
  });

describe('JUJU-OFFER-01 access to offers', () => {
  const declared = { consumers: { pg: ['bob'], '*': ['carol'] } };

  test.each([
    [
      'declared consumers pass',
      offering([offer({ admin: 'admin', bob: 'consume', carol: 'read' })]),
      declared,
      ['pass AsRequired'],
    ],
    [
      'an undeclared consumer fails',
      offering([offer({ mallory: 'consume' })]),
      declared,
      ['fail UndeclaredConsumer pg'],
    ],
    [
      'a consumer of another offer is none of this one',
      offering([offer({ bob: 'read' }, { name: 'kafka' })]),
      declared,
      ['fail UndeclaredConsumer kafka'],
    ],
    ['a level of nothing is no access', offering([offer({ mallory: '' })]), declared, ['pass AsRequired']],
    [
      'open to everyone fails',
      offering([offer({ 'everyone@external': 'consume' })]),
      declared,
      ['fail OfferOpenToEveryone pg'],
    ],
    [
      'open to everyone by declaration passes',
      offering([offer({ 'everyone@external': 'read' })]),
      { open: ['pg'] },
      ['pass AsRequired'],
    ],
    ['everyone at no level passes', offering([offer({ 'everyone@external': '' })]), {}, ['pass AsRequired']],
    ['users that were not read are unknown', offering([offer()]), {}, ['unknown OfferUsersNotSeen pg']],
    [
      'Juju 4 hides a grant to everyone',
      offering([offer({ admin: 'admin' })], '4.0.15'),
      {},
      ['unknown EveryoneNotShown pg'],
    ],
    [
      'unless it is declared',
      offering([offer({ admin: 'admin' })], '4.0.15'),
      { open: ['pg'] },
      ['pass AsRequired'],
    ],
    [
      'Juju 4 shows other strangers',
      offering([offer({ mallory: 'read' })], '4.0.15'),
      {},
      ['fail UndeclaredConsumer pg'],
    ],
    ['without offers there is nothing to judge', offering([]), {}, ['not-applicable NoOffers']],
    [
      'offers that were not read are unknown',
      prod({ models: { data: model({ offers: unknownFact('stripped', 'model admin') }) } }),
      {},
      ['unknown PermissionMissing'],
    ],
  ])('%s', (_, snapshot, params, expected) => {
    expect(verdicts(judge(offerAccess, snapshot, { params }))).toEqual(expected);
  });

  it('names the permission that shows the users of an offer', () => {
    expect(messages(judge(offerAccess, offering([offer()])))).toContain('needs model admin');
  });

  it('revokes all access of a stranger, whatever he holds, and grants it again to undo', () => {
    const findings = judge(offerAccess, offering([offer({ mallory: 'consume' })]));
    expect(commands(findings)).toEqual(['revoke -c prod mallory read admin/data.pg']);
    expect(undoings(findings)).toEqual(['grant -c prod mallory consume admin/data.pg']);
    expect(findings[0]!.remedies[0]!.cutsOff).toEqual(['mallory, with the applications related over pg']);
  });

  test.each([
    ['everyone', offering([offer({ 'everyone@external': 'consume' })]), []],
    ['an offer whose name is none', offering([offer({ mallory: 'read' }, { name: '--pg' })]), []],
    ['ourselves', offering([offer({ watch: 'admin' })]), ['watch']],
  ])('does not touch %s', (_, snapshot, ourselves) => {
    expect(commands(judge(offerAccess, snapshot, { ourselves }))).toEqual([]);
  });
});
