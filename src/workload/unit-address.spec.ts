import { describe, expect, test } from '@jest/globals';
import { isUnitAddress } from './unit-address.js';

describe('isUnitAddress', () => {
  test.each([
    '10.0.0.5',
    '192.168.1.9',
    '172.16.0.1',
    '100.64.0.7',
    '203.0.113.4',
    '252.61.0.1',
    'fd42:63bf::1',
    '2001:db8::5',
  ])('takes %s', (address) => {
    expect(isUnitAddress(address)).toBe(true);
  });

  test.each([
    '127.0.0.53',
    '::ffff:169.254.169.254',
    'fe80::1%eth0',
    'ff02::1',
    '255.255.255.255',
    '10.0.0',
    '010.0.0.1',
    'ten',
  ])('refuses %s', (address) => {
    expect(isUnitAddress(address)).toBe(false);
  });
});
