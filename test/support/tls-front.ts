/** Stands before a simulated controller with a certificate of its own, which can be replaced, under any loopback address. */
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:tls';
import { createAuthority, type Authority } from '../../src/simulator/pki/authority.js';
import type { Simulator } from '../../src/simulator/index.js';

export interface TlsFront {
  readonly port: number;
  /** PEM of the CA in use. */
  readonly ca: () => string;
  /** A new certificate by the same CA for whoever connects from now on. */
  readonly renew: () => Promise<void>;
  /** A new CA and a certificate by it, for whoever connects from now on. */
  readonly replaceCa: () => Promise<void>;
  /** Cuts all connections. */
  readonly drop: () => void;
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

export interface FrontOptions {
  readonly simulator: Simulator;
  readonly controller: string;
  /** What it listens on: 127.0.0.1 unless said. */
  readonly host?: string;
  /** What the controller says at login is its address; what it listens on unless said. */
  readonly name?: string;
}

/** The controller tells of no other address than this from now on. */
export async function tlsFront(options: FrontOptions): Promise<TlsFront> {
  const { simulator, controller, host = '127.0.0.1', name = host } = options;
  const inner = simulator.world.controllers.get(controller);
  const behind = Number(inner?.addresses[0]?.split(':').at(-1));
  const open = new Set<Socket>();
  let authority = await newAuthority();
  const server = createServer({ ...(await leaf(authority)) }, (outside) => {
    const inside = connect({ host: '127.0.0.1', port: behind, rejectUnauthorized: false });
    for (const [socket, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const isNumeric = name.includes(':');
  inner?.addresses.splice(0, Infinity, isNumeric ? `[${name}]:${port}` : `${name}:${port}`);
  const renew = async (): Promise<void> => {
    server.setSecureContext(await leaf(authority));
  };
  const drop = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port,
    ca: () => authority.certificate,
    renew,
    replaceCa: async () => {
      authority = await newAuthority();
      await renew();
    },
    drop,
    connections: () => open.size / 2,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      drop();
      await closed;
    },
  };
}

function newAuthority(): Promise<Authority> {
  return createAuthority('juju-ca', { now: () => Date.now(), validDays: 3650 });
}

function leaf(authority: Authority): Promise<{ readonly key: string; readonly cert: string }> {
  return authority.issue({ commonName: 'juju', names: ['juju-apiserver'], validDays: 3650 });
}
