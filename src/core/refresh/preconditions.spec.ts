import { describe, expect, it, test } from '@jest/globals';
import {
  checked,
  findingIn,
  goingOn,
  now,
  operation,
  world,
  type Case,
} from '../../../test/support/refresh.js';
import { unknownFact } from '../../../test/support/world.js';
import { unmet } from '../action/precondition.js';
import type { Snapshot } from '../snapshot.js';

describe('what must hold right before a step', () => {
  const soon = Date.parse(now);

  function unmetIn(snapshot: Snapshot): readonly string[] {
    const prod = snapshot.controllers['prod']!;
    const place = { controller: prod, model: prod.models['data']!, now: soon };
    const [remedy] = findingIn(world('etcd', { operations: [checked('etcd')] })).remedies;
    return (remedy?.preconditions ?? []).flatMap((condition) => unmet(condition, place) ?? []);
  }

  it('holds while nothing has changed', () => {
    expect(unmetIn(world('etcd', { operations: [checked('etcd')] }))).toEqual([]);
  });

  test.each<[string, Case, string]>([
    [
      'the check grew old',
      { operations: [operation('pre-refresh-check', 'app/1', { completed: '2026-11-22T05:00:00Z' })] },
      'has not passed',
    ],
    [
      'somebody refreshed it',
      {
        operations: [checked('etcd')],
        app: { charm: { name: 'charmed-etcd', track: '3.6', revision: 101 } },
      },
      'has revision 101, not 100',
    ],
    ['a refresh began', { operations: [checked('etcd')], app: { status: goingOn } }, 'is being refreshed'],
    [
      'the option was changed',
      { operations: [checked('etcd')], app: { config: { 'pause-after-unit-refresh': 'none' } } },
      'is not first',
    ],
    ['nobody sees what was run', { operations: unknownFact('denied') }, 'was not read'],
  ])('no longer when %s', (_, given, said) => {
    expect(unmetIn(world('etcd', given)).join('; ')).toContain(said);
  });

  it('counts nothing as recent where the time is not told', () => {
    const prod = world('etcd', { operations: [checked('etcd')] }).controllers['prod']!;
    const place = { controller: prod, model: prod.models['data']! };
    const condition = { type: 'refresh-checked', application: 'app', action: 'pre-refresh-check' } as const;
    expect(unmet(condition, place)).toContain('not known here');
  });
});
