import { apiError } from '../../src/kube/access/api-error.js';
import type { KubeReader } from '../../src/kube/watch/reader.js';
import { expired } from './kube-server.js';
import { Compacted, type KubeEvent, type KubeWorld } from './kube-world.js';

/** What goes wrong between a reader and its world. */
export interface KubeTroubles {
  /** Requests are refused at the door. */
  down: boolean;
  /** Watches are open and tell nothing; what they should have told is lost to them. */
  silent: boolean;
  /** The next page of a list comes after the world has forgotten the list's version. */
  compactWithinList: boolean;
}

interface OpenWatch {
  push(piece: Buffer): void;
  fail(error: Error): void;
  end(): void;
}

/** Reads a world without sockets, so that virtual time decides; its pods alone. */
export class WorldReader implements KubeReader {
  readonly troubles: KubeTroubles = { down: false, silent: false, compactWithinList: false };
  readonly #world: KubeWorld;
  readonly #watches = new Set<OpenWatch>();

  constructor(world: KubeWorld) {
    this.#world = world;
  }

  get(path: string): Promise<unknown> {
    if (this.troubles.down) return Promise.reject(new Error('connection refused'));
    const query = new URLSearchParams(path.split('?')[1]);
    const token = query.get('continue') ?? undefined;
    if (token !== undefined && this.troubles.compactWithinList) {
      this.troubles.compactWithinList = false;
      this.#world.compact();
    }
    try {
      const page = this.#world.page({ plural: 'pods' }, Number(query.get('limit') ?? 0), token);
      const metadata = { resourceVersion: String(page.version), continue: page.goOn };
      return Promise.resolve({ metadata, items: page.items });
    } catch (error) {
      return Promise.reject(error instanceof Compacted ? apiError(410, expired) : (error as Error));
    }
  }

  stream(path: string, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    if (this.troubles.down) return Promise.reject(new Error('connection refused'));
    const from = Number(new URLSearchParams(path.split('?')[1]).get('resourceVersion'));
    return Promise.resolve(this.#open(from, signal));
  }

  /** Every open watch breaks, with the beginning of an event that never ends. */
  drop(): void {
    for (const watch of this.#watches) {
      watch.push(Buffer.from('{"type":"ADDED","obj'));
      watch.fail(new Error('ECONNRESET'));
    }
  }

  end(): void {
    for (const watch of this.#watches) watch.end();
  }

  garble(): void {
    for (const watch of this.#watches) watch.push(Buffer.from('<html>bad gateway</html>\n'));
  }

  bookmark(): void {
    if (this.troubles.silent) return;
    const object = { metadata: { resourceVersion: String(this.#world.version) } };
    for (const watch of this.#watches) watch.push(lineOf({ type: 'BOOKMARK', object }));
  }

  #open(from: number, signal: AbortSignal): AsyncIterable<Buffer> {
    const pieces: Buffer[] = [];
    let finish: { error?: Error } | undefined;
    let wake: () => void = () => undefined;
    const watch: OpenWatch = {
      push: (piece) => {
        pieces.push(piece);
        wake();
      },
      fail: (error) => {
        finish ??= { error };
        wake();
      },
      end: () => {
        finish ??= {};
        wake();
      },
    };
    let stop: () => void = () => undefined;
    try {
      stop = this.#world.watch({ plural: 'pods' }, from, (event) => {
        if (!this.troubles.silent) watch.push(lineOf(event));
      });
      this.#watches.add(watch);
    } catch (error) {
      if (!(error instanceof Compacted)) throw error;
      watch.push(lineOf({ type: 'ERROR', object: expired }));
    }
    signal.addEventListener('abort', () => {
      watch.fail(signal.reason as Error);
    });
    const watches = this.#watches;
    async function* told(): AsyncGenerator<Buffer> {
      try {
        for (;;) {
          for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) yield piece;
          if (finish?.error !== undefined) throw finish.error;
          if (finish !== undefined) return;
          await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        stop();
        watches.delete(watch);
      }
    }
    return told();
  }
}

function lineOf(
  event: Pick<KubeEvent, 'type' | 'object'> | { readonly type: string; readonly object: unknown },
): Buffer {
  return Buffer.from(`${JSON.stringify({ type: event.type, object: event.object })}\n`);
}
