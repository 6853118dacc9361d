import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { partOf } from './parts.js';
import { placement } from './placement.js';

const unit = fc.integer({ min: 0, max: 30 }).map((n) => `holdfast-${n}`);
const units = fc.uniqueArray(unit, { minLength: 1, maxLength: 12 });
const parts = fc.integer({ min: 1, max: 64 });

/** As it is once everybody has what he is to have. */
function settled(count: number, members: readonly string[]): readonly (string | undefined)[] {
  return placement({ parts: count, members, holders: [] });
}

function moved(before: readonly unknown[], after: readonly unknown[]): number {
  return after.filter((owner, part) => owner !== before[part]).length;
}

describe('placement', () => {
  it('gives every part one owner, in shares that differ by one at most, whoever has what', () => {
    const scene = fc.record({
      parts,
      members: units,
      holders: fc.array(fc.option(unit, { nil: undefined }), { maxLength: 64 }),
    });
    fc.assert(
      fc.property(scene, ({ parts: count, members, holders }) => {
        const owners = placement({ parts: count, members, holders: holders.slice(0, count) });
        expect(owners).toHaveLength(count);
        const shares = members.map((member) => owners.filter((owner) => owner === member).length);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(count);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('does not depend on the order in which units are seen', () => {
    fc.assert(
      fc.property(parts, units, (count, members) => {
        expect(settled(count, members.toReversed())).toEqual(settled(count, members));
      }),
    );
  });

  it('moves nothing once everybody has what he is to have', () => {
    fc.assert(
      fc.property(parts, units, (count, members) => {
        const holders = settled(count, members);
        expect(placement({ parts: count, members, holders })).toEqual(holders);
      }),
    );
  });

  it('moves the parts of a unit that goes, and no other', () => {
    fc.assert(
      fc.property(parts, units, fc.nat(), (count, members, pick) => {
        fc.pre(members.length > 1);
        const gone = members[pick % members.length];
        const before = settled(count, members);
        const after = placement({
          parts: count,
          members: members.filter((member) => member !== gone),
          holders: before,
        });
        expect(moved(before, after)).toBe(before.filter((owner) => owner === gone).length);
      }),
    );
  });

  it('moves to a unit that comes no more than its share, and nothing between the others', () => {
    fc.assert(
      fc.property(parts, units, (count, members) => {
        const before = settled(count, members);
        const after = placement({ parts: count, members: [...members, 'new'], holders: before });
        const share = after.filter((owner) => owner === 'new').length;
        expect(share).toBeLessThanOrEqual(Math.ceil(count / (members.length + 1)));
        expect(moved(before, after)).toBe(share);
      }),
    );
  });

  it('has no owner where there are no units', () => {
    expect(placement({ parts: 2, members: [], holders: [] })).toEqual([undefined, undefined]);
  });
});

describe('the part of a place', () => {
  it('is within the parts, and that of a model is another than that of its controller more often than not', () => {
    const models = Array.from({ length: 600 }, (_, n) => ({ owner: 'admin', name: `m${n}` }));
    const counts = new Map<number, number>();
    for (const model of models) {
      const part = partOf({ controller: 'prod', model }, 16);
      counts.set(part, (counts.get(part) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([...Array(16).keys()]);
    // 600 over 16: 37.5 each; five standard deviations.
    for (const count of counts.values()) expect(Math.abs(count - 37.5)).toBeLessThan(30);
  });

  it.each([
    ['a controller', { controller: 'prod' }, 5],
    ['a model', { controller: 'prod', model: { owner: 'admin', name: 'data' } }, 7],
    [
      'a model of the same name of another owner',
      { controller: 'prod', model: { owner: 'bob', name: 'data' } },
      6,
    ],
  ])(
    'stays what it is over versions, for units of two versions share an estate during an upgrade: %s',
    (_, place, part) => {
      expect(partOf(place, 16)).toBe(part);
    },
  );
});
