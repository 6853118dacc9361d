import { ConnectionError, troubleOf, type Trouble } from './api-error.js';
import type { Dialer } from './dialer.js';
import type { Credentials } from './login.js';
import { Link } from './link.js';

/** What happened on all connections of a controller since the start. */
export interface Tally {
  calls: number;
  errors: number;
  reconnects: number;
  /** By what was called, as `Client.FullStatus`. */
  readonly callsBy: Map<string, number>;
  /** By what they mean for the next try; those of connections apart. */
  readonly errorsBy: Map<Trouble | 'connection', number>;
}

const kinds = ['connection', 'retryable', 'busy', 'denied', 'final'] as const;

/** The connections to one controller and its models; keeps the number of open ones below a limit. */
export class Pool {
  readonly dialer: Dialer;
  readonly tally: Tally = {
    ...{ calls: 0, errors: 0, reconnects: 0, callsBy: new Map<string, number>() },
    errorsBy: new Map(kinds.map((kind) => [kind, 0])),
  };
  /** Open ones, the one idle for longest first. */
  readonly #open = new Set<Link>();
  readonly #lost = new WeakSet<Link>();

  constructor(dialer: Dialer) {
    this.dialer = dialer;
  }

  controllerLink(credentials: Credentials): Link {
    return new Link(this, '/api', credentials);
  }

  modelLink(uuid: string, credentials: Credentials): Link {
    return new Link(this, `/model/${uuid}/api`, credentials);
  }

  /** `call` as `Client.FullStatus`. */
  used(link: Link, call: string): void {
    this.tally.calls += 1;
    addOne(this.tally.callsBy, call);
    this.#open.delete(link);
    this.#open.add(link);
  }

  failed(error: unknown): void {
    this.tally.errors += 1;
    addOne(this.tally.errorsBy, error instanceof ConnectionError ? 'connection' : troubleOf(error));
  }

  opened(link: Link): void {
    if (this.#lost.delete(link)) this.tally.reconnects += 1;
    this.#open.add(link);
    if (this.#open.size <= this.dialer.options.settings.mostOpen) return;
    for (const candidate of this.#open) {
      if (candidate === link || !candidate.idle) continue;
      void candidate.rest();
      return;
    }
  }

  lost(link: Link): void {
    this.#lost.add(link);
    this.#open.delete(link);
  }

  closed(link: Link): void {
    this.#open.delete(link);
  }
}

function addOne<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
