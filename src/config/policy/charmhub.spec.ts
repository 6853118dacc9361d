import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { loadPolicy } from './load.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-policy-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function load(text: string) {
  const file = join(folder, 'holdfast.yaml');
  writeFileSync(file, `kind: Policy\nversion: v1\n${text}\n`);
  return loadPolicy(file, { credentials: 'required' }).policy;
}

describe('whether Charmhub is asked', () => {
  test.each<[string, string, object]>([
    [
      'it is once the policy names it, once a day',
      'charmhub: {}',
      { mode: 'live', every: 86_400, atOnce: 2 },
    ],
    ['as often as said', 'charmhub: { every: 12h, atOnce: 4 }', { mode: 'live', every: 43_200, atOnce: 4 }],
    ['never offline', 'charmhub: { mode: offline }', { mode: 'offline' }],
  ])('%s', (_, text, expected) => {
    expect(load(text).charmhub).toMatchObject(expected);
  });

  it('it is not where the policy says nothing', () => {
    expect(load('')).not.toHaveProperty('charmhub');
  });

  test.each<[string, string, RegExp]>([
    [
      'not more often than every hour',
      'charmhub: { every: 5m }',
      /charmhub\.every: may not be shorter than 1h/,
    ],
    ['not for an unknown mode', 'charmhub: { mode: always }', /charmhub\.mode/],
    ['not all at once', 'charmhub: { atOnce: 100 }', /charmhub\.atOnce/],
  ])('%s', (_, text, says) => {
    expect(() => load(text)).toThrow(says);
  });
});

it('data that the policy names are beside it', () => {
  expect(load('data: knowledge').dataDir).toBe(join(folder, 'knowledge'));
  expect(load('data: /srv/data').dataDir).toBe('/srv/data');
});
