/** Units' ports as real sockets on loopback addresses, speaking as etcd speaks there. */
import { createServer as createHttp, type RequestListener, type Server as HttpServer } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { Socket } from 'node:net';
import { createAuthority, type Authority } from '../pki/authority.js';
import type { SimUnit } from '../world/state.js';
import type { PortPlan, UnitPorts } from '../world/unit-ports.js';

const certificateDays = 90;
const authorityDays = 365;
const bindAttempts = 20;
const bindRetryMs = 50;

interface Listener {
  readonly server: HttpServer;
  readonly sockets: Set<Socket>;
}

/** `now` dates the certificates. */
export function realPorts(now: () => number): UnitPorts {
  const listeners = new Map<string, Listener>();
  const authorities = new Map<string, Promise<Authority>>();
  const pending = new Map<string, Promise<void>>();
  let closed = false;

  /** Changes of one port follow each other, whatever became of the one before. */
  function set(unit: SimUnit, plan: PortPlan): Promise<void> {
    const key = `${unit.address}:${plan.port}`;
    const before = pending.get(key) ?? Promise.resolve();
    const next = (): Promise<void> => apply(key, unit, plan);
    const change = before.then(next, next);
    pending.set(key, change);
    return change;
  }

  async function apply(key: string, unit: SimUnit, plan: PortPlan): Promise<void> {
    await shut(listeners.get(key));
    listeners.delete(key);
    if (closed || plan.mode === 'closed') return;
    const server = plan.mode === 'plaintext' ? createHttp(answers(unit, plan)) : await secure(unit, plan);
    const sockets = new Set<Socket>();
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    });
    await bind(server, unit.address, plan.port);
    listeners.set(key, { server, sockets });
  }

  async function secure(unit: SimUnit, plan: PortPlan): Promise<HttpServer> {
    const authority = await authorityOf(plan);
    const subject = unit.name.replace('/', '-');
    const own = await authority.issue({
      commonName: subject,
      names: [unit.address, subject],
      validDays: certificateDays,
    });
    const options = { ...own, ca: authority.certificate, requestCert: true, rejectUnauthorized: true };
    const server = createHttps(options, answers(unit, plan));
    server.on('tlsClientError', () => undefined);
    return server;
  }

  /** Units that ask at once share the one authority of their provider. */
  function authorityOf({ provider }: PortPlan): Promise<Authority> {
    const { id, commonName } = provider ?? { id: 'none', commonName: 'none' };
    const authority = authorities.get(id) ?? createAuthority(commonName, { now, validDays: authorityDays });
    authorities.set(id, authority);
    return authority;
  }

  return {
    set,
    settled: async () => {
      await Promise.all(pending.values());
    },
    close: async () => {
      closed = true;
      await Promise.allSettled(pending.values());
      await Promise.all([...listeners.values()].map(shut));
      listeners.clear();
    },
  };
}

/** What etcd answers: version and health on the client port, the members on the peer port. */
function answers(unit: SimUnit, { protocol }: PortPlan): RequestListener {
  const version = unit.application.workloadVersion;
  const client: Readonly<Record<string, unknown>> = {
    '/version': { etcdserver: version, etcdcluster: `${version.split('.').slice(0, 2).join('.')}.0` },
    '/health': { health: 'true', reason: '' },
  };
  const peer: Readonly<Record<string, unknown>> = {
    '/members': unit.application.units.map(({ name, address }) => ({
      name,
      peerURLs: [`http://${address}:2380`],
    })),
  };
  const known = protocol === 'etcd-client' ? client : peer;
  return (request, response) => {
    const body = known[request.url ?? ''];
    response.setHeader('content-type', 'application/json');
    if (body === undefined) response.writeHead(404).end('404 page not found\n');
    else response.end(JSON.stringify(body));
  };
}

async function bind(server: HttpServer, address: string, port: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await listenOnce(server, address, port);
      return;
    } catch (error) {
      if (attempt >= bindAttempts || !isAddressInUse(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, bindRetryMs));
    }
  }
}

function listenOnce(server: HttpServer, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function shut(listener: Listener | undefined): Promise<void> {
  if (listener === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    listener.server.close(() => {
      resolve();
    });
    for (const socket of listener.sockets) socket.destroy();
  });
}
