import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';

const attempts = 50;
const probedPort = 2379;

/**
 * Addresses 127.a.b.2, 127.a.b.3, … of a block that no other simulation on this machine uses right now. The block is
 * random by process, not by seed: two runs of one seed may run at once.
 */
export async function loopbackAddresses(): Promise<() => string> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const block = `127.${randomInt(1, 255)}.${randomInt(0, 256)}`;
    if (await isFree(`${block}.2`)) return addressesIn(block);
  }
  throw new Error('no free block of loopback addresses was found');
}

function addressesIn(block: string): () => string {
  let last = 1;
  return () => {
    last += 1;
    if (last > 254) throw new Error('a simulation with real ports has at most 253 addresses');
    return `${block}.${last}`;
  };
}

function isFree(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(probedPort, address, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
