/** What `juju info CHARM --format json` prints, read tolerantly: the text comes from a store that anybody can write to. */
import type { CharmListing, ListedRelease } from '../../core/charmhub/listing.js';
import type { Instant } from '../../core/fact.js';
import { clean } from '../../core/text.js';
import { branch, count, isBranch, text, textOr } from '../status/json.js';
import { instantOf } from '../status/time.js';

/** Which charm was asked about, and when. */
export interface Asked {
  readonly name: string;
  readonly at: Instant;
}

/** More releases than any charm has, and longer names than any channel has. */
const most = 2000;
const longest = 100;

/** Undefined for what is no answer about this charm. */
export function listingFrom(value: unknown, { name, at }: Asked): CharmListing | undefined {
  const answer = branch(value);
  if (text(answer['name']) !== name || !isBranch(answer['channels'])) return undefined;
  const publisher = clean(text(answer['publisher'])).slice(0, longest);
  const releases = releasesIn(answer['channels']).slice(0, most);
  return { name, askedAt: at, listed: true, publisher, releases, former: [] };
}

/** What is known once Charmhub has said that it has no charm of this name. */
export function notListed({ name, at }: Asked): CharmListing {
  return { name, askedAt: at, listed: false, publisher: '', releases: [], former: [] };
}

function releasesIn(channels: unknown): readonly ListedRelease[] {
  return Object.entries(branch(channels)).flatMap(([track, risks]) =>
    Object.entries(branch(risks)).flatMap(([risk, revisions]) =>
      list(revisions).flatMap((release) => releaseFrom(track, risk, release)),
    ),
  );
}

function releaseFrom(track: string, risk: string, value: unknown): readonly ListedRelease[] {
  const release = branch(value);
  const revision = count(release['revision']);
  if (revision === undefined || track.length > longest || risk.length > longest) return [];
  const releasedAt = instantOf(text(release['released-at']));
  return [
    {
      track,
      risk,
      revision,
      ...(releasedAt === undefined ? {} : { releasedAt }),
      architectures: words(release['architectures']),
      bases: list(release['bases']).flatMap(baseFrom),
    },
  ];
}

function baseFrom(value: unknown): readonly string[] {
  const { name, channel } = branch(value);
  const [system, release] = [textOr(name), textOr(channel)];
  return system === undefined || release === undefined
    ? []
    : [`${system}@${release.split('/')[0] ?? ''}`.slice(0, longest)];
}

function words(value: unknown): readonly string[] {
  return list(value).flatMap((word) => textOr(word)?.slice(0, longest) ?? []);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
