import { expect, test } from '@jest/globals';
import { parseOfferUrl } from './offer-url.js';

test.each([
  ['prod:admin/cos.loki', { controller: 'prod', owner: 'admin', model: 'cos', offer: 'loki' }],
  ['admin/cos.loki-logging', { owner: 'admin', model: 'cos', offer: 'loki-logging' }],
  ['prod:bob@external/cos.loki', { controller: 'prod', owner: 'bob@external', model: 'cos', offer: 'loki' }],
  [
    'prod:bob@canonical.com/cos.loki',
    { controller: 'prod', owner: 'bob@canonical.com', model: 'cos', offer: 'loki' },
  ],
  ['cos.loki', { model: 'cos', offer: 'loki' }],
  ['cos', undefined],
  ['', undefined],
  ['a:b:c/d.e', undefined],
  ['a/b/c.d', undefined],
])('reads %s', (text, expected) => {
  expect(parseOfferUrl(text)).toEqual(expected);
});
