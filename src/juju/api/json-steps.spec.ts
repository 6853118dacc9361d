import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { atOnce } from '../../core/steps.js';
import { largeAnswer } from '../../../test/support/large-answer.js';
import { isLarge, jsonSteps } from './json-steps.js';

/** Cuts wherever it can. */
function cut(text: string, piece = 4): unknown {
  return atOnce(jsonSteps(Buffer.from(text), piece));
}

function parsed(text: string): { readonly value: unknown } | 'refused' {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return 'refused';
  }
}

function parsedInPieces(text: string, piece: number): { readonly value: unknown } | 'refused' {
  try {
    return { value: cut(text, piece) };
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return 'refused';
  }
}

const pieces = fc.integer({ min: 0, max: 40 });

describe('parsing in pieces', () => {
  test.each([
    ['nested objects and lists', '{"a":[1,[2,3,{"b":"c"}],[]],"d":{"e":{},"f":[[[]]]},"g":null}'],
    ['brackets, quotes and backslashes in strings', '{"a\\"]}":["]","{\\\\",{"x":"\\"}"}],"b":[1,2,3,4]}'],
    ['space wherever it may stand', ' { "a" : [ 1 , 2 ,\n\t3 , 4 ] , "b" : [        ] } \r\n'],
    ['a key that comes twice', '{"a":[1,2,3,4],"b":1,"a":[5,6,7,8]}'],
    ['a key that would set the prototype', '{"__proto__":{"a":1234567},"b":{"__proto__":[1,2,3]}}'],
    ['letters of several bytes', '{"später":["žluťoučký","😀😀😀"],"é":1}'],
    ['numbers of all kinds', '[[-1.5e+10,0,1E5],[true,false,null]]'],
    ['lists nested deeper than it cuts', `${'['.repeat(400)}1${']'.repeat(400)}`],
    ['a plain value', '"one"'],
  ])('gives what JSON.parse gives for %s', (_name, text) => {
    expect(cut(text)).toEqual(JSON.parse(text));
  });

  test.each([
    ['nothing', ''],
    ['a comma at the end of a list', '[1,2,3,[4,5],]'],
    ['a comma at the end of an object', '{"a":[1,2,3],}'],
    ['a missing comma', '[[1,2,3][4,5,6]]'],
    ['a missing colon', '{"a"[1,2,3]}'],
    ['a missing value', '{"a":,"b":[1,2,3]}'],
    ['a key without quotes', '{a:[1,2,3],"b":1}'],
    ['brackets that do not match', '[[1,2,3},4]'],
    ['a text that ends early', '{"a":[1,2,3,4'],
    ['a string without an end', '{"a":["b,c,d]}'],
    ['something behind the end', '[1,2,3,4] 5'],
  ])('refuses %s', (_name, text) => {
    expect(() => cut(text)).toThrow(SyntaxError);
  });

  it('gives what JSON.parse gives for any value, however it is cut', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), pieces, (text, piece) => {
        expect(cut(text, piece)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('agrees with JSON.parse on what is no JSON, too', () => {
    const spoilt = fc
      .tuple(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom('', ',', ']', '}', '[', '{', '"', '\\', ':', ' '),
      )
      .map(([text, at, put]) => {
        const index = at % (text.length + 1);
        return text.slice(0, index) + put + text.slice(index + 1);
      });
    fc.assert(
      fc.property(spoilt, pieces, (text, piece) => {
        expect(parsedInPieces(text, piece)).toEqual(parsed(text));
      }),
      { numRuns: 500 },
    );
  });

  it('stops often on its way through a large status', () => {
    const answer = largeAnswer({ applications: 20, unitsEach: 50 });
    const bytes = Buffer.from(JSON.stringify(answer));
    const steps = jsonSteps(bytes);
    let stops = 0;
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) stops += 1;
    expect(step.value).toEqual(answer);
    expect(isLarge(bytes)).toBe(true);
    expect(stops).toBeGreaterThan(bytes.length / 65_536);
  });
});
