import { coveredBy, parseCidr } from './cidr.js';

/** Ranges that are not routed on the internet: RFC 1918, 6598, 3927, 4193, 4291 and loopback. */
export const privateRanges = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
] as const;

/** Whether an address stands for all addresses, or is one that the world routes to. Names are somebody's own. */
export function isOpenAddress(host: string): boolean {
  if (host === '' || host === '*' || /^[0.]+$/.test(host) || /^[0:]+$/.test(host)) return true;
  return parseCidr(host) !== undefined && !coveredBy(privateRanges, host);
}
