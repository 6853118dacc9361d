import type { Dialer } from './dialer.js';
import type { Credentials } from './login.js';
import { Link } from './link.js';

/** What happened on all connections of a controller since the start. */
export interface Tally {
  calls: number;
  errors: number;
  reconnects: number;
}

/** The connections to one controller and its models; keeps the number of open ones below a limit. */
export class Pool {
  readonly dialer: Dialer;
  readonly tally: Tally = { calls: 0, errors: 0, reconnects: 0 };
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

  used(link: Link): void {
    this.tally.calls += 1;
    this.#open.delete(link);
    this.#open.add(link);
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
