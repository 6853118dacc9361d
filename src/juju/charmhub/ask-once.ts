import { charmsIn } from '../../core/charmhub/charms.js';
import type { CharmListing } from '../../core/charmhub/listing.js';
import { newDict } from '../../core/dict.js';
import { isKnown, type Fact } from '../../core/fact.js';
import type { CharmhubPolicy } from '../../core/policy/charmhub.js';
import type { Charmhub, Clock, ListingShelf } from '../../core/ports/index.js';
import type { Snapshot } from '../../core/snapshot.js';
import { counted } from '../../core/text.js';
import { Inquiry } from './inquiry.js';

export interface OneInquiry {
  readonly policy: CharmhubPolicy | undefined;
  readonly charmhub: Charmhub;
  readonly shelf: ListingShelf;
  readonly clock: Clock;
  readonly progress: (line: string) => void;
}

/** The snapshot with what Charmhub says of its charms, where the policy lets it be asked. */
export async function withListings(snapshot: Snapshot, inquiry: OneInquiry): Promise<Snapshot> {
  const { policy, progress } = inquiry;
  if (policy?.mode !== 'live') return snapshot;
  const charms = [...charmsIn(Object.values(snapshot.controllers)).keys()].sort();
  const found = newDict<Fact<CharmListing>>();
  progress(`asking Charmhub about ${counted(charms.length, 'charm')}`);
  await new Inquiry({ ...inquiry, every: () => policy.every, atOnce: () => policy.atOnce }).round(
    charms,
    (charm, fact) => {
      found[charm] = fact;
      if (!isKnown(fact)) progress(fact.unknown.reason);
    },
  );
  return { ...snapshot, charmhub: found };
}
