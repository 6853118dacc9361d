import { describe, expect, it, test } from '@jest/globals';
import { instant, millis } from '../time.js';
import { checkCron, closing, isOpen, isTimeZone, nextBeginning, type Schedule } from './schedule.js';

const hour = 3600;

function schedule(cron: string, duration = hour, timeZone = 'UTC'): Schedule {
  return { cron, duration, timeZone };
}

function beginnings(given: Schedule, after: string, count = 3): readonly string[] {
  const found: string[] = [];
  let at = millis(after);
  for (let n = 0; n < count; n += 1) {
    at = nextBeginning(given, at) ?? NaN;
    found.push(instant(at));
  }
  return found;
}

function openAt(given: Schedule, ...moments: readonly string[]): readonly boolean[] {
  return moments.map((moment) => isOpen({ ...given }, millis(moment)));
}

describe('a window', () => {
  it('opens on the second, and closes on it', () => {
    const nights = schedule('0 2 * * *');
    expect(
      openAt(
        nights,
        '2026-11-22T01:59:59.999Z',
        '2026-11-22T02:00:00Z',
        '2026-11-22T02:59:59.999Z',
        '2026-11-22T03:00:00Z',
      ),
    ).toEqual([false, true, true, false]);
  });

  it('may last over midnight, and over the end of a year', () => {
    const late = schedule('30 23 * * *', 2 * hour);
    expect(
      openAt(
        late,
        '2026-12-31T23:29:59Z',
        '2026-12-31T23:30:00Z',
        '2027-01-01T01:29:59Z',
        '2027-01-01T01:30:00Z',
      ),
    ).toEqual([false, true, true, false]);
  });

  it('stays open where one opening reaches into the next', () => {
    const often = schedule('0 1-3 * * *', 2 * hour);
    expect(instant(closing(often, millis('2026-11-22T01:30:00Z')))).toBe('2026-11-22T05:00:00Z');
    expect(openAt(often, '2026-11-22T04:59:59Z', '2026-11-22T05:00:00Z')).toEqual([true, false]);
  });

  it('stays open where one opening ends as the next begins', () => {
    expect(instant(closing(schedule('0 1,2 * * *'), millis('2026-11-22T01:30:00Z')))).toBe(
      '2026-11-22T03:00:00Z',
    );
  });

  it('may never close', () => {
    expect(closing(schedule('* * * * *', 120), millis('2026-11-22T01:30:00Z'))).toBe(Infinity);
  });

  it('is told anew when it is asked about another opening', () => {
    const nights = schedule('0 2 * * *');
    const moments = [
      '2026-11-22T02:30:00Z',
      '2026-11-23T02:30:00Z',
      '2026-11-22T02:30:00Z',
      '2026-11-22T04:00:00Z',
    ];
    expect(moments.map((moment) => isOpen(nights, millis(moment)))).toEqual([true, true, true, false]);
    expect(instant(closing(nights, millis('2026-11-23T02:30:00Z')))).toBe('2026-11-23T03:00:00Z');
  });

  test.each<[string, string, string, readonly string[]]>([
    [
      'the 31st is left out where a month has none',
      '0 0 31 * *',
      '2026-08-01T00:00:00Z',
      ['2026-08-31T00:00:00Z', '2026-10-31T00:00:00Z', '2026-12-31T00:00:00Z'],
    ],
    [
      'the last day is another one each month',
      '0 0 L * *',
      '2028-01-01T00:00:00Z',
      ['2028-01-31T00:00:00Z', '2028-02-29T00:00:00Z', '2028-03-31T00:00:00Z'],
    ],
    [
      'the 29th of February comes in leap years',
      '0 0 29 2 *',
      '2026-01-01T00:00:00Z',
      ['2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z', '2036-02-29T00:00:00Z'],
    ],
    [
      'a day of the month or one of the week is enough',
      '0 0 1 * 1',
      '2026-11-22T00:00:00Z',
      ['2026-11-23T00:00:00Z', '2026-11-30T00:00:00Z', '2026-12-01T00:00:00Z'],
    ],
    [
      'days may be named',
      '0 22 * * FRI',
      '2026-11-22T00:00:00Z',
      ['2026-11-27T22:00:00Z', '2026-12-04T22:00:00Z', '2026-12-11T22:00:00Z'],
    ],
  ])('%s', (_name, cron, after, expected) => {
    expect(beginnings(schedule(cron), after)).toEqual(expected);
  });
});

describe('a window in a zone', () => {
  const berlin = (cron: string, duration = hour) => schedule(cron, duration, 'Europe/Berlin');

  test.each<[string, string, string, readonly string[]]>([
    [
      'keeps its local time when the clocks change',
      '0 4 * * *',
      '2026-10-24T00:00:00Z',
      ['2026-10-24T02:00:00Z', '2026-10-25T03:00:00Z', '2026-10-26T03:00:00Z'],
    ],
    [
      'begins at the end of the gap when the clocks skip its time',
      '30 2 * * *',
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:00:00Z', '2026-03-30T00:30:00Z', '2026-03-31T00:30:00Z'],
    ],
    [
      'begins once, the first time, when its time comes twice',
      '30 2 * * *',
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z', '2026-10-27T01:30:00Z'],
    ],
    [
      'begins once for each of several times',
      '30 1-3 * * *',
      '2026-10-24T12:00:00Z',
      ['2026-10-24T23:30:00Z', '2026-10-25T00:30:00Z', '2026-10-25T02:30:00Z'],
    ],
    [
      'follows the clock where it names every hour',
      '0 * * * *',
      '2026-10-24T23:30:00Z',
      ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00Z'],
    ],
  ])('%s', (_name, cron, after, expected) => {
    expect(beginnings(berlin(cron), after)).toEqual(expected);
  });

  it('lasts so long in real time, whatever the clocks are set to meanwhile', () => {
    const nights = berlin('0 1 * * *', 3 * hour);
    expect(instant(closing(nights, millis('2026-03-29T00:30:00Z')))).toBe('2026-03-29T03:00:00Z');
    expect(instant(closing(nights, millis('2026-10-25T00:30:00Z')))).toBe('2026-10-25T02:00:00Z');
  });

  it('is not open again when the hour comes a second time', () => {
    const night = berlin('0 2 * * *', hour);
    expect(openAt(night, '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z')).toEqual([true, false]);
  });

  it('is open from the end of the gap on, and was not before', () => {
    const night = berlin('30 2 29 3 *', hour);
    expect(
      openAt(
        night,
        '2026-03-29T00:59:59Z',
        '2026-03-29T01:00:00Z',
        '2026-03-29T01:59:59Z',
        '2026-03-29T02:00:00Z',
      ),
    ).toEqual([false, true, true, false]);
  });

  it('opens looking forward exactly where it is open looking back', () => {
    for (const cron of ['30 2 * * *', '0 * * * *', '*/20 1-3 * * *', '15 0,2 * * 7']) {
      for (const begin of ['2026-03-28T20:00:00Z', '2026-10-24T20:00:00Z']) {
        for (const beginning of beginnings(berlin(cron, 60), begin, 8)) {
          const at = millis(beginning);
          expect([cron, beginning, isOpen(berlin(cron, 60), at), isOpen(berlin(cron, 60), at - 1)]).toEqual([
            cron,
            beginning,
            true,
            false,
          ]);
        }
      }
    }
  });
});

describe('what a window may be made of', () => {
  test.each([
    ['five fields', '0 2 * * 1-5', ''],
    ['names', '0 2 * JAN MON', ''],
    ['blanks around them', ' 0 2 * * * ', ''],
    ['four fields', '0 2 * *', 'write five fields'],
    ['a nickname', '@daily', 'write five fields'],
    ['a moment that depends on when it is asked', '? 2 * * *', 'write five fields'],
    ['an hour that there is not', '0 24 * * *', 'Invalid value for hour: 24'],
    ['a day that never comes', '0 0 31 2 *', '"0 0 31 2 *" never comes'],
  ])('%s', (_name, cron, complaint) => {
    let told = '';
    try {
      checkCron(cron);
    } catch (error) {
      told = (error as Error).message;
    }
    expect(complaint === '' ? told === '' : told.includes(complaint)).toBe(true);
  });

  it('zones are those that there are', () => {
    expect(['UTC', 'Europe/Berlin', 'Mars/Phobos', ''].map(isTimeZone)).toEqual([true, true, false, false]);
  });
});
