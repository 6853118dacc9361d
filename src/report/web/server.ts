/** Serves page, API, metrics and health checks. */
import { once } from 'node:events';
import { createServer as createHttp, type Server } from 'node:http';
import { createServer as createHttps, type Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { InputError } from '../../core/input-error.js';
import { webDefaults, type WebPolicy } from '../../core/policy/web.js';
import type { Clock } from '../../core/ports/index.js';
import { Access } from './access/access.js';
import { refuseExposure } from './access/exposure.js';
import { buildApp } from './app.js';
import { cannotListen } from './cannot-listen.js';
import { addressText, parseListen, type ListenAddress } from './host.js';
import { Live } from './live.js';
import { showing } from './shown.js';
import { tlsOptions, watchTls, type TlsWatch } from './tls.js';
import { noteEvery, Trend } from './trend.js';
import type { WebOptions } from './types.js';

export interface WebServer {
  /** Where it listens, `host:port` with the real port. */
  readonly address: string;
  /** Goes by another policy from now on. @throws InputError where only a restart could do that. */
  adopt(web: WebPolicy | undefined): void;
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
const mostConnections = 1200;
const stalledAfterMs = 30_000;
const closeGraceMs = 2000;

/**
 * Serves on loopback read-only to whoever sits there, or to those who say who they are, as the policy has it.
 * @throws InputError when it cannot or may not listen there.
 */
export async function serveWeb(options: WebOptions): Promise<WebServer> {
  const { web = webDefaults, view, clock, log, journal } = options;
  const wanted = parseListen(options.listen);
  refuseExposure(wanted, web);
  const shown = showing(view, clock);
  const access = new Access(web, clock);
  const live = new Live({ shown, journal, clock, log });
  const trend = new Trend(clock, options.trend);
  let secure: HttpsServer | undefined;
  let server: Server | HttpsServer = createHttp();
  const serve = (handler: Parameters<typeof createHttp>[1]): Server => {
    secure = web.tls && createHttps({ ...limits, ...tlsOptions(web.tls) }, handler);
    server = secure ?? createHttp(limits, handler);
    return server;
  };
  const names = (): ReadonlySet<string> => namesOf(wanted, access.web);
  let closing: Promise<void> | undefined;
  const isClosing = (): boolean => closing !== undefined;
  const app = await buildApp({ ...options, access, live, trend, shown, names, isClosing, serve });
  await listen(server, wanted, options.listenBy ?? '--listen or HOLDFAST_LISTEN');
  server.on('error', (error) => {
    log.error({ error: error.message }, 'the page is in trouble');
  });
  const address = addressText(wanted.host, (server.address() as AddressInfo).port);
  log.info({ address, tls: web.tls !== undefined, asksWho: access.asks() }, 'serving the page');
  const tls = web.tls && secure && watchTls(secure, web.tls, { clock, log });
  const stopNoting = repeatedly(clock, noteEvery, () => {
    const now = shown();
    if (now !== undefined) trend.note(now);
  });
  const close = async (): Promise<void> => {
    stopNoting();
    tls?.stop();
    live.close();
    await shut(server, clock);
    await app.close();
  };
  return {
    address,
    adopt: (next = webDefaults) => {
      adopt(next, { access, wanted, tls });
    },
    close: () => (closing ??= close()),
  };
}

interface Serving {
  readonly access: Access;
  readonly wanted: ListenAddress;
  readonly tls: TlsWatch | undefined;
}

function adopt(next: WebPolicy, { access, wanted, tls }: Serving): void {
  const before = access.web;
  if ((next.tls === undefined) !== (before.tls === undefined) || next.proxied !== before.proxied)
    throw new InputError('web: tls and proxied cannot come or go while Holdfast runs: restart it');
  refuseExposure(wanted, next);
  if (next.tls !== undefined) tls?.use(next.tls);
  access.adopt(next);
}

/** Names, lower case, that are ours besides loopback and the address reached. */
function namesOf({ host }: ListenAddress, { hosts, url }: WebPolicy): ReadonlySet<string> {
  const own = url === undefined ? [] : [new URL(url).hostname];
  return new Set([host, ...hosts, ...own].map((name) => name.toLowerCase()));
}

function repeatedly(clock: Clock, ms: number, task: () => void): () => void {
  let cancel = clock.after(ms, function again() {
    task();
    cancel = clock.after(ms, again);
  });
  return () => {
    cancel();
  };
}

async function listen(server: Server, { host, port }: ListenAddress, how: string): Promise<void> {
  server.maxConnections = mostConnections;
  server.setTimeout(stalledAfterMs);
  const listening = once(server, 'listening');
  server.listen({ host, port });
  try {
    await listening;
  } catch (cause) {
    throw cannotListen({ host, port }, how, cause);
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
