import { describe, expect, it, test } from '@jest/globals';
import { answeredId, LastAnswer } from './last-answer.js';

const at = '2026-11-22T03:33:00.123456789Z';
const later = '2026-11-22T03:33:15.5Z';

function frame(id: number, time: string, more: object = {}): Buffer {
  const response = { model: { name: 'data' }, 'controller-timestamp': time, branches: {}, ...more };
  return Buffer.from(JSON.stringify({ 'request-id': id, response }));
}

function isAgain(first: Buffer, second: Buffer): boolean {
  const last = new LastAnswer();
  expect(last.isAgain(first)).toBe(false);
  return last.isAgain(second);
}

describe('the last answer', () => {
  test.each([
    ['with another number and another time of the controller', frame(1, at), frame(23, later), true],
    ['with another model', frame(1, at), frame(2, at, { model: { name: 'date' } }), false],
    ['with something new behind the time', frame(1, at), frame(2, at, { branches: { a: 1 } }), false],
    ['with something that is no time where the time is', frame(1, 'a"b'), frame(2, 'b"a'), false],
    ['with a time of another name', frame(1, at, { since: at }), frame(2, at, { since: later }), false],
    [
      'without a time of the controller',
      Buffer.from('{"request-id":1,"response":{"a":1}}'),
      Buffer.from('{"request-id":2,"response":{"a":1}}'),
      true,
    ],
    [
      'that is an error',
      Buffer.from('{"request-id":1,"error":"no"}'),
      Buffer.from('{"request-id":1,"error":"no"}'),
      false,
    ],
  ])('%s', (_name, first, second, again) => {
    expect(isAgain(first, second)).toBe(again);
  });

  it('is read anew after it was forgotten', () => {
    const last = new LastAnswer();
    last.isAgain(frame(1, at));
    last.forget();
    expect(last.isAgain(frame(2, at))).toBe(false);
    expect(last.isAgain(frame(3, at))).toBe(true);
  });

  it('says which call it answers', () => {
    expect(answeredId(frame(4711, at))).toBe(4711);
    expect(answeredId(Buffer.from('{"error":"no","request-id":1}'))).toBeUndefined();
  });
});
