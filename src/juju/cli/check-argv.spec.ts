import { describe, expect, test } from '@jest/globals';
import { refusal } from './check-argv.js';

const caller = { controller: 'prod', readOnly: false };
const m = ['-m', 'prod:admin/data'];
const c = ['-c', 'prod'];

describe('refusal', () => {
  test.each([
    [['integrate', ...m, 'etcd:peer-certificates', 'ca:certificates']],
    [['remove-relation', ...m, 'etcd', 'ca:certificates']],
    [['config', ...m, 'hydra', 'dev=false']],
    [['config', ...m, 'hydra', 'url=--weird --value\nwith anything']],
    [['config', ...m, '--reset', 'dev', 'hydra']],
    [['model-config', ...m, 'logging-config=<root>=INFO']],
    [['controller-config', ...c, 'auditing-enabled=true']],
    [['disable-user', ...c, 'dave']],
    [['grant', ...c, 'bob', 'read', 'admin/data']],
    [['revoke', ...c, 'bob', 'consume', 'admin/data.database']],
    [['revoke', ...c, 'bob', 'superuser']],
    [['revoke-cloud', ...c, 'bob', 'add-model', 'aws']],
    [['disable-command', ...m, 'destroy-model', 'production: ask first']],
    [['expose', ...m, 'pg', '--endpoints', 'database,', '--to-cidrs', '10.0.0.0/8,::/0']],
    [['trust', ...m, 'pg', '--remove', '--scope=cluster']],
    [['change-user-password', ...c, '--no-prompt', 'bob']],
    [['add-secret', ...m, 'bob-password', '--file', '/var/lib/holdfast/rotation/for-juju-1.yaml']],
    [['update-secret', ...m, 'bob-password', '--file', '/tmp/x.yaml']],
    [['grant-secret', ...m, 'bob-password', 'pg']],
    [['show-secret', ...m, 'bob-password', '--reveal', '--format', 'json']],
    [['run', ...m, 'etcd/leader', 'create-backup', '--format', 'json', '--wait', '10m']],
    [['run', ...m, 'pg/0', 'pg/1', 'pause-unit', 'force=true']],
    [['run', ...m, 'etcd/2', 'resume-refresh', '--format', 'json', '--utc', '--wait', '10m']],
    [['refresh', ...m, 'etcd', '--revision', '183']],
    [['refresh', ...m, 'pg', '--channel', '14/stable', '--trust']],
    [['refresh', ...m, 'pg', '--revision', '9', '--resource', 'image=registry.example:5000/a/b@sha256:12ab']],
    [['refresh', ...m, 'pg', '--resource', 'image=7']],
    [['exec', ...m, '--unit', 'etcd/0', '--format', 'json', '--', 'cat', '--', '/etc/x', '-m', 'evil:m']],
    [['status', '--utc', '--format', 'json', ...m]],
    [['show-model', 'prod:admin/data', '--format', 'json']],
  ])('lets %j through', (argv) => {
    expect(refusal(argv, caller)).toBeUndefined();
  });

  test.each([
    [
      'a command that could destroy',
      ['destroy-model', 'prod:data', '--no-prompt'],
      /no command that Holdfast uses/,
    ],
    ['an alias-like option before the command', ['-m', 'prod:data', 'status'], /no command/],
    ['nothing', [], /no command/],
    ['another controller', ['status', '-m', 'other:admin/data'], /not of the controller prod/],
    ['another controller by option', ['users', '-c', 'other'], /not of the controller prod/],
    ['another controller by argument', ['show-model', 'other:admin/data'], /not of the controller prod/],
    [
      'another controller in the equals form',
      ['status', '--model=other:admin/data'],
      /not of the controller prod/,
    ],
    [
      'a second model that overrides the first',
      ['status', ...m, '-m', 'other:admin/x'],
      /not of the controller prod/,
    ],
    ['no model', ['integrate', 'a:x', 'b:y'], /model is not named/],
    ['no controller', ['disable-user', 'dave'], /controller is not named/],
    ['a model without its controller', ['status', '-m', 'admin/data'], /no value for -m/],
    ['an option that writes a file', ['status', ...m, '-o', '/etc/passwd'], /no option/],
    [
      'an option that lifts a check',
      ['remove-relation', ...m, 'a:x', 'b:y', '--force'],
      /"--force" is no option/,
    ],
    [
      'a resource that is a file',
      ['refresh', ...m, 'pg', '--resource', 'image=/etc/passwd'],
      /no value for --resource/,
    ],
    [
      'a resource that is a file nearby',
      ['refresh', ...m, 'pg', '--resource', 'image=etc/passwd'],
      /no value for --resource/,
    ],
    ['a refresh from a folder', ['refresh', ...m, 'pg', '--path', '/tmp/x'], /"--path" is no option/],
    ['a refresh by force', ['refresh', ...m, 'pg', '--force-units'], /"--force-units" is no option/],
    ['an application that is an option', ['expose', ...m, '--help'], /no option/],
    ['an endpoint with shell in it', ['integrate', ...m, 'a:x', 'b:$(id)'], /no name that may stand there/],
    ['a third end', ['integrate', ...m, 'a:x', 'b:y', 'c:z'], /no name that may stand there/],
    ['a missing end', ['integrate', ...m, 'a:x'], /arguments are missing/],
    ['a level that is none', ['grant', ...c, 'bob', 'root'], /"root"/],
    [
      'a network that is none',
      ['expose', ...m, 'pg', '--to-cidrs', '10.0.0.0/99'],
      /no value for --to-cidrs/,
    ],
    ['a setting whose key is an option', ['config', ...m, 'pg', '--file=x'], /no option/],
    [
      'settings from a file',
      ['config', ...m, 'pg', '--file', '/var/lib/holdfast/x'],
      /"--file" is no option/,
    ],
    ['a secret whose value stands in the arguments', ['add-secret', ...m, 'pw', 'password=x'], /no name/],
    ['a secret from a file above', ['add-secret', ...m, 'pw', '--file', '/a/../b'], /no value for --file/],
    ['a password in the arguments', ['change-user-password', ...c, 'bob', 'hunter2'], /no name/],
    ['a token for a new password', ['change-user-password', ...c, 'bob', '--reset'], /no value for --reset/],
    ['a secret from a file elsewhere', ['add-secret', ...m, 'pw', '--file', 'x'], /no value for --file/],
    ['a zero byte', ['config', ...m, 'pg', 'a=\0'], /zero byte/],
    ['an endless argument', ['config', ...m, 'pg', `a=${'x'.repeat(70_000)}`], /too long/],
    ['an option without its value', ['status', '-m'], /no value for -m/],
  ])('refuses %s', (_, argv, reason) => {
    expect(refusal(argv, caller)).toMatch(reason);
  });

  test('shows a hostile name without its control characters', () => {
    expect(refusal(['integrate', ...m, 'a:x', 'b:\u001b[31m'], caller)).not.toContain('\u001b');
  });
});

describe('a caller that only reads', () => {
  const reader = { controller: 'prod', readOnly: true };

  test.each([
    [['status', ...m, '--format', 'json']],
    [['config', ...m, 'pg', '--format', 'json']],
    [['model-config', ...m, '--format', 'json']],
    [['controller-config', ...c, '--format', 'json']],
    [['users', ...c, '--all', '--exact-time', '--format', 'json']],
    [['disabled-commands', ...m, '--format', 'json']],
  ])('may call %j', (argv) => {
    expect(refusal(argv, reader)).toBeUndefined();
  });

  test.each([
    [['config', ...m, 'pg', 'a=b']],
    [['config', ...m, '--reset', 'a', 'pg']],
    [['model-config', ...m, '--reset=a']],
    [['controller-config', ...c, 'auditing-enabled=false']],
    [['integrate', ...m, 'a:x', 'b:y']],
    [['grant', ...c, 'bob', 'superuser']],
    [['run', ...m, 'a/0', 'backup']],
    [['exec', ...m, '--unit', 'a/0', '--', 'true']],
  ])('may not call %j', (argv) => {
    expect(refusal(argv, reader)).toMatch(/only reads/);
  });
});
