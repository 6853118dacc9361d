import { expect, test } from '@jest/globals';
import { cannotListen } from './cannot-listen.js';

const how = '--listen or HOLDFAST_LISTEN';

test.each([
  ['EACCES', 'choose one from 1024 on (--listen or HOLDFAST_LISTEN), or grant CAP_NET_BIND_SERVICE'],
  ['EADDRINUSE', 'end it, or choose another port (--listen or HOLDFAST_LISTEN; port 0 takes a free one)'],
  ['EADDRNOTAVAIL', '127.0.0.1 for this machine alone, or 0.0.0.0 for all (--listen or HOLDFAST_LISTEN)'],
  ['ENOTFOUND', 'no such host: check its name, or write an address (--listen or HOLDFAST_LISTEN)'],
  ['ESTRANGE', 'the reason: choose another address (--listen or HOLDFAST_LISTEN)'],
])('who cannot listen is told where, why and what to do: %s', (code, advice) => {
  const { message } = cannotListen(
    { host: '::1', port: 80 },
    how,
    Object.assign(new Error('the reason'), { code }),
  );
  expect(message).toMatch(/^cannot listen on \[::1\]:80: \S/);
  expect(message.endsWith(advice)).toBe(true);
});
