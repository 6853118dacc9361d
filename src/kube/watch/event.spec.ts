import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { ApiError } from '../access/api-error.js';
import { eventOf } from './event.js';

const object = { metadata: { name: 'db-0', namespace: 'data', resourceVersion: '42' } };

describe('a line of a watch', () => {
  test.each([
    ['ADDED', { type: 'put', object, version: '42' }],
    ['MODIFIED', { type: 'put', object, version: '42' }],
    ['DELETED', { type: 'delete', object, version: '42' }],
    ['BOOKMARK', { type: 'bookmark', version: '42' }],
  ])('%s is read', (type, event) => {
    expect(eventOf(JSON.stringify({ type, object }))).toEqual(event);
  });

  it('carries the refusal of an ERROR event, and how long to wait', () => {
    const status = {
      code: 504,
      reason: 'Timeout',
      message: 'Too large resource version\u001b[31m',
      details: { retryAfterSeconds: 2 },
    };
    const event = eventOf(JSON.stringify({ type: 'ERROR', object: status }));
    expect(event).toMatchObject({
      type: 'error',
      error: { status: 504, reason: 'Timeout', retryAfter: 2000, message: 'Too large resource version [31m' },
    });
  });

  test.each([
    ['no JSON', '{"type":"ADDED","object":{"metadata":', 'an event that is no JSON'],
    ['no object', '[]', 'an event that is no object'],
    ['an unknown type', JSON.stringify({ type: 'RENAMED', object }), 'an event of an unknown type'],
    [
      'no version',
      JSON.stringify({ type: 'ADDED', object: { metadata: { name: 'a' } } }),
      'an event without a version',
    ],
    [
      'no name',
      JSON.stringify({ type: 'ADDED', object: { metadata: { resourceVersion: '1' } } }),
      'an event about an object without a name',
    ],
  ])('with %s is refused, without quoting it', (_, line, message) => {
    expect(() => eventOf(line)).toThrow(new Error(message));
  });

  it('is read or refused with an Error, whatever it is', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({
          type: fc.constantFrom('ADDED', 'DELETED', 'BOOKMARK', 'ERROR', '__proto__'),
          object: fc.anything(),
        })
        .map((event) => JSON.stringify(event)),
    );
    fc.assert(
      fc.property(texts, (line) => {
        try {
          const event = eventOf(line);
          expect(event.type === 'error' ? event.error : event.version).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
          expect(error).not.toBeInstanceOf(TypeError);
          expect(error).not.toBeInstanceOf(ApiError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
