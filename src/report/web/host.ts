import { isIP } from 'node:net';
import { InputError } from '../../core/input-error.js';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Reads `host:port` (`[::1]:8420` for IPv6). Throws InputError for anything else. */
export function parseListen(listen: string): ListenAddress {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([\w.-]+)):(\d{1,5})$/.exec(listen);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || port > 65_535) {
    throw new InputError(`listen address ${JSON.stringify(listen)} is not host:port, such as 127.0.0.1:8420`);
  }
  return { host, port };
}

/** `host:port` as people write it. */
export function addressText(host: string, port: number): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * Whether a request that names this host may be answered. A web page elsewhere can point its own DNS name at our
 * address (DNS rebinding) and would read the report with the browser's help; its requests carry that name. So only
 * names that are ours count: loopback, the names given, and the very address on which the request came in.
 */
export function isOurHost(
  header: string | undefined,
  reachedAt: string,
  names: ReadonlySet<string>,
): boolean {
  const host = hostName(header);
  return host !== undefined && (isLoopback(host) || names.has(host) || host === plainAddress(reachedAt));
}

/** The name without port and brackets, lower case; undefined where the header is no host at all. */
function hostName(header: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::\d{1,5})?$/i.exec(header ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

/** IPv4 addresses stay IPv4 where a socket for both kinds shows them as `::ffff:10.0.0.1`. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase();
}
