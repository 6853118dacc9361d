import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { controllerCertificate } from '../../../test/support/certificate.js';
import { inspectPolicy, loadPolicy } from './load.js';

let folder: string;
const token = 'anna-0123456789abcdef0123456789';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-web-'));
  const [own, other] = await Promise.all([controllerCertificate(), controllerCertificate()]);
  const secret = {
    anna: token,
    again: token,
    vera: 'vera-0123456789abcdef0123456789',
    short: 'geheim',
    two: 'geheim-geheim-geheim-geheim\ngeheim',
    client: 'geheim-of-the-client',
    'page.key': own.key,
    'other.key': other.key,
  };
  for (const [name, text] of Object.entries(secret))
    writeFileSync(join(folder, name), `${text}\n`, { mode: 0o600 });
  for (const [name, text] of Object.entries({ open: token, 'page.crt': own.cert, 'ca.pem': own.caCert }))
    writeFileSync(join(folder, name), `${text}\n`, { mode: 0o644 });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function policyWith(web: string): string {
  const file = join(folder, 'holdfast.yaml');
  writeFileSync(file, `kind: Policy\nversion: v1\nweb: ${web}\n`);
  return file;
}

const oidc = (more = ''): string =>
  `oidc: { issuer: 'https://id.example', clientId: holdfast, roles: { approver: [ops] }${more} }, url: 'https://holdfast.example'`;

describe('web in a policy', () => {
  it('brings tokens by their digest, TLS files by their path, and what is usual for the rest', () => {
    const file = policyWith(
      '{ tokens: [{ name: anna, file: anna, role: approver }], tls: { certFile: page.crt, keyFile: page.key }, session: 1h }',
    );
    const { policy, mistakes, notes } = inspectPolicy(file);
    expect([mistakes, notes]).toEqual([[], []]);
    expect(policy.web).toEqual({
      tokens: [{ name: 'anna', role: 'approver', digest: createHash('sha256').update(token).digest('hex') }],
      tls: { certFile: join(folder, 'page.crt'), keyFile: join(folder, 'page.key') },
      ...{ hosts: [], session: 3600, proxied: false, metrics: 'open' },
    });
    expect(JSON.stringify(policy)).not.toContain(token);
  });

  it('brings an identity provider with the secret of its file', () => {
    const { policy, notes } = inspectPolicy(
      policyWith(`{ ${oidc(', clientSecretFile: client, caFile: ca.pem, scopes: [groups]')} }`),
    );
    expect(notes).toEqual([]);
    expect(policy.web).toMatchObject({
      url: 'https://holdfast.example',
      oidc: {
        clientSecret: 'geheim-of-the-client',
        scopes: ['openid', 'groups'],
        ...{ nameClaim: 'email', roleClaim: 'groups', roles: { approver: ['ops'], viewer: [] } },
      },
    });
  });

  test.each<[string, string, RegExp]>([
    [
      'a token that can be found by trying',
      '{ tokens: [{ name: a, file: short, role: viewer }] }',
      /tokens\[0\]: short: a token is at least 20 letters .*openssl rand -hex 32$/,
    ],
    ['a token that others may read', '{ tokens: [{ name: a, file: open, role: viewer }] }', /chmod 600 it$/],
    [
      'a token of two lines',
      '{ tokens: [{ name: a, file: two, role: viewer }] }',
      /one line is expected: write nothing but the secret into it$/,
    ],
    ['no such file', '{ tokens: [{ name: a, file: none, role: viewer }] }', /none/],
    [
      'one token for two',
      '{ tokens: [{ name: a, file: anna, role: viewer }, { name: b, file: again, role: approver }] }',
      /a and b have the same name or the same token$/,
    ],
    [
      'two tokens of one name',
      '{ tokens: [{ name: a, file: anna, role: viewer }, { name: a, file: vera, role: approver }] }',
      /a and a have the same name or the same token$/,
    ],
    [
      'the key of another certificate',
      '{ tls: { certFile: page.crt, keyFile: other.key } }',
      /other\.key is not the key of the certificate in .*page\.crt: name the two that belong together$/,
    ],
    ['no certificate', '{ tls: { certFile: anna, keyFile: page.key } }', /holds no certificate in PEM form$/],
    ['no key', '{ tls: { certFile: page.crt, keyFile: anna } }', /holds no private key in PEM form$/],
    ['a CA that is none', `{ ${oidc(', caFile: anna')} }`, /oidc: .*anna holds no certificate in PEM form$/],
  ])(
    'says in one sentence that there is %s, and the daemon does not start with it',
    (_what, web, expected) => {
      const file = policyWith(web);
      const { notes } = inspectPolicy(file);
      expect(notes).toEqual([expect.stringMatching(expected)]);
      expect(notes.join('')).not.toMatch(/geheim|0123456789/);
      expect(() => loadPolicy(file, { credentials: 'required' })).toThrow('web: ');
    },
  );

  test.each<[string, string, string]>([
    [
      'a role that there is not',
      '{ tokens: [{ name: a, file: anna, role: admin }] }',
      'web.tokens[0].role should be one of viewer, approver, not "admin"',
    ],
    [
      'a token in the policy itself',
      `{ tokens: [{ name: a, token: ${token}, role: viewer }] }`,
      'web.tokens[0].',
    ],
    [
      'an issuer in clear',
      "{ oidc: { issuer: 'http://id.example', clientId: x, roles: { viewer: ['*'] } }, url: 'https://h' }",
      'web.oidc.issuer: write an https URL',
    ],
    [
      'a provider that sends people nowhere',
      "{ oidc: { issuer: 'https://id.example', clientId: x, roles: { viewer: ['*'] } } }",
      'web.url: goes with oidc',
    ],
    [
      'a provider that lets nobody in',
      "{ oidc: { issuer: 'https://id.example', clientId: x, roles: {} }, url: 'https://h' }",
      'web.oidc.roles: lets nobody in',
    ],
    ['a path in the URL', "{ url: 'https://holdfast.example/page' }", 'web.url: write scheme and host'],
    ['a host with its port', "{ hosts: ['holdfast:8420'] }", 'web.hosts[0]: write a host name without port'],
    ['a typing error', '{ proxed: true }', 'web'],
  ])('refuses %s', (_what, web, expected) => {
    const { mistakes } = inspectPolicy(policyWith(web));
    expect(mistakes.length).toBeGreaterThan(0);
    expect(mistakes[0]).toContain(expected);
    expect(mistakes.join('')).not.toContain(token);
  });
});
