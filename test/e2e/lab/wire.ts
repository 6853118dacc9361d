import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What lies between an observer and the API server, and fails as networks and load balancers do. */
export class Wire {
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #refusing = false;

  private constructor(target: number) {
    this.#server = createServer((client) => {
      if (this.#refusing) client.destroy();
      else this.#join(client, connect(target, '127.0.0.1'));
    });
  }

  /** Leads to a port of this machine. */
  static async to(target: number): Promise<Wire> {
    const wire = new Wire(target);
    await new Promise<void>((resolve) => wire.#server.listen(0, '127.0.0.1', resolve));
    return wire;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get connections(): number {
    return this.#pairs.size;
  }

  /** Cuts what is connected. */
  cut(): void {
    for (const { client, server } of this.#pairs) {
      client.destroy();
      server.destroy();
    }
  }

  /** Refuses what comes from now on, until it lets it through again. */
  refuse(refusing: boolean): void {
    this.#refusing = refusing;
  }

  /** What is connected stays so and carries nothing any more; new connections work. */
  freeze(): void {
    for (const pair of this.#pairs) {
      pair.client.unpipe(pair.server).resume();
      pair.server.unpipe(pair.client).resume();
    }
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(client: Socket, server: Socket): void {
    const pair = { client, server };
    this.#pairs.add(pair);
    client.pipe(server);
    server.pipe(client);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => {
        this.#pairs.delete(pair);
        other.destroy();
      });
    }
  }
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}
