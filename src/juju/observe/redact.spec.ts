import { describe, expect, it, test } from '@jest/globals';
import { isSecretName, redact } from './redact.js';

const uri = 'secret:8t8icjaotp33aol24av0';
const pem = '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----';

describe('option names', () => {
  test.each([
    'password',
    'admin-password',
    'db_passwd',
    'client-secret',
    'token',
    'api_token',
    'secret-key',
    'access-key',
    'registration-key',
    'tls-private-key',
    'ssl_key',
    'credentials',
    'apiKey',
    'object-store-s3-static-secret',
  ])('%s looks like a secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each([
    'password_encryption',
    'instance-password-encryption',
    'oauth-token-endpoint',
    'login-token-refresh-url',
    'token-endpoint-auth-method',
    'ssl-public-key',
    'authorized-keys',
    'system-ssh-keys',
    'initial_cookie_secret_id',
    'keyspace-name',
    'username',
    'tls-ca-chain',
    'secret-backend',
    'password-length',
    'token-ttl',
    'endpoint',
    'mode',
    'monkey',
    'identity-public-key',
  ])('%s does not', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('values', () => {
  test.each<[string, string, unknown]>([
    ['a secret’s URI', 'credentials', uri],
    ['a switch', 'jwt_access_tokens', true],
    ['a number', 'token', 7],
    ['an empty text', 'password', ''],
    ['an unset option', 'password', null],
    ['a mode', 'instance_password_encryption', 'scram-sha-256'],
    ['an endpoint', 'endpoint', 'https://s3.example.internal'],
    ['a filter', 'ldap_search_filter', '(uid=$username)'],
    ['a certificate', 'tls-ca-chain', '-----BEGIN CERTIFICATE-----\nMIIB'],
    ['a harmless list', 'resource-tags', { owner: 'me' }],
  ])('%s is kept', (_, name, value) => {
    expect(redact(name, value)).toEqual({ value });
  });

  test.each<[string, string, unknown]>([
    ['a password', 'admin-password', 'canary'],
    ['a token that only pretends to be a secret’s URI', 'token', 'secret:canary'],
    ['a private key under any name', 'config', pem],
    ['a private key in base64', 'tls-file', Buffer.from(pem).toString('base64')],
    ['a list of secrets', 'tokens', ['canary']],
    [
      'what nests deeper than can be written down',
      'resource-tags',
      JSON.parse('['.repeat(30_000) + ']'.repeat(30_000)),
    ],
    ['a list with a password in it', 'extra', { dsn: 'postgres://u:canary@db' }],
  ])('%s is dropped', (_, name, value) => {
    expect(redact(name, value)).toEqual({ redacted: true });
  });

  test.each([
    ['https://user:canary@proxy:3128/', 'https://[redacted]@proxy:3128/'],
    ['host=db password=canary user=x', 'host=db password=[redacted] user=x'],
    ['a: 1\napi_key: "canary"\nb: 2', 'a: 1\napi_key: "[redacted]"\nb: 2'],
  ])('a password inside a longer text is blanked out: %j', (value, clean) => {
    expect(redact('settings', value)).toEqual({ value: clean, redacted: true });
  });

  it('takes linear time on hostile text', () => {
    const begun = performance.now();
    redact('settings', `${'a://'.repeat(50_000)}${'password='.repeat(20_000)}`);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});
