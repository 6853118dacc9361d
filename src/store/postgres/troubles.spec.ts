import { describe, expect, it, test } from '@jest/globals';
import { DatabaseError } from 'pg';
import type { Words } from '../sql/engine.js';
import { ConnectionLost } from './connection.js';
import { troubleOf } from './troubles.js';

const words: Words = { journal: 'the journal in the place', place: 'the place', instead: '', missing: '' };

function said(code: string): unknown {
  const error = new DatabaseError('the words of the server', 0, 'error');
  error.code = code;
  return troubleOf(error, words);
}

describe('what PostgreSQL says', () => {
  test.each([
    ['a full disk', '53100', 'full', 'the disk of the place is full: make room'],
    ['a table that is gone', '42P01', 'corrupt', 'is damaged'],
    ['a column that is gone', '42703', 'corrupt', 'is damaged'],
    ['a damaged page', 'XX001', 'corrupt', 'is damaged'],
    ['a file that is gone', '58P01', 'corrupt', 'is damaged'],
    ['a disk that fails', '58030', 'lost', 'has trouble with its disk'],
    ['a wrong password', '28P01', 'lost', 'refuses our name or password'],
    ['a database that is not there', '3D000', 'lost', 'is not there'],
    ['too many connections', '53300', 'lost', 'has not enough of something'],
    ['a server that ends', '57P01', 'lost', 'ends its sessions'],
    ['an answer that took too long', '57014', 'lost', 'took too long'],
    ['a standby', '25006', 'lost', 'cannot be written'],
    ['a right that is missing', '42501', 'lost', 'does not let us do this'],
    ['a pooler that broke off', '08P01', 'lost', 'does not answer'],
    ['a deadlock with somebody else', '40P01', 'lost', 'let others go first'],
  ])('of %s makes the journal unreliable, in words', (_what, code, state, words_) => {
    expect(said(code)).toEqual({ state, reason: expect.stringContaining(words_) as unknown });
  });

  test.each([
    ['a broken constraint', '23505'],
    ['a guard', 'P0001'],
    ['a text that it cannot keep', '22021'],
  ])('of %s is about one write only', (_what, code) => {
    expect(said(code)).toBeUndefined();
  });

  it('is told from what a connection says, and from mistakes of our own', () => {
    const refused = new ConnectionLost(
      new AggregateError([new Error('connect ECONNREFUSED ::1:5432'), new Error('the other')]),
    );
    expect(troubleOf(refused, words)).toEqual({
      state: 'lost',
      reason: 'the place cannot be reached: connect ECONNREFUSED ::1:5432',
    });
    expect(troubleOf(new TypeError('x is not a function'), words)).toBeUndefined();
  });
});
