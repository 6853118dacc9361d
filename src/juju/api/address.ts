import { isIPv6 } from 'node:net';
import { ConnectionError } from './api-error.js';

/** Where a controller listens. */
export interface Address {
  /** Host name or IP address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** How to reach a controller and how to know it. */
export interface Endpoint {
  /** As in `10.0.0.4:17070` or `[2001:db8::4]:17070`. */
  readonly addresses: readonly string[];
  /** The controller's own CA, PEM. Without it the system's roots and the host's own name decide. */
  readonly caCert?: string;
}

const host = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.?$/i;
const form = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+)):(\d{1,5})$/i;

/**
 * Reads `host:port`.
 * @throws ConnectionError that does not repeat the text: it may hold a password by mistake.
 */
export function parseAddress(text: string): Address {
  const [, bracketed, plain = '', digits] = form.exec(text) ?? [];
  const port = Number(digits);
  const valid = bracketed === undefined ? host.test(plain) : isIPv6(bracketed);
  if (valid && port >= 1 && port <= 65_535) return { host: bracketed ?? plain, port };
  throw new ConnectionError('a controller address is not of the form host:port');
}

export function formatAddress({ host: name, port }: Address): string {
  return isIPv6(name) ? `[${name}]:${port}` : `${name}:${port}`;
}

/** Scopes that lead nowhere from another machine. */
const nearby = new Set(['local-machine', 'link-local', 'local-fan']);

/**
 * The addresses in a list of servers as logins and redirects carry it: one list for each controller node. What is no
 * valid address, or reachable from the node alone, is left out.
 */
export function serverAddresses(servers: unknown): readonly string[] {
  const found = new Set<string>();
  for (const node of asList(servers)) {
    for (const entry of asList(node)) {
      const address = serverAddress(entry);
      if (address !== undefined) found.add(address);
    }
  }
  return [...found].slice(0, mostAddresses);
}

/** More than any controller has; a longer list would only waste time. */
const mostAddresses = 32;

function serverAddress(entry: unknown): string | undefined {
  const { value, port, scope } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof value !== 'string' || typeof port !== 'number' || nearby.has(String(scope))) return undefined;
  try {
    return formatAddress(parseAddress(formatAddress({ host: value, port })));
  } catch {
    return undefined;
  }
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
