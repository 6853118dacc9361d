import { expect, test } from '@jest/globals';
import type { DisruptivePolicy } from './policy.js';
import { limitsFor } from './limits.js';
import { defaultRails, type Rails } from './rails.js';

function both(
  one: Partial<Rails>,
  other: Partial<Rails>,
  words: readonly DisruptivePolicy[] = ['allow', 'allow'],
) {
  return limitsFor(
    [one, other].map((rails, n) => ({
      rails: { ...defaultRails, ...rails },
      disruptive: words[n] ?? 'allow',
    })),
  );
}

test.each<[string, Partial<Rails>, Partial<Rails>, Partial<Rails>]>([
  [
    'fewer of everything',
    { applications: 2, units: 9 },
    { applications: 3, units: 8 },
    { applications: 2, units: 8 },
  ],
  [
    'a look further back',
    { attemptWindow: 60, flipWindow: 9 },
    { attemptWindow: 90 },
    { attemptWindow: 90, flipWindow: 86_400 },
  ],
  ['a longer cool-down', { coolDown: 60 }, { coolDown: 90 }, { coolDown: 90 }],
  ['a backup where one of two asks for it', { backupAge: 60 }, {}, { backupAge: 60 }],
  ['the younger backup', { backupAge: 60 }, { backupAge: 90 }, { backupAge: 60 }],
  ['no rolling back where one says never', { rollback: 'never' }, {}, { rollback: 'never' }],
  ['no plaintext unless both allow it', { plaintextRollback: true }, {}, { plaintextRollback: false }],
  [
    'plaintext when both allow it',
    { plaintextRollback: true },
    { plaintextRollback: true },
    { plaintextRollback: true },
  ],
])('of two limits the stricter counts: %s', (_name, one, other, expected) => {
  expect(both(one, other)).toMatchObject(expected);
  expect(both(other, one)).toMatchObject(expected);
});

const fewer = [
  'applications',
  'percent',
  'units',
  'actions',
  'perHour',
  'attempts',
  'failures',
  'flips',
] as const;
const longer = ['attemptWindow', 'failureWindow', 'coolDown', 'flipWindow'] as const;

test.each([...fewer, 'approvalValidity', 'backupAge'] as const)('of %s the smaller counts', (name) => {
  expect(both({ [name]: 7 }, { [name]: 8 })[name]).toBe(7);
  expect(both({ [name]: 8 }, { [name]: 7 })[name]).toBe(7);
});

test.each(longer)('of %s the longer counts', (name) => {
  expect(both({ [name]: 7 }, { [name]: 8 })[name]).toBe(8);
  expect(both({ [name]: 8 }, { [name]: 7 })[name]).toBe(8);
});

test.each<[readonly DisruptivePolicy[], DisruptivePolicy]>([
  [['allow', 'window'], 'window'],
  [['window', 'approval'], 'approval'],
  [['allow', 'allow'], 'allow'],
])('of %j the more careful word on disruption counts', (words, expected) => {
  expect(both({}, {}, words).disruptive).toBe(expected);
});

test('where nobody asks for a backup none is', () => {
  expect(both({}, {})).not.toHaveProperty('backupAge');
});

test('where nothing is said, the default limits hold and a person is asked', () => {
  expect(limitsFor([])).toEqual({ ...defaultRails, disruptive: 'approval' });
});
