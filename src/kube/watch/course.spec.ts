import { describe, expect, it, test } from '@jest/globals';
import { beginning, following, paceDefaults, type Course, type Happening } from './course.js';

const watching: Course = { next: { do: 'watch', from: '10' }, wait: 0, failures: 0, refusals: 0 };

function after(...happenings: Happening[]): Course {
  return happenings.reduce((course, happening) => following(course, happening, paceDefaults), watching);
}

const dropped: Happening = { kind: 'failed', version: '10', lasted: 0 };

describe('the course of a list and watch', () => {
  test.each<[string, Happening, Partial<Course>]>([
    [
      'a list leads to a watch from its version',
      { kind: 'listed', version: '77' },
      { next: { do: 'watch', from: '77' } },
    ],
    [
      'a watch that ended in order goes on from what it last told, at once',
      { kind: 'ended', version: '12', lasted: 300_000 },
      { next: { do: 'watch', from: '12' }, wait: 0 },
    ],
    [
      'a dropped watch goes on from what it last told, after a while',
      { kind: 'failed', version: '12', lasted: 5000 },
      { next: { do: 'watch', from: '12' }, wait: 500, failures: 1 },
    ],
    [
      'a version too old leads to a list',
      { kind: 'gone', version: '10', lasted: 0 },
      { next: { do: 'list' }, wait: 500 },
    ],
    [
      'silence leads to a list',
      { kind: 'silent', version: '10', lasted: 300_000 },
      { next: { do: 'list' }, wait: 500 },
    ],
    [
      'a refusal, as of a server that has just started, is asked about again soon',
      { kind: 'refused', version: '10', lasted: 0 },
      { next: { do: 'watch', from: '10' }, wait: 500, failures: 0, refusals: 1 },
    ],
    [
      'a server that asks for time gets it',
      { kind: 'failed', version: '10', lasted: 0, retryAfter: 7000 },
      { wait: 7000 },
    ],
    [
      'a watch that ends politely but at once, again and again, is slowed down',
      { kind: 'ended', version: '10', lasted: 3 },
      { next: { do: 'watch', from: '10' }, wait: 500, failures: 1 },
    ],
    [
      'so is one that tells a single thing each time',
      { kind: 'ended', version: '11', lasted: 3 },
      { next: { do: 'watch', from: '11' }, wait: 500, failures: 0 },
    ],
  ])('%s', (_, happening, course) => {
    expect(after(happening)).toMatchObject(course);
  });

  it('waits twice as long after each failure, up to its limit, and begins anew once a watch tells something', () => {
    const waits = [1, 2, 3, 4].map((times) => after(...Array<Happening>(times).fill(dropped)).wait);
    expect(waits).toEqual([500, 1000, 2000, 4000]);
    expect(
      after(...Array<Happening>(4).fill(dropped), { kind: 'failed', version: '11', lasted: 0 }),
    ).toMatchObject({
      wait: 500,
      failures: 1,
    });
  });

  it('reads the list anew once watches failed five times in a row, and then for as long as that fails', () => {
    const often = after(...Array<Happening>(5).fill(dropped));
    expect(often.next).toEqual({ do: 'list' });
    const still = following(
      following(often, { kind: 'failed' }, paceDefaults),
      { kind: 'failed' },
      paceDefaults,
    );
    expect(still).toMatchObject({ next: { do: 'list' }, wait: 15_000, failures: 7 });
  });

  it('asks for what is refused again and again ever more rarely, by a list, but at least once a minute', () => {
    const refused: Happening = { kind: 'refused', version: '10', lasted: 0 };
    const courses = Array.from({ length: 9 }, (_, index) =>
      after(...Array<Happening>(index + 1).fill(refused)),
    );
    expect(courses.map(({ wait }) => wait / 1000)).toEqual([0.5, 1, 2, 4, 8, 16, 32, 60, 60]);
    expect(courses.map(({ next }) => next.do)).toEqual([
      ...Array<string>(4).fill('watch'),
      ...Array<string>(5).fill('list'),
    ]);
  });

  it('does not list at every turn where listing is allowed and watching is not', () => {
    let course = beginning;
    const waits: number[] = [];
    for (let round = 0; round < 40 && waits.length < 9; round += 1) {
      if (course.next.do === 'list')
        course = following(course, { kind: 'listed', version: '10' }, paceDefaults);
      course = following(course, { kind: 'refused', version: '10', lasted: 0 }, paceDefaults);
      waits.push(course.wait / 1000);
    }
    expect(waits).toEqual([0.5, 1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('slows down when lists work and each watch from them is too old at once', () => {
    let course = beginning;
    const waits: number[] = [];
    for (let round = 1; round <= 8; round += 1) {
      course = following(course, { kind: 'listed', version: `${round}` }, paceDefaults);
      course = following(course, { kind: 'gone', version: `${round}`, lasted: 0 }, paceDefaults);
      waits.push(course.wait);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });
});
