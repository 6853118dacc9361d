/** Blocks of network addresses, for comparing what is open with what is declared. Pure; no node built-ins. */

/** The addresses that share the first `prefix` bits of `address`. */
export interface Cidr {
  readonly family: 4 | 6;
  readonly address: bigint;
  readonly prefix: number;
}

const bits = { 4: 32, 6: 128 } as const;

/** Parses `10.0.0.0/8`, `fd00::/8` or a single address; undefined for what is none (Juju stores those too). */
export function parseCidr(text: string): Cidr | undefined {
  const [host = '', length, ...more] = text.trim().split('/');
  const family = host.includes(':') ? 6 : 4;
  const address = family === 4 ? parseV4(host) : parseV6(host);
  const prefix = length === undefined ? bits[family] : parseNumber(length, bits[family]);
  if (address === undefined || prefix === undefined || more.length > 0) return undefined;
  return { family, address, prefix };
}

/** Whether every address of `inner` lies in `outer`. */
export function containsCidr(outer: Cidr, inner: Cidr): boolean {
  if (outer.family !== inner.family || inner.prefix < outer.prefix) return false;
  const free = BigInt(bits[outer.family] - outer.prefix);
  return outer.address >> free === inner.address >> free;
}

/** Whether one of the blocks holds all of `inner`; texts that are no block hold nothing and are held by none. */
export function coveredBy(outer: readonly string[], inner: string): boolean {
  const block = parseCidr(inner);
  if (block === undefined) return false;
  return outer.some((text) => {
    const candidate = parseCidr(text);
    return candidate !== undefined && containsCidr(candidate, block);
  });
}

/** Whether it is open to the world: `0.0.0.0/0`, `::/0`, or any other spelling of all addresses. */
export function isWorldOpen(cidr: string): boolean {
  return parseCidr(cidr)?.prefix === 0;
}

function parseNumber(text: string, maximum: number): number | undefined {
  if (!/^\d{1,3}$/.test(text)) return undefined;
  const value = Number(text);
  return value <= maximum ? value : undefined;
}

function parseV4(host: string): bigint | undefined {
  const octets = host.split('.').map((part) => parseNumber(part, 255));
  if (octets.length !== 4) return undefined;
  let address = 0n;
  for (const octet of octets) {
    if (octet === undefined) return undefined;
    address = (address << 8n) | BigInt(octet);
  }
  return address;
}

function parseV6(host: string): bigint | undefined {
  const halves = withoutDots(host)?.split('::');
  if (halves === undefined || halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (head === undefined) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return joined([...head, ...new Array<string>(missing).fill('0'), ...(tail ?? [])]);
}

/** An IPv4 address at the end (`::ffff:10.0.0.1`) written as two groups. */
function withoutDots(host: string): string | undefined {
  if (!host.includes('.')) return host;
  const at = host.lastIndexOf(':') + 1;
  const v4 = parseV4(host.slice(at));
  return v4 === undefined
    ? undefined
    : `${host.slice(0, at)}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`;
}

function joined(groups: readonly string[]): bigint | undefined {
  let address = 0n;
  for (const group of groups) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
    address = (address << 16n) | BigInt(`0x${group}`);
  }
  return address;
}
