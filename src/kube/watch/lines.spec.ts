import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Lines } from './lines.js';

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...ends].map((start, index) => bytes.subarray(start, ends[index]));
}

function all(lines: Lines, pieces: readonly Buffer[]): string[] {
  return pieces.flatMap((piece) => [...lines.push(piece)]);
}

describe('a stream of lines', () => {
  it('gives the same lines however its bytes are cut into pieces, be it within a character', () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replace(/\s/g, '·'));
    fc.assert(
      fc.property(fc.array(words), fc.array(fc.nat(4000)), (texts, places) => {
        const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
        expect(all(new Lines(10_000), cut(bytes, places))).toEqual(texts.filter((text) => text !== ''));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps what has no end yet to itself', () => {
    const lines = new Lines(100);
    expect([...lines.push(Buffer.from('{"a":'))]).toEqual([]);
    expect([...lines.push(Buffer.from('1}\n{"b"'))]).toEqual(['{"a":1}']);
  });

  it.each([
    ['in one piece', ['x'.repeat(11) + '\n']],
    ['in many, before its end has come', ['x'.repeat(6), 'x'.repeat(5)]],
  ])('gives up on a line that is too long, %s', (_, pieces) => {
    const lines = new Lines(10);
    expect(() =>
      all(
        lines,
        pieces.map((piece) => Buffer.from(piece)),
      ),
    ).toThrow('an event is longer than 10 bytes');
  });
});
