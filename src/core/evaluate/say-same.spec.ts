import { describe, expect, it } from '@jest/globals';
import { saySame } from './say-same.js';

class View {
  readonly name = 'a';
}

const view = new View();

describe('values that say the same', () => {
  it.each<[string, unknown, unknown]>([
    ['numbers', 1, 1],
    ['lists of objects', [{ a: [1] }], [{ a: [1] }]],
    [
      'objects without a prototype',
      Object.assign(Object.create(null), { a: 1 }),
      Object.assign(Object.create(null), { a: 1 }),
    ],
    ['maps', new Map([['a', [1]]]), new Map([['a', [1]]])],
    ['sets', new Set(['a']), new Set(['a'])],
    ['lists with the same view', [view], [view]],
  ])('%s', (_, a, b) => {
    expect(saySame(a, b)).toBe(true);
  });
});

describe('values that say something else', () => {
  it.each<[string, unknown, unknown]>([
    ['nothing and null', undefined, null],
    ['a list that goes on', [1], [1, 2]],
    ['a list in another order', [1, 2], [2, 1]],
    ['objects with other keys', { a: undefined }, { b: undefined }],
    ['objects whose keys come in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    [
      'something deep inside',
      [{ a: new Map([['k', new Set([1])]]) }],
      [{ a: new Map([['k', new Set([2])]]) }],
    ],
    ['a list and a set', ['a'], new Set(['a'])],
    ['two views, which are told apart', new View(), new View()],
  ])('%s', (_, a, b) => {
    expect(saySame(a, b)).toBe(false);
  });
});
