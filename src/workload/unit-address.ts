import { BlockList, isIP } from 'node:net';

/**
 * Places that are never a unit's own: a model that claims one would make us ask ourselves, a cloud's metadata
 * service, or everybody. Class E stays allowed: fan networks of Juju use it.
 */
const elsewhere = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
  ['255.255.255.255', 32],
] as const) {
  elsewhere.addSubnet(network, bits, 'ipv4');
  elsewhere.addSubnet(`::ffff:${network}`, bits + 96, 'ipv6');
}
for (const [network, bits] of [
  ['::', 128],
  ['::1', 128],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  elsewhere.addSubnet(network, bits, 'ipv6');
}

/** Whether this is a literal IP address that a unit could have. Names are never looked up. */
export function isUnitAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0 || address.includes('%')) return false;
  return !elsewhere.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
