import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { defaultPace } from '../../core/policy/policy.js';
import { loadPolicy } from './load.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-policy-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string, mode = 0o600): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
}

const head = 'kind: Policy\nversion: v1\n';

function load(text: string, credentials: 'required' | 'optional' = 'required') {
  return loadPolicy(write('holdfast.yaml', head + text), { credentials });
}

function complaint(text: string): string {
  try {
    load(text);
  } catch (error) {
    return (error as Error).message.replaceAll(folder, '');
  }
  return 'no complaint';
}

const controller = `
controllers:
  - name: prod
    addresses: [10.0.0.5:17070]
    caFile: ca.pem
    identities:
      observer: { credentialsFile: observer.yaml }
      remediator: { credentialsFile: remediator.json }
`;

function writeFiles(): void {
  write('ca.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  write('observer.yaml', 'username: watcher\npassword: canary-1\n');
  write('remediator.json', '{"username": "mender", "password": "canary-2"}');
}

describe('a policy', () => {
  it('that says nothing only looks, at the default pace', () => {
    const { policy, notes } = load('');
    expect(policy).toMatchObject({ controllers: [], defaults: { mode: 'observe', profile: 'baseline' } });
    expect([policy.pace, notes]).toEqual([defaultPace, []]);
  });

  it('brings in the files that it names, relative to itself', () => {
    writeFiles();
    const [access] = load(controller).policy.controllers;
    expect(access).toMatchObject({
      name: 'prod',
      observer: { user: 'watcher', password: 'canary-1' },
      remediator: { user: 'mender', password: 'canary-2' },
    });
    expect(access?.caCert).toContain('BEGIN CERTIFICATE');
  });

  it('may leave addresses and CA to the credentials file', () => {
    write(
      'observer.yaml',
      'username: w\npassword: p\ncontroller-addresses: "10.0.0.1:17070, 10.0.0.2:17070"\nca-cert: PEM\n',
    );
    const { policy } = load(
      'controllers:\n- name: prod\n  identities: { observer: { credentialsFile: observer.yaml } }\n',
    );
    expect(policy.controllers[0]).toMatchObject({
      addresses: ['10.0.0.1:17070', '10.0.0.2:17070'],
      caCert: 'PEM',
    });
  });

  it('gives durations in seconds', () => {
    expect(load('pace: { poll: 5s, verifyDeadline: 20m }').policy.pace).toEqual({
      ...defaultPace,
      poll: 5,
      verifyDeadline: 1200,
    });
  });

  it('gives the end of a waiver in UTC', () => {
    const waiver =
      '{ id: w, kind: waived, match: { control: A }, reason: r, owner: o, expires: "2027-01-01T01:00:00+01:00" }';
    expect(load(`waivers: [${waiver}]`).policy.waivers[0]?.expires).toBe('2027-01-01T00:00:00Z');
  });

  it('has a hash that follows what it says, not how it is written or what its secrets are', () => {
    writeFiles();
    const before = load(controller).policy.hash;
    write('observer.yaml', 'username: watcher\npassword: changed\n');
    expect(load(`# a remark\n${controller}`).policy.hash).toBe(before);
    expect(load(`${controller}defaults: { mode: propose }`).policy.hash).not.toBe(before);
  });
});

describe('named users', () => {
  it('are nobody where the policy has no such section', () => {
    expect(load('').policy.users).toEqual({ serviceAccounts: [], managed: [], grants: [], offers: [] });
  });

  it('are kept as they are written', () => {
    const { users } = load(`
users:
  superusers: [admin, alice]
  serviceAccounts: [ci-bot]
  managed: [holdfast-remediator]
  grants:
    - match: { controller: prod, model: "data*" }
      levels: { alice: admin, bob: read }
  offers:
    - match: { offer: pg }
      consumers: [carol@idp.example]
`).policy;
    expect(users).toEqual({
      superusers: ['admin', 'alice'],
      serviceAccounts: ['ci-bot'],
      managed: ['holdfast-remediator'],
      grants: [{ match: { controller: 'prod', model: 'data*' }, levels: { alice: 'admin', bob: 'read' } }],
      offers: [{ match: { offer: 'pg' }, consumers: ['carol@idp.example'] }],
    });
  });

  const prod = `${controller}users: `;
  test.each([
    [
      'an unknown key',
      'users: { superuser: [alice] }',
      'users.superuser is unknown (did you mean superusers?)',
    ],
    [
      'a level that Juju does not have',
      'users: { grants: [{ match: {}, levels: { bob: reed } }] }',
      'users.grants[0].levels.bob should be one of none, read, write, admin, not "reed" (did you mean read?)',
    ],
    ['a user without a name', 'users: { serviceAccounts: [" "] }', 'users.serviceAccounts[0]: is empty'],
    [
      'a grant that says not where',
      'users: { grants: [{ levels: { bob: read } }] }',
      'users.grants[0].match is missing',
    ],
    [
      'a pattern in a grant that only offers know',
      'users: { grants: [{ match: { offer: pg }, levels: {} }] }',
      'users.grants[0].match.offer is unknown',
    ],
    [
      'somebody who is named twice',
      'users: { superusers: [admin, bob, admin] }',
      'users.superusers[2] "admin" is named there already',
    ],
    [
      'a password that is not kept by Juju',
      'users: { managed: [fixer, bob@idp] }',
      'users.managed[1] "bob@idp" belongs to an identity provider',
    ],
    [
      'a controller that the policy does not have',
      `${prod}{ grants: [{ match: { controller: prdo }, levels: { bob: read } }] }`,
      'users.grants[0].match.controller "prdo" matches no controller of the policy (did you mean prod?)',
    ],
    [
      'the same for offers',
      `${prod}{ offers: [{ match: { controller: lab }, consumers: [bob] }] }`,
      'users.offers[0].match.controller "lab" matches no controller of the policy',
    ],
  ])('with %s are refused with the path', (_name, text, expected) => {
    expect(complaint(text)).toContain(expected);
  });

  test.each([
    ['a pattern that fits a controller', `${prod}{ grants: [{ match: { controller: "pr*" }, levels: {} }] }`],
    [
      'any controller, where the policy has none',
      'users: { grants: [{ match: { controller: x }, levels: {} }] }',
    ],
  ])('may name %s', (_name, text) => {
    writeFiles();
    expect(complaint(text)).toBe('no complaint');
  });
});

describe('mistakes', () => {
  test.each([
    ['an unknown key', 'rulez: []', 'rulez is unknown (did you mean rules?)'],
    [
      'an unknown key deep inside',
      'rules: [{ match: { aplication: x } }]',
      'rules[0].match.aplication is unknown (did you mean application?)',
    ],
    [
      'an unknown key like no other',
      'defaults: { zzz: 1 }',
      'defaults.zzz is unknown: mode, profile, disruptive are known here',
    ],
    [
      'a word that is none',
      'defaults: { mode: enforced }',
      'defaults.mode should be one of observe, propose, enforce, not "enforced" (did you mean enforce?)',
    ],
    ['something missing', 'rules: [{}]', 'rules[0].match is missing'],
    ['the wrong kind', 'rules: {}', 'rules should be a list, not a group of keys'],
    ['no duration', 'pace: { poll: 15 }', 'pace.poll should be a text, not a number'],
    ['a duration without unit', 'pace: { poll: "15" }', 'pace.poll: write a number and ms, s, m, h, d or w'],
    [
      'a waiver over everything',
      'waivers: [{ id: w, kind: waived, match: {}, reason: r, owner: o, expires: "2027-01-01T00:00:00Z" }]',
      'waivers[0].match: would waive everything',
    ],
    [
      'a time without zone',
      'waivers: [{ id: w, kind: waived, match: { control: A }, reason: r, owner: o, expires: "2027-01-01" }]',
      'waivers[0].expires: write a time with its zone',
    ],
    ['broken YAML', 'rules: [', 'at line 3, column 9'],
    [
      'no address',
      'controllers: [{ name: a, addresses: [nowhere], identities: { observer: { credentialsFile: f } } }]',
      'controllers[0].addresses[0]: write host:port',
    ],
  ])('%s is named with its path', (_name, text, expected) => {
    expect(complaint(text)).toContain(expected);
  });

  it('are told all at once', () => {
    const told = complaint('rulez: []\npace: { poll: fast, quiet: 1s, polll: 1s }\n');
    expect(
      told
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(/ |:/)[0]),
    ).toEqual(['pace.poll', 'pace.polll', 'rulez']);
  });

  it('of the named files are told together with those of the policy', () => {
    write('observer.yaml', 'username: w\npassword: p\n', 0o644);
    const told = complaint(
      `${controller}waivers: [{ id: w, kind: waived, match: {}, reason: r, owner: o, expires: "2027-01-01T00:00:00Z" }]`,
    );
    expect(told).toContain('waivers[0].match: would waive everything');
    expect(told).toContain(
      'controllers[0].identities.observer: /observer.yaml may be read by others (mode 644): chmod 600 it',
    );
    expect(told).toContain(
      'controllers[0].identities.remediator: /remediator.json cannot be read: there is no such file',
    );
    expect(told).toContain('controllers[0].caFile: /ca.pem cannot be read');
  });

  test.each([
    [
      'client credentials',
      'client-id: a\nclient-secret: canary-9\n',
      'client-id and client-secret are not supported yet',
    ],
    ['an unknown key', 'username: a\npasword: canary-9\n', 'pasword is unknown (did you mean password?)'],
    ['no YAML', 'username: "canary-9\n', 'is neither YAML nor JSON'],
    ['a list', '- canary-9\n', 'should be a group of keys'],
  ])('of credentials (%s) are told without quoting them', (_name, content, expected) => {
    writeFiles();
    write('observer.yaml', content);
    expect(complaint(controller)).toContain(expected);
    expect(complaint(controller)).not.toContain('canary');
  });

  it('of credentials are notes where another source is read', () => {
    const { policy, notes } = load(controller, 'optional');
    expect(policy.controllers).toEqual([]);
    expect(notes.length).toBe(3);
  });
});
