import { describe, expect, it } from '@jest/globals';
import { instant, JudgedTime, millis } from './time.js';

const now = millis('2026-11-22T00:00:00Z');

describe('the judged time', () => {
  it('records the earliest moment at which an answer changes', () => {
    const time = new JudgedTime(now);
    expect(time.isOlder('2026-11-21T00:00:00Z', 10 * 86_400)).toBe(false);
    expect(time.isOlder('2026-11-20T00:00:00Z', 10 * 86_400)).toBe(false);
    expect(instant(time.validUntil)).toBe('2026-11-30T00:00:00Z');
  });

  it('records nothing for answers that stay', () => {
    const time = new JudgedTime(now);
    expect(time.isOlder('2025-01-01T00:00:00Z', 86_400)).toBe(true);
    expect(time.validUntil).toBe(Infinity);
  });

  it('knows nothing of the question before when it starts over', () => {
    const time = new JudgedTime(now);
    expect(time.isPast('2026-11-23T00:00:00Z')).toBe(false);
    time.startOver();
    expect([time.validUntil, time.asOf]).toEqual([Infinity, now]);
  });

  it('takes the very moment for past', () => {
    expect(new JudgedTime(now).isPast(now)).toBe(true);
  });
});
