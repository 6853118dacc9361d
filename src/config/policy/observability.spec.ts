import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { loadPolicy } from './load.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-stacks-'));
  write('token', 'hunter2-canary\n', 0o600);
  write('open', 'hunter2-canary\n', 0o644);
  write('login.yaml', 'username: holdfast\npassword: hunter2-canary\n', 0o600);
  write('ca.pem', '-----BEGIN CERTIFICATE-----\n', 0o644);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string, mode: number): void {
  writeFileSync(join(folder, name), content, { mode });
}

function load(text: string, credentials: 'optional' | 'required' = 'required') {
  const file = join(folder, 'holdfast.yaml');
  writeFileSync(file, `kind: Policy\nversion: v1\n${text}`);
  return loadPolicy(file, { credentials });
}

function complaint(text: string): string {
  try {
    load(text);
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '');
  }
  return 'no complaint';
}

const stack = (more: string): string => `observability: [{ name: cos, ${more} }]`;
const loki = 'loki: { url: "https://cos/loki" }';

describe('the stacks of a policy', () => {
  it('are none where it says nothing', () => {
    expect(load('').policy.observability).toBeUndefined();
  });

  it('are taken with what was left out', () => {
    expect(load(stack(loki)).policy.observability).toEqual([
      {
        name: 'cos',
        match: {},
        interval: 120,
        maxAge: 600,
        servers: { loki: { url: 'https://cos/loki', access: {} } },
      },
    ]);
  });

  it('are taken with all that can be said of them', () => {
    const { policy } = load(`
observability:
  - name: cos
    match: { model: "data-*", application: "etcd*" }
    interval: 30s
    maxAge: 5m
    prometheus: { url: "https://cos/prometheus-0", caFile: ca.pem, bearerTokenFile: token, tenant: team-a }
    loki: { url: "http://127.0.0.1:3100", credentialsFile: login.yaml }
    alertmanager: { url: "http://cos/alertmanager", proxy: "http://proxy:3128" }
`);
    expect(policy.observability).toEqual([
      {
        name: 'cos',
        match: { model: 'data-*', application: 'etcd*' },
        interval: 30,
        maxAge: 300,
        servers: {
          prometheus: {
            url: 'https://cos/prometheus-0',
            tenant: 'team-a',
            access: { caCert: '-----BEGIN CERTIFICATE-----\n', bearerToken: 'hunter2-canary' },
          },
          loki: {
            url: 'http://127.0.0.1:3100',
            access: { login: { user: 'holdfast', password: 'hunter2-canary' } },
          },
          alertmanager: { url: 'http://cos/alertmanager', access: { proxy: 'http://proxy:3128' } },
        },
      },
    ]);
  });

  it('do not change the name of the policy with a secret', () => {
    const text = stack('loki: { url: "https://cos", bearerTokenFile: token }');
    const before = load(text).policy.hash;
    write('token', 'another', 0o600);
    expect(load(text).policy.hash).toBe(before);
  });
});

describe('a mistake', () => {
  test.each<[string, string, string]>([
    ['no server', stack('match: {}'), 'names no server: give at least one of prometheus, loki, alertmanager'],
    ['no URL', stack('loki: { url: cos }'), 'write a URL that begins with http:// or https://'],
    [
      'a password in a URL',
      stack('loki: { url: "https://a:hunter2-canary@cos" }'),
      'holds a user or a password',
    ],
    ['a key that is none', stack('loki: { url: "https://cos", token: x }'), 'token'],
    ['a tenant of Alertmanager', stack('alertmanager: { url: "https://cos", tenant: x }'), 'tenant'],
    ['readings that come too often', stack(`${loki}, interval: 1s`), 'interval: should be from 15s to 3600s'],
    [
      'what is never believed',
      stack(`${loki}, interval: 10m, maxAge: 10m`),
      'maxAge: should be longer than interval',
    ],
    [
      'a name that is taken',
      `observability: [{ name: cos, ${loki} }, { name: cos, ${loki} }]`,
      'observability[1].name "cos" is taken by observability[0] already',
    ],
    [
      'a secret for everybody',
      stack('loki: { url: "https://cos", bearerTokenFile: open }'),
      'open may be read by others (mode 644): chmod 600 it',
    ],
    ['a secret in the clear', stack('loki: { url: "http://cos", bearerTokenFile: token }'), 'is not https'],
    [
      'two secrets',
      stack('loki: { url: "https://cos", bearerTokenFile: token, credentialsFile: login.yaml }'),
      'give either a bearerTokenFile or a credentialsFile',
    ],
    [
      'a file that is not there',
      stack('loki: { url: "https://cos", caFile: gone.pem }'),
      'observability: cos: loki: ',
    ],
    [
      'no certificate',
      stack('loki: { url: "https://cos", caFile: token }'),
      'token holds no PEM certificate',
    ],
    [
      'a controller that is not there',
      `controllers: [{ name: prod }]\n${stack(`${loki}, match: { controller: prodd }`)}`,
      'observability: cos: match.controller',
    ],
  ])('is told: %s', (_name, text, told) => {
    const said = complaint(text);
    expect(said).toContain(told);
    expect(said).not.toContain('hunter2-canary');
  });

  it('with the files of one server leaves the others, where files may be missing', () => {
    const text = stack(`${loki}, prometheus: { url: "https://cos", bearerTokenFile: gone }`);
    const { policy, notes } = load(text, 'optional');
    expect(Object.keys(policy.observability?.[0]?.servers ?? {})).toEqual(['loki']);
    expect(notes[0]).toMatch(/^observability: cos: prometheus: /);
    const alone = load(stack('prometheus: { url: "https://cos", bearerTokenFile: gone }'), 'optional');
    expect(alone.policy.observability).toBeUndefined();
  });
});
