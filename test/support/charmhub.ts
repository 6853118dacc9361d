/** What Charmhub says, laid beside the snapshots of tests. */
import type { CharmListing, ListedRelease } from '../../src/core/charmhub/listing.js';
import { dictOf, type Dict } from '../../src/core/dict.js';
import { known, valueOf, type Fact } from '../../src/core/fact.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { takenAt } from './world.js';

/** A revision in 3.6/stable for one base, released a week before the snapshots of tests are taken. */
export function release(revision: number, more: Partial<ListedRelease> = {}): ListedRelease {
  const channel = { track: '3.6', risk: 'stable', releasedAt: '2026-11-15T06:00:00Z' };
  return { ...channel, revision, architectures: ['amd64'], bases: ['ubuntu@24.04'], ...more };
}

/** An answer of the moment in which the snapshots of tests are taken. */
export function listing(name: string, more: Partial<CharmListing> = {}): CharmListing {
  return { name, askedAt: takenAt, listed: true, publisher: 'Canonical', releases: [], former: [], ...more };
}

export function listingFact(value: CharmListing): Fact<CharmListing> {
  const source = { road: 'charmhub', call: `juju info ${value.name} --format json` } as const;
  return known({ source, at: value.askedAt }, value);
}

/** The snapshot with answers about these charms. */
export function withCharmhub(snapshot: Snapshot, answers: Dict<CharmListing | Fact<CharmListing>>): Snapshot {
  const facts = Object.entries(answers).map(
    ([name, given]) => [name, 'source' in given ? given : listingFact(given)] as const,
  );
  return { ...snapshot, charmhub: dictOf(facts) };
}

/** The snapshot where every charm's channel holds what runs. */
export function allCurrent(snapshot: Snapshot): Snapshot {
  const charms = Object.values(snapshot.controllers)
    .flatMap((controller) => Object.values(controller.models))
    .flatMap((model) => Object.values(model.applications))
    .flatMap((app) => valueOf(app.charm) ?? []);
  const answers = charms.map(({ name, track = 'latest', risk = 'stable', revision = 1 }) => {
    const own = release(revision, { track, risk, bases: [] });
    return [name, listing(name, { releases: [own] })] as const;
  });
  return withCharmhub(snapshot, dictOf(answers));
}
