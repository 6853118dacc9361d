import { describe, expect, it, test } from '@jest/globals';
import type { RotationAction } from '../../core/action/rotation.js';
import { former, fresh, Place, type Given } from '../../../test/support/rotation-place.js';
import type { CliOutcome } from '../../core/ports/index.js';

const model = { controller: 'prod', owner: 'admin', model: 'data' };
const kept = { in: { ...model, model: 'secrets' }, name: 'bob-password' };
const ofBob: RotationAction = { type: 'rotate-user-password', controller: 'prod', user: 'bob', secret: kept };
const ofUs: RotationAction = { type: 'rotate-user-password', controller: 'prod', user: 'watch' };

const shownOld = {
  'show-secret': { stdout: JSON.stringify({ abc: { content: { Data: { password: former } } } }) },
};
const isThere = { 'add-secret': { outcome: 'already' } } as const;

/** The outcome, the summary, and what the place is like afterwards. */
type Ending = readonly [CliOutcome, RegExp, Partial<Place>];

describe('the password of a user', () => {
  it('is kept in the secret first, set by standard input, tried, and the old one with it', async () => {
    const place = new Place({ answers: { ...shownOld, ...isThere } });
    const result = await place.rotate(ofBob);
    expect(result).toMatchObject({ outcome: 'done', stdout: '' });
    expect(result.summary).toMatch(/new password was let in, one with the old was refused; sessions/);
    expect(place.calls).toEqual([
      'show-secret -m prod:admin/secrets bob-password --reveal --format json',
      'add-secret -m prod:admin/secrets bob-password --file /private/file',
      'update-secret -m prod:admin/secrets bob-password --file /private/file',
      'change-user-password -c prod --no-prompt bob',
    ]);
    expect(place.files.at(-1)).toBe(JSON.stringify({ username: 'bob', password: fresh }));
    expect([place.settled, place.pending, place.adopted]).toEqual([fresh, undefined, []]);
  });

  it('of our own is put in place and taken by whoever logs in next', async () => {
    const place = new Place({});
    expect(await place.rotate(ofUs)).toMatchObject({ outcome: 'done' });
    expect([place.settled, place.adopted, place.commands]).toEqual([
      fresh,
      [fresh],
      ['change-user-password'],
    ]);
  });

  test.each<[string, RotationAction, Given, Ending]>([
    [
      'cannot be kept: nothing is begun',
      ofUs,
      { cannotKeep: 'disk full' },
      ['rejected', /^nothing was changed: disk full$/, { calls: [], pending: undefined }],
    ],
    [
      'cannot be put into the secret: it is not changed',
      ofBob,
      { answers: { 'add-secret': { outcome: 'denied' } } },
      ['denied', /^nothing was changed: the secret was not written: denied$/, { inForce: [former] }],
    ],
    [
      'of our own is refused by Juju: the old one stands, and no other is kept',
      ofUs,
      { answers: { 'change-user-password': { outcome: 'denied', summary: 'no right' } } },
      [
        'denied',
        /^the old password of watch stands: no right$/,
        { pending: undefined, settled: undefined, adopted: [] },
      ],
    ],
    [
      'of another is refused: the secret is given the old one again',
      ofBob,
      { answers: { ...shownOld, 'change-user-password': { outcome: 'denied' } } },
      ['denied', /^the old password of bob stands: denied$/, { pending: undefined }],
    ],
    [
      'is refused and the old one is not known: the next attempt will set the one in the secret',
      ofBob,
      { answers: { 'change-user-password': { outcome: 'retry', summary: 'no answer' } } },
      ['retry', /bob-password holds one that is not in force yet$/, { pending: fresh }],
    ],
    [
      'went through though the call failed: the login says so',
      ofUs,
      { answers: { 'change-user-password': { outcome: 'retry' } }, inForce: [fresh] },
      ['done', /let in/, { settled: fresh }],
    ],
    [
      'may be changed yet by a call that did not answer: the new one is kept for the next attempt',
      ofUs,
      { answers: { 'change-user-password': { outcome: 'retry', summary: 'no answer' } } },
      ['retry', /^the old password of watch stands: no answer$/, { pending: fresh, settled: undefined }],
    ],
    [
      'may have been changed: both are kept',
      ofUs,
      { logins: () => 'unknown' },
      ['retry', /^whether the password was changed is not known/, { pending: fresh, settled: undefined }],
    ],
    [
      'was changed, says Juju, and is not let in: that is no success',
      ofUs,
      { logins: (password) => (password === fresh ? 'refused' : undefined) },
      ['rejected', /a login with the new password is refused$/, { settled: undefined, pending: undefined }],
    ],
    [
      'was changed and the old one still works: that is no success, and the new one is in place',
      ofUs,
      { logins: () => 'accepted' },
      ['rejected', /^the old password of watch is still let in$/, { settled: fresh, adopted: [fresh] }],
    ],
    [
      'was kept by an attempt before: that one is set, no other is made',
      ofUs,
      { pending: 'kept-before-012345' },
      ['done', /let in/, { settled: 'kept-before-012345', made: 0 }],
    ],
    [
      'is in force after a crash: it is not set again',
      ofUs,
      { pending: fresh, inForce: [fresh] },
      ['done', /one with the old was refused/, { calls: [], settled: fresh }],
    ],
    [
      'replaces one that is not known: that is said',
      ofBob,
      {},
      ['done', /the old one is not known to Holdfast and was not tried/, { settled: fresh }],
    ],
  ])('%s', async (_, action, given, [outcome, summary, after]) => {
    const place = new Place(given);
    const result = await place.rotate(action);
    expect(result.outcome).toBe(outcome);
    expect(result.summary).toMatch(summary);
    expect(place).toMatchObject(after);
    for (const password of [fresh, former, 'kept-before-012345']) {
      expect(JSON.stringify(result)).not.toContain(password);
      expect(place.calls.join('\n')).not.toContain(password);
    }
  });
});

describe('after a crash', () => {
  const cutOff = { controller: 'prod', state: 'begun', at: '2026-11-22T06:00:00Z' } as const;

  test.each<[string, string, Given, Partial<Place> & { readonly found: string }]>([
    [
      'the new one is put in place where it works',
      'watch',
      { pending: fresh, inForce: [fresh] },
      { found: 'done', settled: fresh, adopted: [fresh] },
    ],
    [
      'the old one stays where it works, and the new one is kept: a process left behind may still set it',
      'watch',
      { pending: fresh },
      { found: 'old', pending: fresh, adopted: [] },
    ],
    ["another's is kept for the next attempt", 'bob', { pending: fresh }, { found: 'old', pending: fresh }],
    [
      'both stay where no login could be tried',
      'watch',
      { pending: fresh, logins: () => 'unknown' },
      { found: 'open', pending: fresh },
    ],
    ['nothing is done where nothing was kept', 'watch', {}, { found: 'old', settled: undefined }],
  ])('%s', async (_, user, given, { found, ...after }) => {
    const place = new Place(given);
    expect(await place.rotator.settle({ ...cutOff, user })).toBe(found);
    expect(place).toMatchObject(after);
    expect(place.calls).toEqual([]);
  });
});

describe('system users', () => {
  const place = { type: 'rotate-system-users', model, application: 'pg' } as const;
  const bySecret: RotationAction = { ...place, by: 'system-users', users: ['operator', 'replication'] };
  const byAction: RotationAction = { ...place, by: 'set-password', users: ['operator'], unit: 'pg/0' };
  const id = { 'show-secret': { stdout: '{"452emdtsa1b64esatsmg":{"revision":1}}' } };

  it('get theirs from a secret that is written, granted and named, in this order', async () => {
    const at = new Place({ answers: { ...isThere, ...id } });
    expect(await at.rotate(bySecret)).toMatchObject({ outcome: 'done' });
    expect(at.calls).toEqual([
      'add-secret -m prod:admin/data holdfast-pg-system-users --file /private/file',
      'update-secret -m prod:admin/data holdfast-pg-system-users --file /private/file',
      'grant-secret -m prod:admin/data holdfast-pg-system-users pg',
      'show-secret -m prod:admin/data holdfast-pg-system-users --format json',
      'config -m prod:admin/data pg system-users=secret:452emdtsa1b64esatsmg',
    ]);
    expect(at.made).toBe(2);
  });

  it.each<[string, Given['answers'], CliOutcome, readonly string[]]>([
    ['written', { 'add-secret': { outcome: 'blocked' } }, 'blocked', ['add-secret']],
    ['granted', { 'grant-secret': { outcome: 'denied' } }, 'denied', ['add-secret', 'grant-secret']],
    [
      'found',
      { 'show-secret': { stdout: 'nothing' } },
      'retry',
      ['add-secret', 'grant-secret', 'show-secret'],
    ],
    [
      'named',
      { ...id, config: { outcome: 'rejected' } },
      'rejected',
      ['add-secret', 'grant-secret', 'show-secret', 'config'],
    ],
  ])('are not told of a secret that could not be %s', async (_, answers, outcome, commands) => {
    const at = new Place({ answers: answers ?? {} });
    expect(await at.rotate(bySecret)).toMatchObject({ outcome, stdout: '' });
    expect(at.commands).toEqual(commands);
  });

  it('whose charm makes theirs up: the result says who can read it, and does not hold it', async () => {
    const stdout = JSON.stringify({
      'pg/0': { status: 'completed', results: { 'operator-password': former } },
    });
    const at = new Place({ answers: { run: { stdout } } });
    const result = await at.rotate(byAction);
    expect(result).toMatchObject({ outcome: 'done', stdout: '' });
    expect(result.summary).toMatch(/whoever may read the model can read it there/);
    expect(at.calls).toEqual([
      'run -m prod:admin/data pg/0 set-password username=operator --format json --utc --wait 10m',
    ]);
    expect(JSON.stringify(result)).not.toContain(former);
  });

  it('whose charm fails and repeats what it made up: that is taken out', async () => {
    const stdout = JSON.stringify({ 'pg/0': { status: 'failed', results: { 'operator-password': former } } });
    const at = new Place({
      answers: { run: { outcome: 'rejected', stdout, summary: `cannot set ${former}` } },
    });
    const result = await at.rotate(byAction);
    expect(result).toMatchObject({
      outcome: 'rejected',
      stdout: '',
      summary: 'the password of operator of pg was not changed: cannot set [secret]',
    });
  });
});
