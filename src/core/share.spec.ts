import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { known, unknown } from './fact.js';
import { share } from './share.js';

const source = { road: 'api', call: 'Client.FullStatus v8' } as const;
const early = { source, at: '2026-11-22T03:00:00Z' };
const late = { source: { ...source }, at: '2026-11-22T03:05:00Z' };

describe('sharing structure between snapshots', () => {
  it('keeps a fact that reads as before, with the time since when it reads so', () => {
    const before = known(early, { a: [1, 2] });
    expect(share(before, known(late, { a: [1, 2] }))).toBe(before);
  });

  it('takes the new fact, and its time, when the value changed, and keeps the parts that did not', () => {
    const before = known(early, { a: [1, 2], b: { c: 1 } });
    const after = share(before, known(late, { a: [1, 2], b: { c: 2 } }));
    expect(after).toEqual(known(late, { a: [1, 2], b: { c: 2 } }));
    expect(after.value.a).toBe(before.value.a);
  });

  it('does not take unknown for known', () => {
    const before: unknown = known(early, undefined);
    expect(share(before, unknown(late, 'not read') as unknown)).toEqual(unknown(late, 'not read'));
  });

  it('sees keys that went away or came', () => {
    expect(share<object>({ a: 1, b: undefined }, { a: 1, c: undefined })).toEqual({ a: 1, c: undefined });
    expect(share<object>({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  });

  it('takes names that every object has for names', () => {
    const named = (text: string): unknown => JSON.parse(text);
    const after = named('{"constructor":{},"__proto__":{}}');
    const shared = share(named('{"a":1,"b":2}'), after);
    expect(Object.keys(shared as object)).toEqual(['constructor', '__proto__']);
    expect(Object.getOwnPropertyDescriptor(shared, '__proto__')?.value).not.toBe(Object.prototype);
  });

  it('takes the newer time with whatever else of a fact changed, in whatever order they come', () => {
    const fact = (at: string, value: number): object => ({ at, source, value, more: { same: true } });
    expect(share(fact('1', 1), fact('2', 2))).toEqual(fact('2', 2));
    expect(share<object>({ ...fact('1', 1), gone: 1 }, fact('2', 1))).toEqual(fact('2', 1));
  });

  it('always equals the newer value, and is the older one exactly when they are equal', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        expect(share(before, after)).toEqual(after);
        const copy = structuredClone(before);
        expect(share(before, copy)).toBe(before);
      }),
    );
  });
});
