import { describe, expect, it, test } from '@jest/globals';
import { AuditLedger } from './ledger.js';

const at = '2026-11-22T06:00:00Z';

function talk(what: string, who = 'alice', id = 'c1'): string {
  const about = { 'model-name': 'admin/controller', 'model-uuid': 'u', 'connection-id': '1' };
  return JSON.stringify({ conversation: { who, what, when: at, 'conversation-id': id, ...about } });
}

function request(facade: string, method: string, id = 'c1', number = 2): string {
  const about = { 'connection-id': '1', when: at, version: 3 };
  return JSON.stringify({
    request: { 'conversation-id': id, 'request-id': number, facade, method, ...about },
  });
}

function reply(errors: unknown, id = 'c1', number = 2): string {
  return JSON.stringify({ errors: { 'conversation-id': id, 'request-id': number, when: at, errors } });
}

function deedsOf(...lines: readonly string[]) {
  // Of our own users, too: nobody else tells of these.
  const ledger = new AuditLedger(['alice']);
  for (const line of lines) ledger.add(line);
  return ledger.deeds();
}

const backup = [talk('juju create-backup'), request('Backups', 'Create')] as const;
const change = (what: string) => [talk(what), request('UserManager', 'SetPassword')] as const;

describe('what an audit log shows to have been done', () => {
  it('a backup counts from the answer that says that it went well', () => {
    expect(deedsOf(...backup)).not.toHaveProperty('backup');
    expect(deedsOf(...backup, reply(null))).toHaveProperty('backup', at);
    expect(deedsOf(...backup, reply([null]))).toHaveProperty('backup', at);
  });

  test.each<[string, readonly string[]]>([
    ['one that failed', [...backup, reply([{ message: 'no space', code: '' }])]],
    ['the answer to another request', [...backup, reply(null, 'c1', 3)]],
    ['the answer in another conversation', [...backup, reply(null, 'c2')]],
    ['a backup that was only looked at', [talk('juju backups'), request('Backups', 'Info'), reply(null)]],
    ['noise', ['{', '{"errors": 1}', '{"errors": {"errors": "x"}}']],
  ])('%s is none', (_, lines) => {
    expect(deedsOf(...lines)).toEqual({ passwords: {} });
  });

  test.each<[string, string, object]>([
    ['of a named user', 'juju change-user-password bob', { bob: { at, by: 'alice' } }],
    [
      'with the controller named',
      'juju change-user-password -c prod bob --no-prompt',
      { bob: { at, by: 'alice' } },
    ],
    ['of oneself', 'juju change-user-password', { alice: { at, by: 'alice' } }],
    ['of nobody knows whom', 'juju-dashboard', {}],
  ])('a change of a password: %s', (_, what, expected) => {
    const { passwords } = deedsOf(...change(what), reply(null));
    expect(passwords).toEqual(expected);
  });

  it('a strange name is just a name', () => {
    const { passwords } = deedsOf(...change('juju change-user-password __proto__'), reply(null));
    expect(Object.keys(passwords)).toEqual(['__proto__']);
  });

  it('stays the same object while nothing was done', () => {
    const ledger = new AuditLedger([]);
    for (const line of [...backup, reply(null)]) ledger.add(line);
    const before = ledger.deeds();
    ledger.add(talk('juju status', 'bob', 'c9'));
    expect(ledger.deeds()).toBe(before);
  });
});
