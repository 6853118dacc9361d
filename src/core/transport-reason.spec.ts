import { expect, test } from '@jest/globals';
import { transportReason } from './transport-reason.js';

const secret = 'https://ann:secret@alerts.example/';

test.each<[string, unknown, string]>([
  ['the code of an error', Object.assign(new Error(secret), { code: 'ECONNREFUSED' }), 'connection refused'],
  [
    'the code of what is behind it',
    new TypeError('fetch failed', { cause: Object.assign(new Error(secret), { code: 'ENOTFOUND' }) }),
    'no such host',
  ],
  ['a code that nobody has a word for', { code: 'ERR_SOMETHING' }, 'ERR_SOMETHING'],
  [
    'the name of an error without a code',
    Object.assign(new Error(secret), { name: 'TimeoutError' }),
    'no answer in time',
  ],
  ['a name that nobody has a word for', new RangeError(secret), 'RangeError'],
  ['nothing of a code that is a text', Object.assign(new Error('x'), { code: `E ${secret}` }), 'Error'],
  [
    'nothing of a code with more after it',
    Object.assign(new Error('x'), { code: `ECONN ${secret}` }),
    'Error',
  ],
  [
    'nothing of a code with more before it',
    Object.assign(new Error('x'), { code: 'see ECONNRESET' }),
    'Error',
  ],
  ['nothing of a name that is a text', { name: `failed at ${secret}` }, 'failed'],
  ['nothing of a name with more before it', { name: `1 Error` }, 'failed'],
  ['nothing of a name with more after it', { name: `Error 1` }, 'failed'],
  ['nothing of a name that is none', { name: 5 }, 'failed'],
  ['nothing of no error', undefined, 'failed'],
])('why a server was not reached is told by %s', (_what, error, expected) => {
  expect(transportReason(error)).toBe(expected);
});
