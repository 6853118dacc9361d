import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError } from '../core/input-error.js';
import type { Clock, Log } from '../core/ports/index.js';
import { createHandler } from './http-answer.js';
import { addressText, isLoopback, parseListen, type ListenAddress } from './http-host.js';
import type { Sources } from './http-routes.js';

export interface ServeOptions extends Sources {
  /** `host:port`; port 0 takes a free one. */
  readonly listen: string;
  readonly log: Log;
  readonly clock: Clock;
  /** More host names by which the page may be asked for, such as the name of a Kubernetes service. */
  readonly allowedHosts?: readonly string[];
}

export interface ReportServer {
  /** Where it listens, `host:port` with the real port. */
  readonly address: string;
  /** Takes no more requests; resolves when those under way are answered, or cut off after two seconds. */
  close(): Promise<void>;
}

/** Requests are small and quick: whoever is slow or sends much is cut off (times in ms, sizes in bytes). */
const limits = {
  maxHeaderSize: 8192,
  headersTimeout: 5000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1000,
  keepAliveTimeout: 5000,
} as const;
const mostConnections = 128;
const stalledAfterMs = 30_000;
const closeGraceMs = 2000;

/**
 * Serves page, report, metrics and health checks, read-only and without a password: to be bound to loopback, or where
 * only those can reach it who may read the report. Throws InputError when it cannot listen there.
 */
export async function serveReport(options: ServeOptions): Promise<ReportServer> {
  const { listen, log, clock, allowedHosts = [] } = options;
  const wanted = parseListen(listen);
  const names = new Set([wanted.host, ...allowedHosts].map((name) => name.toLowerCase()));
  const server = createServer(limits, createHandler({ ...options, names }));
  server.maxConnections = mostConnections;
  server.setTimeout(stalledAfterMs);
  await bind(server, wanted);
  server.on('error', (error) => {
    log.error({ error }, 'the report server is in trouble');
  });
  const address = addressText(wanted.host, (server.address() as AddressInfo).port);
  if (isLoopback(wanted.host)) log.info({ address }, 'serving the report');
  else log.warn({ address }, 'serving the report without a password beyond this machine');
  let closing: Promise<void> | undefined;
  return { address, close: () => (closing ??= shut(server, clock)) };
}

async function bind(server: Server, { host, port }: ListenAddress): Promise<void> {
  const listening = once(server, 'listening');
  server.listen({ host, port });
  try {
    await listening;
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).message;
    throw new InputError(`cannot listen on ${addressText(host, port)}: ${why}`, { cause });
  }
}

async function shut(server: Server, clock: Clock): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const cancel = clock.after(closeGraceMs, () => {
    server.closeAllConnections();
  });
  await closed;
  cancel();
}
