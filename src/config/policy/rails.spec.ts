import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { settingsResolver } from '../../core/policy/resolve.js';
import { defaultRails, defaultRetention } from '../../core/policy/rails.js';
import { loadPolicy } from './load.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-rails-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function load(text: string) {
  const file = join(folder, 'holdfast.yaml');
  writeFileSync(file, `kind: Policy\nversion: v1\n${text}`);
  return loadPolicy(file, { credentials: 'optional' }).policy;
}

function complaint(text: string): string {
  try {
    load(text);
  } catch (error) {
    return (error as Error).message.replaceAll(folder, '');
  }
  return 'no complaint';
}

const window = (more: string): string =>
  `windows: [{ name: nights, kind: allow, cron: "0 2 * * *", duration: 2h, timeZone: UTC, ${more} }]`;
const target = { kind: 'application', controller: 'prod', model: 'data', application: 'etcd' } as const;

describe('the safety rails of a policy', () => {
  it('are the default ones where it says nothing', () => {
    const policy = load('');
    expect([policy.windows, policy.limits, policy.managedBy, policy.retention]).toEqual([
      [],
      [],
      [],
      defaultRetention,
    ]);
    expect(settingsResolver(policy)(target, 'g', 'C').rails).toEqual(defaultRails);
  });

  it('are limits, the later ones winning key by key, durations in seconds', () => {
    const policy = load(`
limits:
  - { applications: 2, perHour: 4, attemptWindow: 12h, rollback: never }
  - { match: { application: etcd }, applications: 1, backupAge: 1d, plaintextRollback: true }
  - { match: { application: kafka }, applications: 9 }
`);
    expect(settingsResolver(policy)(target, 'g', 'C').rails).toEqual({
      ...defaultRails,
      applications: 1,
      perHour: 4,
      attemptWindow: 43_200,
      rollback: 'never',
      backupAge: 86_400,
      plaintextRollback: true,
    });
  });

  it('are windows for what they match', () => {
    const policy = load(`
windows:
  - { name: nights, kind: allow, match: { model: data }, cron: "0 2 * * *", duration: 90m, timeZone: Europe/Berlin }
  - { name: audit, kind: deny, match: { model: other }, cron: "0 0 1 * *", duration: 7d, timeZone: UTC }
`);
    expect(settingsResolver(policy)(target, 'g', 'C').windows).toEqual([
      {
        name: 'nights',
        kind: 'allow',
        match: { model: 'data' },
        cron: '0 2 * * *',
        duration: 5400,
        timeZone: 'Europe/Berlin',
      },
    ]);
  });

  it('are what somebody else owns, where no rule enforces anything', () => {
    const policy = load(`
defaults: { mode: enforce }
managedBy: [{ match: { application: etcd }, tool: terraform }]
`);
    expect(settingsResolver(policy)(target, 'g', 'C')).toMatchObject({
      mode: 'propose',
      managedBy: 'terraform',
    });
  });

  it('are how long the journal keeps what is at its end', () => {
    expect(load('store: { retention: { audit: 30d } }').retention).toEqual({
      ...defaultRetention,
      audit: 30 * 86_400,
    });
  });

  it('change the hash of the policy', () => {
    expect(load('limits: [{ units: 5 }]').hash).not.toBe(load('limits: [{ units: 6 }]').hash);
  });
});

describe('mistakes in the safety rails', () => {
  test.each([
    [
      'a zone that there is not',
      window('x: 1').replace('UTC, x: 1', 'Europe/Atlantis'),
      'windows[0].timeZone: is no time zone',
    ],
    [
      'a cron of six fields',
      window('').replace('0 2 * * *', '0 0 2 * * *'),
      'windows[0].cron: write five fields',
    ],
    [
      'a minute that there is not',
      window('').replace('0 2', '61 2'),
      'windows[0].cron: Invalid value for minute: 61',
    ],
    [
      'a day that never comes',
      window('').replace('0 2 * *', '0 2 30 2'),
      'windows[0].cron: "0 2 30 2 *" never comes',
    ],
    [
      'a moment that depends on now',
      window('').replace('0 2 *', '0 ? *'),
      'windows[0].cron: write five fields',
    ],
    [
      'a window longer than a week',
      window('').replace('2h', '8d'),
      'windows[0].duration: should be more than 0 and at most 7d',
    ],
    [
      'a window that is shut at once',
      window('').replace('2h', '0s'),
      'windows[0].duration: should be more than 0',
    ],
    ['a zone left out', window('').replace('timeZone: UTC, ', ''), 'windows[0].timeZone is missing'],
    [
      'a kind that is none',
      window('').replace('allow', 'alow'),
      'windows[0].kind should be one of allow, deny, not "alow" (did you mean allow?)',
    ],
    [
      'no applications at all',
      'limits: [{ applications: 0 }]',
      'limits[0].applications: should be 1 or more',
    ],
    ['more than all', 'limits: [{ percent: 101 }]', 'limits[0].percent: should be from 1 to 100'],
    ['half an action', 'limits: [{ actions: 1.5 }]', 'limits[0].actions should be a whole number'],
    [
      'a look further back than anything is kept',
      'limits: [{ flipWindow: 32d }]',
      'limits[0].flipWindow: should be more than 0 and at most 31d',
    ],
    ['a limit that there is not', 'limits: [{ unit: 1 }]', 'limits[0].unit is unknown (did you mean units?)'],
    [
      'a duration without unit',
      'limits: [{ coolDown: "5" }]',
      'limits[0].coolDown: write a number and ms, s, m, h, d or w',
    ],
    ['another tool', 'managedBy: [{ match: {}, tool: pulumi }]', 'managedBy[0].tool should be terraform'],
    ['nothing that is managed', 'managedBy: [{ tool: terraform }]', 'managedBy[0].match is missing'],
    ['attempts where they were', 'pace: { attempts: 3 }', 'pace.attempts is unknown'],
  ])('%s is named with its path', (_name, text, expected) => {
    expect(complaint(text)).toContain(expected);
  });

  it('are told all at once, with a name that two windows share', () => {
    const told = complaint(`
windows:
  - { name: a, kind: allow, cron: "x", duration: 9d, timeZone: Nowhere }
  - { name: a, kind: deny, cron: "0 0 * * *", duration: 1h, timeZone: UTC }
limits: [{ percent: 0 }]
`);
    for (const path of ['windows[0].cron', 'windows[0].duration', 'windows[0].timeZone', 'limits[0].percent'])
      expect(told).toContain(path);
    expect(told).toContain('windows[1].name "a" is taken by windows[0] already');
  });
});

describe('a window that allows changes while they are denied', () => {
  const windows = (deny: string, allow = ''): string => `
windows:
  - { name: nights, kind: allow, cron: "0 2 * * *", duration: 2h, timeZone: UTC, match: { model: data } }
  - { name: freeze, kind: deny, ${deny} }
${allow}`;
  const told = 'windows: nights: is never open: freeze denies it';

  test.each([
    ['is named when it never opens', windows('cron: "0 1 * * *", duration: 4h, timeZone: UTC'), told],
    [
      'is named when the denial names the model too',
      windows('match: { model: "d*" }, cron: "0 0 * * *", duration: 1d, timeZone: UTC'),
      told,
    ],
    [
      'is well when it is open some days',
      windows('cron: "0 1 * * 1-6", duration: 4h, timeZone: UTC'),
      'no complaint',
    ],
    [
      'is well when it is open for its last hour',
      windows('cron: "0 1 * * *", duration: 2h, timeZone: UTC'),
      'no complaint',
    ],
    [
      'is well when the denial is about something else',
      windows('match: { model: other }, cron: "0 0 * * *", duration: 1d, timeZone: UTC'),
      'no complaint',
    ],
    [
      'is well when the denial is about a part of it',
      windows('match: { model: data, application: etcd }, cron: "0 0 * * *", duration: 1d, timeZone: UTC'),
      'no complaint',
    ],
  ])('%s', (_name, text, expected) => {
    expect(complaint(text)).toContain(expected);
  });
});
