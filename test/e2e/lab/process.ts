import { spawn, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';

/** A server that runs until it is ended; what it says goes to a file. */
export interface Running {
  /** Ends it and waits until it is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Resolves once it has ended, by itself or by us. */
  readonly ended: Promise<void>;
}

export function run(binary: string, argv: readonly string[], log: string): Running {
  const out = openSync(log, 'a');
  const child: ChildProcess = spawn(binary, argv, { stdio: ['ignore', out, out] });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  return {
    ended,
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

/** Ports that were free a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
