import { expect, test } from '@jest/globals';
import { millis } from '../time.js';
import { zoneTime } from './zone-time.js';

test.each([
  ['is told once in UTC', '2026-11-22T06:05:00Z', 'UTC', '2026-11-22 06:05Z'],
  [
    'is told in its zone and in UTC',
    '2026-11-22T06:05:00Z',
    'Europe/Berlin',
    '2026-11-22 07:05 Europe/Berlin (06:05Z)',
  ],
  [
    'is told with the day where that differs',
    '2026-11-22T23:05:00Z',
    'Europe/Berlin',
    '2026-11-23 00:05 Europe/Berlin (2026-11-22 23:05Z)',
  ],
])('a moment %s', (_name, at, zone, expected) => {
  expect(zoneTime(millis(at), zone)).toBe(expected);
});
