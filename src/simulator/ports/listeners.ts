import type { Server, Socket } from 'node:net';
import { realClock } from '../real-clock.js';

const bindAttempts = 20;
const bindRetryMs = 50;

/** A server with the connections that it has to drop when it goes. */
export interface Listener {
  readonly server: Server;
  readonly sockets: Set<Socket>;
}

/** Listens at the place; a port that another server is just leaving is tried again. @throws the error of listening. */
export async function listen(server: Server, address: string, port: number): Promise<Listener> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await listenOnce(server, address, port);
      return { server, sockets };
    } catch (error) {
      if (attempt >= bindAttempts || !isAddressInUse(error)) throw error;
      await realClock().sleep(bindRetryMs);
    }
  }
}

/** Drops the connections, too. */
export function shut(listener: Listener | undefined): Promise<void> {
  if (listener === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    listener.server.close(() => {
      resolve();
    });
    for (const socket of listener.sockets) socket.destroy();
  });
}

function listenOnce(server: Server, address: string, port: number): Promise<void> {
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
