import { describe, expect, it } from '@jest/globals';
import { hashed, partName, partOf } from './parts.js';

const model = { owner: 'admin', name: 'data' };

describe('the part that a place belongs to', () => {
  it('is the same after every restart and on every unit', () => {
    expect([
      partOf({ controller: 'prod' }, 16),
      partOf({ controller: 'prod', model }, 16),
      hashed('["prod","admin","data"]'),
    ]).toEqual([5, 7, 115_602_376_809_479]);
  });

  it('goes by the controller, the owner and the model', () => {
    const many = (place: (n: number) => Parameters<typeof partOf>[0]): number =>
      new Set(Array.from({ length: 100 }, (_, n) => partOf(place(n), 16))).size;
    expect([
      many((n) => ({ controller: `c${n}` })),
      many((n) => ({ controller: 'prod', model: { ...model, owner: `o${n}` } })),
      many((n) => ({ controller: 'prod', model: { ...model, name: `m${n}` } })),
    ]).toEqual([16, 16, 16]);
  });

  it('is called by two figures, so that parts stand in their order', () => {
    expect([partName(3), partName(15), partName(255)]).toEqual(['03', '15', '255']);
  });
});
