import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { defaultNotifyPace } from '../../core/policy/notify.js';
import { inspectPolicy } from './load.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-notify-'));
  for (const [name, text] of Object.entries({
    slack: 'https://hooks.example/T/B/secret',
    key: 'a key of some length',
    short: 'short',
    token: 'a-token',
    proxy: 'http://anna:pass@proxy:3128',
    login: 'username: anna\npassword: geheim',
    ca: '-----BEGIN CERTIFICATE-----',
  }))
    writeFileSync(join(folder, name), `${text}\n`, { mode: 0o600 });
  writeFileSync(join(folder, 'open'), 'https://hooks.example/T/B/secret\n', { mode: 0o644 });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function inspect(notify: string): ReturnType<typeof inspectPolicy> {
  const file = join(folder, 'holdfast.yaml');
  writeFileSync(file, `kind: Policy\nversion: v1\nnotify:\n${notify.replace(/^/gm, '  ')}\n`);
  return inspectPolicy(file);
}

const target = (keys: string): string => `targets: [{ name: x, ${keys} }]`;

describe('notify in a policy', () => {
  it('brings targets with what their files hold, routes, digests and paces', () => {
    const { policy, mistakes, notes } = inspect(`gather: 5s
link: https://holdfast.example
targets:
  - { name: am, type: alertmanager, urls: ['https://am:9093'], caFile: ca, bearerTokenFile: token }
  - { name: chat, type: slack, urlFile: slack, proxyFile: proxy }
  - { name: siem, type: webhook, url: 'https://siem/in', secretFile: key, credentialsFile: login }
  - { name: mail, type: email, host: smtp, from: a@example.org, to: [b@example.org], credentialsFile: login }
routes: [{ match: { severity: high, about: [finding] }, to: [am] }]
digests: [{ name: weekly, cron: '0 8 * * 1', to: [mail] }]`);
    expect([mistakes, notes]).toEqual([[], []]);
    expect(policy.notify).toEqual({
      targets: [
        {
          type: 'alertmanager',
          name: 'am',
          urls: ['https://am:9093'],
          access: { caCert: '-----BEGIN CERTIFICATE-----\n', bearerToken: 'a-token' },
        },
        {
          type: 'slack',
          name: 'chat',
          url: 'https://hooks.example/T/B/secret',
          access: { proxy: 'http://anna:pass@proxy:3128/' },
        },
        {
          type: 'webhook',
          name: 'siem',
          url: 'https://siem/in',
          secret: 'a key of some length',
          access: { login: { user: 'anna', password: 'geheim' } },
        },
        {
          type: 'email',
          name: 'mail',
          host: 'smtp',
          port: 587,
          security: 'starttls',
          from: 'a@example.org',
          to: ['b@example.org'],
          login: { user: 'anna', password: 'geheim' },
        },
      ],
      routes: [{ match: { severity: 'high', about: ['finding'] }, to: ['am'] }],
      digests: [{ name: 'weekly', cron: '0 8 * * 1', timeZone: 'UTC', match: {}, to: ['mail'] }],
      pace: { ...defaultNotifyPace, gather: 5 },
      link: 'https://holdfast.example',
    });
  });

  test.each<[string, string, RegExp]>([
    [
      'a secret that others can read',
      target('type: slack, urlFile: open'),
      /may be read by others \(mode 644\): chmod 600/,
    ],
    ['a file that is not there', target('type: slack, urlFile: none'), /there is no such file/],
    ['a short key', target("type: webhook, url: 'https://x', secretFile: short"), /16 characters or more/],
    [
      'a secret over an open connection',
      target("type: webhook, url: 'http://siem', bearerTokenFile: token"),
      /is not https/,
    ],
    [
      'a password over an open connection',
      target(
        'type: email, host: x, security: none, from: a@example.org, to: [a@example.org], credentialsFile: login',
      ),
      /unencrypted/,
    ],
    [
      'two ways to log in',
      target("type: webhook, url: 'https://x', bearerTokenFile: token, credentialsFile: login"),
      /either/,
    ],
    ['a CA that is none', target("type: webhook, url: 'https://x', caFile: key"), /no PEM certificate/],
  ])('leaves out a target with %s, and says why without quoting it', (_what, keys, expected) => {
    const { policy, mistakes, notes } = inspect(keys);
    expect(mistakes).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(expected)]);
    expect(notes.join('')).not.toMatch(/hooks\.example|a-token|geheim/);
    expect(policy.notify?.targets).toEqual([]);
  });

  test.each<[string, string, string]>([
    [
      'a password in a URL',
      target("type: webhook, url: 'https://anna:geheim@x'"),
      'notify.targets[0].url: holds a user or a password: write these into a file of mode 0600',
    ],
    [
      'another scheme',
      target("type: webhook, url: 'ftp://x'"),
      'notify.targets[0].url: write a URL that begins with http:// or https://',
    ],
    [
      'a route to nobody',
      `${target('type: slack, urlFile: slack')}\nroutes: [{ to: [y] }]`,
      'notify.routes[0].to: "y" is no target',
    ],
    [
      'a digest for an Alertmanager',
      `${target("type: alertmanager, urls: ['https://am']")}\ndigests: [{ name: d, cron: '0 8 * * *', to: [x] }]`,
      'notify.digests[0].to: "x" is an Alertmanager, which takes no digests',
    ],
    [
      'a time that never comes',
      `${target('type: slack, urlFile: slack')}\ndigests: [{ name: d, cron: '0 8 31 2 *', to: [x] }]`,
      'notify.digests[0].cron: "0 8 31 2 *" never comes: there is no such day; name another one',
    ],
    [
      'two targets of one name',
      'targets: [{ name: x, type: slack, urlFile: slack }, { name: x, type: slack, urlFile: slack }]',
      'notify.targets[1].name: "x" is taken already',
    ],
    [
      'a wrong pace',
      `${target('type: slack, urlFile: slack')}\ngather: 2h`,
      'notify.gather: should be from 1s to 3600s',
    ],
  ])('refuses %s', (_what, keys, expected) => {
    expect(inspect(keys).mistakes).toEqual([expected]);
  });
});
