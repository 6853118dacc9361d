import { describe, expect, it, test } from '@jest/globals';
import { at, noon, pauseNamed } from '../../../test/support/journal-samples.js';
import { memoryJournal, newMemory } from '../../store/memory.js';
import type { Journal, Pause } from '../ports/index.js';
import { isInForce, pause, pausedPlace, pauseText, type PauseRequest } from './pause.js';
import { resume } from './resume.js';
import type { Saying } from './saying.js';

const saying: Saying = { by: 'anna', now: noon, called: (field) => `--${field}` };

async function paused(request: PauseRequest, more: Partial<Saying> = {}) {
  const journal = memoryJournal(newMemory());
  const made = await pause(journal, request, { ...saying, ...more });
  const [entry] = await journal.auditLog({ limit: 9 });
  return { made, entry };
}

describe('a pause', () => {
  test.each<[string, PauseRequest, Partial<Saying>, Partial<Pause>]>([
    ['of everything says no place and no end', {}, {}, {}],
    ['says its place', { controller: 'prod', model: 'data' }, {}, { controller: 'prod', model: 'data' }],
    ['says its end', { for: '1m' }, {}, { until: at(1) }],
    ['says why', {}, { reason: 'incident' }, { reason: 'incident' }],
  ])('%s', async (_name, request, more, expected) => {
    const { made, entry } = await paused(request, more);
    expect(made).toStrictEqual({ id: made.id, by: 'anna', at: at(0), ...expected });
    expect(made.id).toMatch(/^p-[\da-f]{10}$/);
    const { reason, ...place } = expected;
    expect([entry?.event, entry?.body]).toEqual(['Paused', { pause: made.id, ...place }]);
    expect(entry?.why).toBe(reason ?? `anna paused ${pausedPlace(expected)}`);
  });

  it('is written down with how it is known who paused', async () => {
    const { made, entry } = await paused({}, { via: { token: 'ci' } });
    expect(entry?.body).toEqual({ pause: made.id, via: { token: 'ci' } });
  });

  test.each<[string, PauseRequest, string]>([
    ['an end that is now', { until: at(0) }, `--until: ${at(0)} is over already`],
    ['two ends', { until: at(9), for: '1h' }, '--for and --until say the same'],
    ['a pattern for a controller', { controller: '*prod' }, '--controller: "*prod" is no name'],
    ['a pattern for a model', { model: 'da*' }, '--model: "da*" is no name'],
    ['a span that is none', { for: 'soon' }, '--for: "soon" is no duration'],
    ['a moment that is none', { until: 'soon' }, '--until: "soon" is no time'],
  ])('is refused with %s', async (_name, request, message) => {
    await expect(paused(request)).rejects.toThrow(message);
  });

  it('is in force until its end', () => {
    const until = (minutes: number) => isInForce(pauseNamed('p', { until: at(minutes) }), noon);
    expect([until(1), until(0), isInForce(pauseNamed('p'), noon)]).toEqual([true, false, true]);
  });

  test.each<[Partial<Pause>, string]>([
    [{}, 'all changes, by anna since 2026-11-22T12:00:00Z until it is lifted'],
    [
      { controller: 'prod', model: 'data', until: at(60), reason: 'incident' },
      'changes on prod, model data, by anna since 2026-11-22T12:00:00Z until 2026-11-22T13:00:00Z: incident',
    ],
  ])('is told: %p', (given, expected) => {
    expect(pauseText(pauseNamed('p', given))).toBe(expected);
  });
});

describe('resuming', () => {
  async function journalWith(...pauses: readonly Pause[]): Promise<Journal> {
    const journal = memoryJournal(newMemory());
    await journal.write(...pauses.map((one) => ({ type: 'pause', pause: one }) as const));
    return journal;
  }

  it('lifts the named one of several, and writes down whose it was', async () => {
    const journal = await journalWith(pauseNamed('a'), pauseNamed('b', { by: 'bert', model: 'data' }));
    const lifted = await resume(journal, { id: 'b' }, saying);
    expect(lifted.map(({ id }) => id)).toEqual(['b']);
    expect((await journal.orders()).pauses.map(({ id }) => id)).toEqual(['a']);
    expect(await journal.auditLog({ limit: 9 })).toMatchObject([
      { actor: 'anna', event: 'Resumed', why: 'anna resumed changes on model data' },
    ]);
    const [entry] = await journal.auditLog({ limit: 9 });
    expect(entry?.body).toEqual({ pause: 'b', pausedBy: 'bert', pausedAt: at(0) });
  });

  it('is written down with why, and with how it is known who resumed', async () => {
    const journal = await journalWith(pauseNamed('a'));
    await resume(journal, {}, { ...saying, reason: 'it is over', via: { token: 'ci' } });
    const [entry] = await journal.auditLog({ limit: 9 });
    expect(entry).toMatchObject({ why: 'it is over', body: { pause: 'a', via: { token: 'ci' } } });
  });

  test.each([
    ['one and all', { id: 'a', all: true }, 'name one pause, or say --all, not both'],
    ['one of several', {}, '2 pauses are in force: a ('],
    ['one of several', {}, 'Name one, or say --all'],
    ['one that is not there', { id: 'x' }, 'there is no pause x: there is a (all changes'],
    ['one that is over', { id: 'over' }, 'there is no pause over'],
  ])('asks which: %s', async (_name, request, message) => {
    const journal = await journalWith(pauseNamed('a'), pauseNamed('b'), pauseNamed('over', { until: at(0) }));
    await expect(resume(journal, request, saying)).rejects.toThrow(message);
    expect((await journal.orders()).pauses).toHaveLength(3);
  });
});
