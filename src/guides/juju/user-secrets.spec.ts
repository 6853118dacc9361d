import { describe, expect, it, test } from '@jest/globals';
import type { Dict } from '../../core/dict.js';
import { messages, verdicts } from '../../../test/support/verdicts.js';
import { application, judge, model, prod, unknownFact } from '../../../test/support/world.js';
import { plainSecrets } from './user-secrets.js';

describe('JUJU-USER-05 plain secrets', () => {
  const app = (config: Dict<unknown>) =>
    prod({ models: { data: model({ applications: { app: application({ config }) } }) } });

  test.each([
    ['nothing set passes', {}, 'pass AsRequired'],
    [
      'a token in plain text fails',
      { token: { redacted: true, source: 'user', type: 'string' } },
      'fail SecretInPlainConfig',
    ],
    [
      'a password whose value was kept fails too',
      { 'admin-password': 'hunter2' },
      'fail SecretInPlainConfig',
    ],
    [
      'what was redacted for its value fails under any name',
      { connection: { value: 'db://u:[redacted]@h', redacted: true, source: 'user' } },
      'fail SecretInPlainConfig',
    ],
    ['a default is nobody’s secret', { token: { value: 'x', source: 'default' } }, 'pass AsRequired'],
    ['an unset option passes', { token: { source: 'unset' } }, 'pass AsRequired'],
    ['an empty option passes', { token: { value: '', source: 'user' } }, 'pass AsRequired'],
    [
      'a reference to a Juju secret passes',
      { 'access-key': 'secret:8t8icjaotp33aol24av0' },
      'pass AsRequired',
    ],
    [
      'an option of type secret passes',
      { credentials: { redacted: true, source: 'user', type: 'secret' } },
      'pass AsRequired',
    ],
    [
      'an option that only speaks of passwords passes',
      { 'instance-password-encryption': 'md5' },
      'pass AsRequired',
    ],
    [
      'a private key in plain text fails',
      { tls_private_key: { redacted: true, source: 'user' } },
      'fail SecretInPlainConfig',
    ],
  ])('%s', (_, config, expected) => {
    expect(verdicts(judge(plainSecrets, app(config)))).toEqual([expected]);
  });

  it('believes the policy that an option holds no secret', () => {
    expect(
      verdicts(judge(plainSecrets, app({ token: 'name' }), { params: { harmless: ['token'] } })),
    ).toEqual(['pass AsRequired']);
  });

  it('names the option and never its value', () => {
    const findings = judge(plainSecrets, app({ 'admin-password': 'hunter2' }));
    expect(messages(findings)).toContain('admin-password');
    expect(JSON.stringify(findings[0]!.judgement)).not.toContain('hunter2');
  });

  it('is unknown without the configuration', () => {
    const config = unknownFact('not in a status file', 'model read');
    const snapshot = prod({ models: { data: model({ applications: { app: application({ config }) } }) } });
    expect(verdicts(judge(plainSecrets, snapshot))).toEqual(['unknown PermissionMissing']);
  });
});
