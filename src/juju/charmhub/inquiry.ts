import { withHistory, type CharmListing } from '../../core/charmhub/listing.js';
import { isKnown, unknown, type Fact, type Known } from '../../core/fact.js';
import type { Charmhub, Clock, ListingShelf } from '../../core/ports/index.js';
import { secondsOf } from '../status/time.js';
import { reachable } from './over-juju.js';

export interface InquiryOptions {
  readonly charmhub: Charmhub;
  readonly shelf: ListingShelf;
  readonly clock: Pick<Clock, 'now'>;
  /** Seconds for which an answer is good. */
  readonly every: () => number;
  /** Charms asked about at once. */
  readonly atOnce: () => number;
}

/** After so many charms in a row without an answer the others are not asked about in the same round. */
const patience = 2;

/** Asks about charms, a few at a time, and about none of which the last answer is still good. */
export class Inquiry {
  private readonly options: InquiryOptions;

  constructor(options: InquiryOptions) {
    this.options = options;
  }

  /** One round; `told` hears each charm's answer as it comes. Rejects when the signal aborts. */
  async round(
    charms: readonly string[],
    told: (charm: string, fact: Fact<CharmListing>) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const left = [...charms];
    let failures = 0;
    const work = async (): Promise<void> => {
      for (let charm = left.shift(); charm !== undefined; charm = left.shift()) {
        signal?.throwIfAborted();
        const kept = await this.kept(charm);
        const fact = this.isGood(kept) || failures >= patience ? undefined : await this.ask(charm, signal);
        if (fact !== undefined) failures = isKnown(fact) ? 0 : failures + 1;
        told(charm, await this.best(charm, kept, fact));
      }
    };
    await Promise.all(Array.from({ length: this.options.atOnce() }, work));
  }

  /** What was kept of an earlier answer, however old. */
  private async kept(charm: string): Promise<Known<CharmListing> | undefined> {
    const fact = await this.options.shelf.read(charm);
    return fact !== undefined && isKnown(fact) ? fact : undefined;
  }

  private isGood(kept: Known<CharmListing> | undefined): boolean {
    if (kept === undefined) return false;
    const age = this.options.clock.now() - Date.parse(kept.value.askedAt);
    return age >= 0 && age < this.options.every() * 1000;
  }

  private async ask(charm: string, signal: AbortSignal | undefined): Promise<Fact<CharmListing>> {
    const fact = await this.options.charmhub.ask(charm, signal);
    signal?.throwIfAborted();
    return fact;
  }

  /** The new answer; where there is none an older one, which says itself how old it is. */
  private async best(
    charm: string,
    kept: Known<CharmListing> | undefined,
    fresh: Fact<CharmListing> | undefined,
  ): Promise<Fact<CharmListing>> {
    if (fresh === undefined || !isKnown(fresh)) return kept ?? fresh ?? this.unasked(charm);
    const fact = { ...fresh, value: withHistory(kept?.value, fresh.value) };
    // Who cannot keep it asks again.
    await this.options.shelf.write(charm, fact).catch(() => undefined);
    return fact;
  }

  private unasked(charm: string): Fact<CharmListing> {
    const at = secondsOf(this.options.clock.now());
    const reading = { source: { road: 'charmhub', call: `juju info ${charm} --format json` }, at } as const;
    return unknown(reading, `Charmhub was not asked about ${charm}: it had not answered before`, reachable);
  }
}
