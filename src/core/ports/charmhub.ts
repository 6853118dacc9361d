import type { CharmListing } from '../charmhub/listing.js';
import type { Dict } from '../dict.js';
import type { Fact } from '../fact.js';
import type { Policy } from '../policy/policy.js';
import type { ControllerState, ModelState } from '../snapshot.js';

/** Asks Charmhub about one charm. What it does not answer is an unknown fact; it never rejects. */
export interface Charmhub {
  ask(charm: string, signal?: AbortSignal): Promise<Fact<CharmListing>>;
}

/** Keeps answers of Charmhub from one run to the next. Losing them only means asking again. */
export interface ListingShelf {
  /** Undefined where there is none, or none that can be read. */
  read(charm: string): Promise<Fact<CharmListing> | undefined>;
  write(charm: string, fact: Fact<CharmListing>): Promise<void>;
}

/** What Charmhub says of the charms in an estate, as a daemon follows it. */
export interface CharmhubListings {
  /** Goes by this policy from now on. */
  adopt(policy: Policy): void;
  /**
   * What is known of the charms of these controllers, which are asked about from now on when it is time; undefined where
   * the policy has nobody asked. The same object as before when nothing has changed. `now` in ms.
   */
  listed(controllers: readonly ControllerState[], now: number): Dict<Fact<CharmListing>> | undefined;
  /** Told of the models whose charms something else is known of. */
  onNews(told: (models: readonly ModelState[]) => void): void;
  stop(): Promise<void>;
}
