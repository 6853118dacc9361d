import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { millis } from '../time.js';
import { nextOpening, type Calendar } from './calendar.js';
import { isOpen, type Schedule } from './schedule.js';

const hour = 3_600_000;
const start = millis('2026-03-28T00:00:00Z');

const aSchedule: fc.Arbitrary<Schedule> = fc.record({
  cron: fc
    .record({
      minute: fc.constantFrom('0', '30', '*/15'),
      hours: fc.constantFrom('2', '1-3', '*/6', '22'),
      day: fc.constantFrom('*', '6', '0'),
    })
    .map(({ minute, hours, day }) => `${minute} ${hours} * * ${day}`),
  duration: fc.constantFrom(600, 3600, 7200, 30_000),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
});

const aCalendar: fc.Arbitrary<Calendar> = fc.record({
  deny: fc.array(aSchedule, { maxLength: 2 }),
  allow: fc.array(fc.array(aSchedule, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
});

function letsThrough({ deny, allow }: Calendar, at: number): boolean {
  return !deny.some((one) => isOpen(one, at)) && allow.every((some) => some.some((one) => isOpen(one, at)));
}

test('the next opening is open, and nothing before it is', () => {
  fc.assert(
    fc.property(aCalendar, fc.integer({ min: 0, max: 72 }), (calendar, after) => {
      const from = start + after * hour;
      const next = nextOpening(calendar, from);
      if (next === undefined) return;
      expect(letsThrough(calendar, next)).toBe(true);
      const before = Math.min(next, from + 48 * hour);
      for (let at = from; at < before; at += 600_000)
        expect([at, letsThrough(calendar, at)]).toEqual([at, false]);
    }),
    { numRuns: 30 },
  );
});

test('of several windows that would do, the one that opens first counts', () => {
  const daily = (hours: string): Schedule => ({ cron: `0 ${hours} * * *`, duration: 3600, timeZone: 'UTC' });
  expect(nextOpening({ deny: [], allow: [[daily('9'), daily('5')]] }, start)).toBe(start + 5 * hour);
});

test('one open window of several is enough', () => {
  const now = { cron: '0 0 * * *', duration: 3600, timeZone: 'UTC' };
  const later = { cron: '0 9 * * *', duration: 3600, timeZone: 'UTC' };
  expect(nextOpening({ deny: [], allow: [[later, now]] }, start)).toBe(start);
});

test('what nothing binds is open at once', () => {
  expect(nextOpening({ deny: [], allow: [] }, start)).toBe(start);
});
