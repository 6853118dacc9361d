import { describe, expect, test } from '@jest/globals';
import { aboutInstant, instantOf } from './time.js';

describe('instantOf', () => {
  test.each([
    ['status', '22 Nov 2026 02:59:46Z', '2026-11-22T02:59:46Z'],
    ['status in a time zone', '29 Jan 2025 15:51:17-05:00', '2025-01-29T20:51:17Z'],
    ['status --utc', '2026-11-22 02:59:48Z', '2026-11-22T02:59:48Z'],
    ['users --exact-time', '2026-11-22 03:18:38.853064708 +0000 UTC', '2026-11-22T03:18:38Z'],
    ['users --exact-time without a fraction', '2026-11-22 03:34:09 +0000 UTC', '2026-11-22T03:34:09Z'],
    ['secrets', '2026-12-22T03:24:27.167393513Z', '2026-12-22T03:24:27Z'],
  ])('reads the time that %s prints', (_, printed, instant) => {
    expect(instantOf(printed)).toBe(instant);
  });

  test.each([
    'never connected',
    'just now',
    '5 minutes ago',
    '',
    '22 Foo 2026 02:59:46Z',
    '2026-13-45 02:59:48Z',
  ])('tells nothing for %p', (printed) => {
    expect(instantOf(printed)).toBeUndefined();
  });
});

describe('aboutInstant', () => {
  const now = '2026-11-22T03:34:20Z';

  test.each([
    ['just now', now],
    ['1 second ago', '2026-11-22T03:34:19Z'],
    ['5 minutes ago', '2026-11-22T03:29:20Z'],
    ['23 hours ago', '2026-11-21T04:34:20Z'],
    ['2026-10-01', '2026-10-01T00:00:00Z'],
    ['2026-11-22 03:31:46 +0000 UTC', '2026-11-22T03:31:46Z'],
  ])('reads %p', (printed, instant) => {
    expect(aboutInstant(printed, now)).toBe(instant);
  });

  test.each(['never connected', 'a while ago', '', '99999999999999999999 hours ago'])(
    'tells nothing for %p',
    (printed) => {
      expect(aboutInstant(printed, now)).toBeUndefined();
    },
  );
});
