import { dictOf, type Dict } from '../dict.js';
import type { ChannelRelease, ChannelTrack } from '../knowledge.js';
import type { CharmListing, ListedRelease } from './listing.js';

/** What Charmhub said of a charm as an entry of the table channelMaps, for where it cannot be asked. */
export function asChannelMap(listing: CharmListing): Dict<ChannelTrack> {
  const tracks = [...new Set(listing.releases.map(({ track }) => track))].sort();
  return dictOf(tracks.map((track) => [track, trackOf(track, listing)] as const));
}

function trackOf(track: string, { name, askedAt, publisher, releases }: CharmListing): ChannelTrack {
  const own = releases.filter((release) => release.track === track);
  const asked = askedAt.slice(0, 10);
  const risks = [...new Set(own.map(({ risk }) => risk))];
  return {
    standing: 'live',
    asked,
    ...(publisher === '' ? {} : { publisher }),
    bases: union(own, ({ bases }) => bases),
    architectures: union(own, ({ architectures }) => architectures),
    releases: dictOf(risks.map((risk) => [risk, releaseOf(own, risk, asked)] as const)),
    source: `juju info ${name}`,
    date: asked,
  };
}

function releaseOf(own: readonly ListedRelease[], risk: string, asked: string): ChannelRelease {
  const releases = own.filter((release) => release.risk === risk);
  const dates = releases.map(({ releasedAt }) => releasedAt?.slice(0, 10) ?? asked);
  const revisions = [...new Set(releases.map(({ revision }) => revision))].sort((a, b) => a - b);
  return { revisions, outBy: dates.sort().at(-1) ?? asked };
}

function union(
  releases: readonly ListedRelease[],
  of: (release: ListedRelease) => readonly string[],
): readonly string[] {
  return [...new Set(releases.flatMap(of))].sort();
}
