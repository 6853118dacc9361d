import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, test } from '@jest/globals';
import { rotationOfApplication, rotationOfUser } from '../../core/policy/rotation.js';
import { loadPolicy } from './load.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-rotation-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function load(text: string) {
  const file = join(folder, 'holdfast.yaml');
  writeFileSync(file, `kind: Policy\nversion: v1\n${text}`);
  return loadPolicy(file, { credentials: 'optional' }).policy;
}

it('is off unless the policy says so', () => {
  expect(load('').rotation).toBeUndefined();
});

it('names users and system users; the last entry that speaks of one counts', () => {
  const { rotation = [] } = load(`
rotation:
  - { match: { controller: "pr*", user: "svc-*" }, every: 90d }
  - { match: { user: svc-backup }, every: 30d, secret: "admin/secrets:svc-backup" }
  - { match: { controller: prod, model: data, application: pg }, users: [operator], every: 1w }
`);
  const of = (user: string, controller = 'prod') => rotationOfUser(rotation, { controller, user });
  expect(of('svc-web')).toMatchObject({ every: 90 * 86_400 });
  expect(of('svc-backup')).toMatchObject({
    every: 30 * 86_400,
    secret: { owner: 'admin', model: 'secrets', name: 'svc-backup' },
  });
  expect([of('svc-web', 'other'), of('anna')]).toEqual([undefined, undefined]);
  const place = { controller: 'prod', model: 'data', application: 'pg' };
  expect(rotationOfApplication(rotation, place)).toMatchObject({ users: ['operator'], every: 7 * 86_400 });
  for (const elsewhere of [{ model: 'web' }, { controller: 'lab' }, { application: 'etcd' }])
    expect(rotationOfApplication(rotation, { ...place, ...elsewhere })).toBeUndefined();
});

test.each([
  [
    '{ match: {}, every: 1d }',
    'match: names either a user of a controller or an application with system users',
  ],
  [
    '{ match: { user: bob, application: pg }, users: [operator], every: 1d }',
    'match: names either a user of a controller or an application with system users',
  ],
  [
    '{ match: { user: bob, model: data }, every: 1d }',
    'match.model: goes with an application; users belong to controllers',
  ],
  [
    '{ match: { application: pg }, every: 1d }',
    'users: goes with an application, and an application with it: name its system users',
  ],
  ['{ match: { application: pg }, users: [], every: 1d }', 'users: names nobody'],
  ['{ match: { user: bob } }', 'every is missing'],
  ['{ match: { user: bob }, every: soon }', 'every: write a number'],
  ['{ match: { user: bob }, every: 1d, secret: bob-password }', 'secret: write owner/model:name'],
  [
    '{ match: { user: "svc-*" }, every: 1d, secret: "admin/secrets:svc" }',
    'secret: keeps the password of one user: name him in match, without * or ?',
  ],
])('%s is a mistake', (entry, mistake) => {
  expect(() => load(`rotation: [${entry}]\n`)).toThrow(`rotation[0].${mistake}`);
});
