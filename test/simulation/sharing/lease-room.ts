/** Leases as an API server keeps them, for the units of a simulation. */
import { LeaseConflict, type Lease, type Leases } from '../../../src/core/ports/sharing.js';
import type { Chance } from '../chance.js';
import type { Host } from './host.js';

export class LeaseRoom {
  /** Writes that were made so far. */
  writes = 0;
  /** How many writes of who is cut off are made all the same, and only their answers lost. */
  unheard = 0.5;
  readonly #leases = new Map<string, Lease>();

  for(host: Host, chance: Chance): Leases {
    const ms = (): number => chance.between(2, 40);
    return {
      list: () => host.call('leases', ms(), () => [...this.#leases.values()]),
      put: (lease, before) =>
        host.call('leases', ms(), () => this.#put(lease, before), chance.happens(this.unheard)),
    };
  }

  #put({ name, holder, notes }: Parameters<Leases['put']>[0], before: Lease | undefined): Lease {
    const now = this.#leases.get(name);
    if (now?.version !== before?.version) throw new LeaseConflict(`${name} is another by now`);
    this.writes += 1;
    const lease = { name, holder, notes, version: String(this.writes), transitions: 0 };
    this.#leases.set(name, lease);
    return lease;
  }
}
