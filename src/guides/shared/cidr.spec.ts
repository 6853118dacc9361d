import { BlockList, isIP, isIPv6 } from 'node:net';
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { coveredBy, isWorldOpen, parseCidr } from './cidr.js';

describe('an address block', () => {
  test.each([
    ['a network holds its hosts', ['10.0.0.0/8'], '10.200.3.4', true],
    ['a network holds a smaller one', ['10.0.0.0/8'], '10.20.0.0/16', true],
    ['a network holds itself', ['10.0.0.0/8'], '10.0.0.0/8', true],
    ['host bits of the outer block do not matter', ['10.77.0.13/24'], '10.77.0.200', true],
    ['a smaller network does not hold the larger', ['10.20.0.0/16'], '10.0.0.0/8', false],
    ['one of several is enough', ['192.168.0.0/16', '10.0.0.0/8'], '10.1.1.1', true],
    ['a neighbour is outside', ['10.20.0.0/16'], '10.21.0.1', false],
    ['IPv6 networks hold their hosts', ['fd00:1::/32'], 'fd00:1:2::3', true],
    ['IPv6 with an IPv4 tail is read', ['::ffff:10.0.0.0/104'], '::ffff:10.1.2.3', true],
    ['families do not mix', ['0.0.0.0/0'], '::1', false],
    ['what is no block holds nothing', ['10.0.0.0/99', 'everything'], '10.0.0.1', false],
    ['what is no address is nowhere', ['0.0.0.0/0', '::/0'], '10.0.0.0/99', false],
    ['nothing holds nothing', [], '10.0.0.1', false],
  ])('%s', (_, outer, inner, expected) => {
    expect(coveredBy(outer, inner)).toBe(expected);
  });

  test.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '1.2.3.4.5',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '::/129',
    '1::2::3',
    ':::',
    '12345::',
    '::1.2.3',
    '10.0.0.1/',
  ])('%j is none', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  test.each([
    ['0.0.0.0/0', true],
    ['::/0', true],
    ['10.1.2.3/0', true],
    ['10.0.0.0/8', false],
    ['10.0.0.0/99', false],
  ])('%s is open to the world: %p', (text, expected) => {
    expect(isWorldOpen(text)).toBe(expected);
  });

  it('agrees with the block list of Node on containment', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(address, fc.nat(128), address, (network, length, host) => {
        fc.pre(isIP(network) !== 0 && isIP(host) !== 0 && isIPv6(network) === isIPv6(host));
        const family = isIPv6(network) ? 'ipv6' : 'ipv4';
        const prefix = family === 'ipv6' ? length : length % 33;
        fc.pre(prefix > 0);
        const list = new BlockList();
        list.addSubnet(network, prefix, family);
        expect(coveredBy([`${network}/${prefix}`], host)).toBe(list.check(host, family));
      }),
    );
  });
});
