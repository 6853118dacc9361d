/** A wire to a database in clear text, which is lost around the moment that a transaction is committed. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Lost with the question itself, lost with the answer to it, or not at all. */
type Loss = 'question' | 'answer' | undefined;

export interface LosingWire {
  readonly port: number;
  /** The next commit is lost so; what comes after it is carried again. */
  readonly lose: (loss: Loss) => void;
  readonly close: () => Promise<void>;
}

export async function losingWire(target: number): Promise<LosingWire> {
  const open = new Set<Socket>();
  let next: Loss;
  const server = createServer((client) => {
    const database = connect(target, '127.0.0.1');
    for (const socket of [client, database]) {
      open.add(socket);
      socket.on('error', () => undefined);
    }
    client.on('close', () => database.end());
    database.on('close', () => client.destroy());
    let isLost = false;
    client.on('data', (bytes) => {
      const loss = bytes.includes('commit') ? next : undefined;
      if (loss !== undefined) next = undefined;
      if (loss === 'question') {
        client.destroy();
        return;
      }
      isLost ||= loss === 'answer';
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      if (isLost) client.destroy();
      else client.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    lose: (loss) => {
      next = loss;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
