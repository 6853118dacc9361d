import { describe, expect, it } from '@jest/globals';
import { ConnectionError, JujuApiError } from '../api/api-error.js';
import { Pace } from './pace.js';

const limits = { every: 15_000, most: 60_000 };
const middle = { next: () => 0.5 };

function failure(code: string): JujuApiError {
  return new JujuApiError({ call: 'x', message: 'x', code });
}

describe('the pause between looks', () => {
  it('grows step by step while nothing changes, and shrinks at once when something does', () => {
    const pace = new Pace(limits, middle);
    const pauses = Array.from({ length: 6 }, () => {
      pace.looked(false);
      return pace.pause(undefined);
    });
    expect(pauses).toEqual([22_500, 33_750, 50_625, 60_000, 60_000, 60_000]);
    pace.looked(true);
    expect(pace.pause(undefined)).toBe(15_000);
    pace.looked(false);
    pace.hasten();
    expect(pace.pause(undefined)).toBe(15_000);
  });

  it('varies by a tenth', () => {
    expect(new Pace(limits, { next: () => 0 }).pause(undefined)).toBe(13_500);
    expect(new Pace(limits, { next: () => 0.999 }).pause(undefined)).toBeLessThanOrEqual(16_500);
  });

  it('doubles with each failure up to the limit, and starts over after a success', () => {
    const pace = new Pace(limits, middle);
    const pauses = Array.from({ length: 7 }, () => pace.pause(failure('try again')));
    expect(pauses).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    pace.pause(undefined);
    expect(pace.pause(failure('try again'))).toBe(2000);
  });

  it('is long after a refusal, and short after a lost connection, whose tries are paced elsewhere', () => {
    const pace = new Pace(limits, middle);
    expect(pace.pause(failure('unauthorized access'))).toBe(60_000);
    expect(pace.pause(new ConnectionError('gone'))).toBe(1000);
  });
});
