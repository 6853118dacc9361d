/** Ports of PostgreSQL, PgBouncer, Patroni, Kafka and ZooKeeper as real sockets; those of etcd are left to `etcd`. */
import { createServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { SimUnit } from '../world/state.js';
import type { PortPlan, PortProtocol, UnitPorts } from '../world/unit-ports.js';
import { certifying } from './certificates.js';
import { listen, shut, type Listener } from './listeners.js';
import { postgresqlServer } from './postgresql-server.js';
import { kafkaSession, patroniSession, zookeeperSession, type Session } from './sessions.js';

/** `now` dates the certificates. */
export function productPorts(etcd: UnitPorts, now: () => number): UnitPorts {
  const listeners = new Map<string, Listener>();
  const pending = new Map<string, Promise<void>>();
  const certify = certifying(now);
  let closed = false;

  async function apply(key: string, unit: SimUnit, plan: PortPlan): Promise<void> {
    await shut(listeners.get(key));
    listeners.delete(key);
    if (closed || plan.mode === 'closed') return;
    const server = await serverOf(unit, plan);
    listeners.set(key, await listen(server, unit.address, plan.port));
  }

  async function serverOf(unit: SimUnit, { protocol, mode, provider }: PortPlan): Promise<Server> {
    const own = mode === 'plaintext' ? undefined : await certify(unit, provider);
    const session = sessions[protocol];
    if (session === undefined) return postgresqlServer({ protocol, mode, ...(own && { own }) });
    if (own === undefined) return createServer(session);
    const server = createTlsServer(own, session);
    server.on('tlsClientError', () => undefined);
    return server;
  }

  return {
    set: (unit, plan) => {
      if (plan.protocol === 'etcd-client' || plan.protocol === 'etcd-peer') return etcd.set(unit, plan);
      const key = `${unit.address}:${plan.port}`;
      const next = (): Promise<void> => apply(key, unit, plan);
      const change = (pending.get(key) ?? Promise.resolve()).then(next, next);
      pending.set(key, change);
      return change;
    },
    settled: async () => {
      await Promise.all([etcd.settled(), ...pending.values()]);
    },
    close: async () => {
      closed = true;
      await Promise.allSettled([etcd.close(), ...pending.values()]);
      await Promise.all([...listeners.values()].map(shut));
      listeners.clear();
    },
  };
}

/** The others are asked for TLS within their own protocol. */
const sessions: Readonly<Partial<Record<PortProtocol, Session>>> = {
  patroni: patroniSession,
  kafka: kafkaSession,
  zookeeper: zookeeperSession,
};
