import type { CharmListing } from '../charmhub/listing.js';
import type { Dict } from '../dict.js';
import type { Fact } from '../fact.js';
import { Node } from './node.js';

type Listings = Dict<Fact<CharmListing>>;

/** What Charmhub says of charms. Each charm is a cell of its own: news of one judge no other anew. */
export class ListingsView extends Node<Listings> {
  private shown: Listings = nothing;

  /** The next snapshot's; undefined where Charmhub was not asked. */
  show(listings: Listings = nothing): void {
    const before = this.shown;
    this.shown = listings;
    this.update(listings);
    for (const charm of Object.keys(before)) if (!Object.hasOwn(listings, charm)) this.tell(charm);
  }

  /** Undefined where it was not asked about this charm. */
  of(charm: string): Fact<CharmListing> | undefined {
    this.note(charm);
    return Object.hasOwn(this.shown, charm) ? this.shown[charm] : undefined;
  }

  protected override childPlan(): undefined {
    return undefined;
  }
}

const nothing: Listings = {};
