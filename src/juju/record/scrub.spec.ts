import { describe, expect, it, test } from '@jest/globals';
import { known } from '../../core/fact.js';
import { readApplication } from '../observe/read-application.js';
import { settingsWithoutSecrets, withoutSecrets } from './scrub.js';

const canary = 'hunter2-canary';
const privateKey = `-----BEGIN RSA PRIVATE KEY-----\n${canary}\n-----END RSA PRIVATE KEY-----`;
const reading = { source: { road: 'api', call: 'Application.Get v19' }, at: '2026-11-22T03:26:48Z' } as const;

const options: readonly (readonly [what: string, name: string, value: unknown])[] = [
  ['a token in a secret option', 'token', canary],
  ['a private key in any option', 'tls-bundle', privateKey],
  ['a private key in base64', 'bundle', Buffer.from(privateKey).toString('base64')],
  ['a password in a URL', 'proxy', `http://user:${canary}@proxy.example:3128`],
  ['a password in a longer text', 'extra', `host=db password=${canary} port=5432`],
  ['a structure under a secret name', 'api-keys', { one: canary }],
];

describe('settings of an application', () => {
  test.each(options)('lose %s, and still read as redacted', (_what, name, value) => {
    const answer = { config: { [name]: { value, source: 'user', type: 'string', default: value } } };
    const clean = withoutSecrets(answer);
    expect(JSON.stringify(clean)).not.toContain(canary);
    expect(JSON.stringify(clean)).not.toContain(Buffer.from(privateKey).toString('base64').slice(40, 80));
    expect(readApplication(reading, clean)).toEqual(readApplication(reading, answer));
  });

  it('keep what is no secret as it is', () => {
    const config = {
      'tls-enabled': { value: true, source: 'default' },
      credentials: { value: 'secret:15d1b6mqg5uqbsifft40', source: 'user' },
      log_level: { value: 'INFO', source: 'default' },
      password: { value: '', source: 'default' },
    };
    expect(withoutSecrets({ config })).toEqual({ config });
  });
});

it('takes out the free text of a model and the contents of credentials', () => {
  const settings = settingsWithoutSecrets({ 'cloudinit-userdata': { Value: canary, Source: 'model' } });
  const credential = withoutSecrets({
    results: [{ result: { 'auth-type': 'userpass', attrs: { a: canary } } }],
  });
  expect(JSON.stringify([settings, credential])).not.toContain(canary);
  expect(credential).toEqual({ results: [{ result: { 'auth-type': 'userpass', attrs: '[removed]' } }] });
});

it('keeps of operations neither commands nor parameters nor results, but the way back from a refresh', () => {
  const task = { action: { name: 'set-password', parameters: { password: canary } } };
  const operation = {
    operation: 'operation-1',
    summary: `exec "login ${canary}"`,
    actions: [
      { ...task, output: { result: `${canary}: \`juju refresh etcd --revision 182\``, password: canary } },
    ],
  };
  const shown = { id: '2', results: { stdout: canary }, log: [canary], unit: 'etcd/0' };
  const clean = withoutSecrets({ results: [operation], shown });
  expect(JSON.stringify(clean)).not.toContain(canary);
  expect(clean).toMatchObject({
    results: [
      { summary: 'exec [removed]', actions: [{ output: { result: 'juju refresh etcd --revision 182' } }] },
    ],
    shown: { id: '2', results: {}, unit: 'etcd/0' },
  });
});

it('leaves the tags and names of other answers alone, though they sound secret', () => {
  const answer = { 'cloud-credential-tag': 'cloudcred-x_admin_default', relations: [{ key: 'etcd:peer' }] };
  expect(known(reading, withoutSecrets(answer))).toEqual(known(reading, answer));
});
