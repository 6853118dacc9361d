/** Which calls go wrong right now, and how: the incidents that last for a while. */
import type { Chance } from './chance.js';
import type { Deed } from './incidents.js';
import type { CallFault } from './ports/link.js';
import type { ProcessFault } from './ports/processes.js';

type ApiTrouble = Deed & { readonly kind: 'api' };
type CliTrouble = Deed & { readonly kind: 'cli' };
type ProbeTrouble = Deed & { readonly kind: 'probe' };
export type Lasting = ApiTrouble | CliTrouble | ProbeTrouble;

interface Active<T extends Lasting = Lasting> {
  readonly deed: T;
  readonly chance: Chance;
  readonly until: number;
}

/** Rarely an effect on an application lasts longer than a verification. ms */
const longUpset = 20 * 60_000;

export class Trouble {
  /** How many faults of each kind were injected, as `api drop`. */
  readonly injected = new Map<string, number>();
  readonly #now: () => number;
  #active: readonly Active[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  begin(deed: Lasting, chance: Chance): void {
    this.#active = [...this.#active, { deed, chance, until: this.#now() + deed.ms }];
  }

  end(): void {
    this.#active = [];
  }

  count(what: string): void {
    this.injected.set(what, (this.injected.get(what) ?? 0) + 1);
  }

  ofCall(controller: string, call: string): CallFault {
    const hit = this.#hit('api', controller);
    if (hit === undefined) return { kind: 'none' };
    const { fault } = hit.deed;
    // Only the status knows of things that Juju itself could not read, and a login is never stale.
    if (fault === 'partial' && call !== 'Client.FullStatus') return { kind: 'none' };
    if (fault === 'stale' && call === 'Admin.Login') return { kind: 'none' };
    this.count(`api ${fault}`);
    if (fault === 'delay') return { kind: fault, ms: hit.chance.between(500, 40_000) };
    return fault === 'partial' ? { kind: fault, which: hit.chance.whole(0, 100) } : { kind: fault };
  }

  ofProcess(controller: string): ProcessFault {
    const hit = this.#hit('cli', controller);
    if (hit === undefined) return { kind: 'none' };
    const { fault } = hit.deed;
    const { chance } = hit;
    this.count(`cli ${fault}`);
    switch (fault) {
      case 'drop':
      case 'hang':
      case 'killed':
        return { kind: fault, done: chance.happens(0.5) };
      case 'late':
        return { kind: fault, ms: chance.between(100, 90_000) };
      case 'delay':
        return { kind: fault, ms: chance.between(500, 50_000) };
      case 'partial':
        return { kind: fault, ms: chance.between(20_000, longUpset) };
      default:
        return { kind: fault };
    }
  }

  ofProbe(controller: string): { readonly delay: number; readonly lost: boolean } {
    const hit = this.#hit('probe', controller);
    if (hit === undefined) return { delay: 0, lost: false };
    this.count(`probe ${hit.deed.fault}`);
    const lost = hit.deed.fault === 'hang';
    return { delay: lost ? 4000 : hit.chance.between(100, 3900), lost };
  }

  #hit<K extends Lasting['kind']>(
    kind: K,
    controller: string,
  ): Active<Extract<Lasting, { kind: K }>> | undefined {
    if (this.#active.length === 0) return undefined;
    const now = this.#now();
    if (this.#active.some(({ until }) => until <= now))
      this.#active = this.#active.filter(({ until }) => until > now);
    const hit = this.#active.find(
      ({ deed, chance }) => deed.kind === kind && deed.controller === controller && chance.happens(deed.rate),
    );
    return hit as Active<Extract<Lasting, { kind: K }>> | undefined;
  }
}
