import { describe, expect, test } from '@jest/globals';
import * as names from './names.js';

const hostile = [
  '-m',
  '--all',
  '',
  ' ',
  'a b',
  'a;b',
  'a\nb',
  'a\u0000',
  '../etc',
  '$(id)',
  'a'.repeat(300),
  'ä',
];

describe.each<[string, (name: string) => boolean, string[], string[]]>([
  [
    'isApplication',
    names.isApplication,
    ['etcd', 'pg14', 'self-signed-certificates', 'a1-b2c'],
    ['Etcd', '1a', 'a-', 'a-1', 'a--b', 'a_b', 'a/0'],
  ],
  [
    'isEndpoint',
    names.isEndpoint,
    ['etcd:peer-certificates', 'a:b_c', 'pg:db-admin'],
    ['etcd', 'etcd:', ':x', 'a:b:c', 'a:B', 'a:-b'],
  ],
  [
    'isUnit',
    names.isUnit,
    ['etcd/0', 'pg-k8s/12', 'a/leader'],
    ['etcd', 'etcd/', 'etcd/01', 'etcd/-1', 'etcd/x', 'a/0/1'],
  ],
  ['isUser', names.isUser, ['bob', 'a.b+c-d', 'everyone@external'], ['bob@', '@external', 'bob-', 'bob/x']],
  [
    'isModel',
    names.isModel,
    ['data', 'admin/data', 'bob@external/m-1', '0a'],
    ['Data', 'a/b/c', 'admin/', 'c:admin/data', 'da.ta'],
  ],
  [
    'isModelOfController',
    names.isModelOfController,
    ['prod:admin/data', 'prod-1:data', 'a.b_c:x'],
    ['admin/data', ':data', 'prod:', 'a:b:c'],
  ],
  [
    'isOffer',
    names.isOffer,
    ['admin/data.database', 'bob@external/m.my-offer'],
    ['data.database', 'admin/data', 'admin/data.', 'c:admin/m.o'],
  ],
  [
    'isConfigKey',
    names.isConfigKey,
    ['log_level', 'tls-client-private-key', 'auditing-enabled', 'A.b'],
    ['_x', 'a=b', 'a:b'],
  ],
  ['isController', names.isController, ['prod', 'microk8s-localhost', 'a.b'], ['a:b', 'a/b', '.x']],
])('%s', (_, check, good, bad) => {
  test.each(good)('takes %p', (name) => {
    expect(check(name)).toBe(true);
  });
  test.each([...bad, ...hostile])('refuses %p', (name) => {
    expect(check(name)).toBe(false);
  });
});

describe('isCidr', () => {
  test.each(['10.0.0.0/8', '0.0.0.0/0', '::/0', '2001:db8::/32'])('takes %s', (text) => {
    expect(names.isCidr(text)).toBe(true);
  });
  test.each([
    '10.0.0.0/99',
    '10.0.0.0',
    '10.0.0/8',
    '::/129',
    '10.0.0.0/8/8',
    '/8',
    '10.0.0.0/-1',
    'x/8',
    '10.0.0.0/ 8',
  ])('refuses %s', (text) => {
    expect(names.isCidr(text)).toBe(false);
  });
});

describe('a name that nearly is one', () => {
  const slow = `a${'-abc'.repeat(49)}`;

  test.each([
    ['isApplication', names.isApplication, `${slow}!`],
    ['isEndpoint', names.isEndpoint, `${slow}:${'a-b'.repeat(10)}!`],
    ['isUnit', names.isUnit, slow],
    ['isOffer', names.isOffer, `admin/data.${slow}!`],
    ['isUser', names.isUser, `${'a.'.repeat(100)}!`],
  ])('is refused by %s at once', (_, check, name) => {
    const begun = process.cpuUsage();
    expect(check(name)).toBe(false);
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(20_000);
  });
});
