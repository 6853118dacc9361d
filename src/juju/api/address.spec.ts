import { describe, expect, it, test } from '@jest/globals';
import { formatAddress, parseAddress, serverAddresses } from './address.js';

describe('controller addresses', () => {
  test.each([
    ['10.0.0.4:17070', { host: '10.0.0.4', port: 17070 }],
    ['juju.example.com:443', { host: 'juju.example.com', port: 443 }],
    ['[2001:db8::4]:17070', { host: '2001:db8::4', port: 17070 }],
    [
      'controller-service.controller-prod.svc.cluster.local:17070',
      { host: 'controller-service.controller-prod.svc.cluster.local', port: 17070 },
    ],
  ])('reads %s and writes it back', (text, address) => {
    expect(parseAddress(text)).toEqual(address);
    expect(formatAddress(parseAddress(text))).toBe(text);
  });

  test.each([
    'admin:canary@10.0.0.4:17070',
    'https://canary:17070',
    'canary',
    'canary:0',
    'canary:70000',
    '[canary]:17070',
    'canary/path:17070',
    'canary\n:17070',
    '-canary:17070',
    '',
  ])('refuses %j without repeating it', (text) => {
    expect(() => parseAddress(text)).toThrow('a controller address is not of the form host:port');
  });

  it('takes all nodes’ addresses from a login, without those that lead nowhere from here', () => {
    const servers = [
      [
        { value: '10.0.0.4', port: 17070, scope: 'local-cloud' },
        { value: '127.0.0.1', port: 17070, scope: 'local-machine' },
        { value: 'fe80::1', port: 17070, scope: 'link-local' },
      ],
      [{ value: '2001:db8::5', port: 17070, scope: 'public' }, { value: 'a b', port: 1 }, null, { value: 7 }],
    ];
    expect(serverAddresses(servers)).toEqual(['10.0.0.4:17070', '[2001:db8::5]:17070']);
  });

  it('takes at most 32 and survives anything else', () => {
    const many = Array.from({ length: 99 }, (_, n) => ({ value: `10.0.0.${n}`, port: 17070 }));
    expect(serverAddresses([many])).toHaveLength(32);
    for (const odd of [null, 'x', 7, [7], [[7]], {}]) expect(serverAddresses(odd)).toEqual([]);
  });
});
