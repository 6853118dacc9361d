import { charmsIn } from '../../core/charmhub/charms.js';
import type { CharmListing } from '../../core/charmhub/listing.js';
import { dictOf, type Dict } from '../../core/dict.js';
import { isKnown, type Fact } from '../../core/fact.js';
import { charmhubDefaults, type CharmhubPolicy } from '../../core/policy/charmhub.js';
import type { Policy } from '../../core/policy/policy.js';
import type { Charmhub, CharmhubListings, Clock, ListingShelf, Log } from '../../core/ports/index.js';
import { share } from '../../core/share.js';
import type { ControllerState, ModelState } from '../../core/snapshot.js';
import { Inquiry } from './inquiry.js';

export interface ListingsOptions {
  readonly charmhub: Charmhub;
  readonly shelf: ListingShelf;
  readonly clock: Clock;
  readonly log: Log;
}

interface Page {
  readonly fact: Fact<CharmListing>;
  /** When it was asked for, ms. */
  readonly triedAt: number;
}

/** A charm of which Charmhub said nothing is asked about again after so long, ms. */
const again = 3_600_000;

/** What Charmhub says of the charms of an estate, followed: each charm is asked about once in an interval. */
export class Listings implements CharmhubListings {
  private readonly options: ListingsOptions;
  private readonly inquiry: Inquiry;
  private readonly pages = new Map<string, Page>();
  private readonly stopping = new AbortController();
  private policy: CharmhubPolicy | undefined;
  private running: Promise<void> | undefined;
  private models: ReadonlyMap<string, readonly ModelState[]> = new Map();
  private shown: Dict<Fact<CharmListing>> = {};
  private told: (models: readonly ModelState[]) => void = () => undefined;

  constructor(options: ListingsOptions) {
    this.options = options;
    const policy = (): CharmhubPolicy => this.policy ?? charmhubDefaults;
    this.inquiry = new Inquiry({
      ...options,
      every: () => policy().every,
      atOnce: () => policy().atOnce,
    });
  }

  adopt({ charmhub }: Policy): void {
    this.policy = charmhub?.mode === 'live' ? charmhub : undefined;
  }

  onNews(told: (models: readonly ModelState[]) => void): void {
    this.told = told;
  }

  listed(controllers: readonly ControllerState[], now: number): Dict<Fact<CharmListing>> | undefined {
    if (this.policy === undefined) return undefined;
    this.models = charmsIn(controllers);
    this.begin(now, this.policy);
    this.shown = share(this.shown, dictOf(this.known()));
    return this.shown;
  }

  async stop(): Promise<void> {
    this.stopping.abort(new Error('the daemon is stopping'));
    await this.running;
  }

  private known(): readonly (readonly [string, Fact<CharmListing>])[] {
    return [...this.models.keys()].sort().flatMap((charm) => {
      const page = this.pages.get(charm);
      return page === undefined ? [] : [[charm, page.fact] as const];
    });
  }

  private begin(now: number, { every }: CharmhubPolicy): void {
    if (this.running !== undefined || this.stopping.signal.aborted) return;
    const due = [...this.models.keys()].filter((charm) => this.isDue(charm, now, every * 1000));
    if (due.length === 0) return;
    this.running = this.inquiry
      .round(
        due,
        (charm, fact) => {
          this.take(charm, fact);
        },
        this.stopping.signal,
      )
      .catch((error: unknown) => {
        this.trouble(error);
      })
      .finally(() => {
        this.running = undefined;
      });
  }

  private isDue(charm: string, now: number, every: number): boolean {
    const page = this.pages.get(charm);
    if (page === undefined) return true;
    const { fact, triedAt } = page;
    const isFresh = isKnown(fact) && now - Date.parse(fact.value.askedAt) < every;
    return now < triedAt || (!isFresh && now - triedAt >= again);
  }

  private take(charm: string, fact: Fact<CharmListing>): void {
    const { clock, log } = this.options;
    const before = this.pages.get(charm)?.fact;
    this.pages.set(charm, { fact, triedAt: clock.now() });
    if (!isKnown(fact)) log.warn({ charm, trouble: fact.unknown.reason }, 'Charmhub did not answer');
    if (share(before, fact) !== before) this.told(this.models.get(charm) ?? []);
  }

  private trouble(error: unknown): void {
    if (this.stopping.signal.aborted) return;
    const trouble = error instanceof Error ? error.message : String(error);
    this.options.log.error({ trouble }, 'Charmhub could not be asked');
  }
}
