/** What is known of the channel that a charm follows: from Charmhub, or else from data that somebody brought along. */
import type { FormerRelease, ListedRelease, CharmListing } from '../../core/charmhub/listing.js';
import { isKnown, type Known, type Unknown } from '../../core/fact.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { evidenceOf, type Evidence } from '../../core/judgement.js';
import type { ChannelTrack, Knowledge } from '../../core/knowledge.js';
import type { Charm } from '../../core/snapshot.js';
import { lookup } from './lookup.js';

export interface ChannelSight {
  /** When Charmhub said so. */
  readonly askedAt: string;
  /** Whether there is such a charm at all. */
  readonly listed: boolean;
  /** What the charm's channel holds for its base. */
  readonly current: readonly ListedRelease[];
  /** What it held before. */
  readonly former: readonly FormerRelease[];
  readonly evidence: (seen: string, wanted: string) => Evidence;
}

/** Undefined where nobody has asked; unknown where Charmhub was asked and did not answer. */
export function channelSight(
  app: ApplicationView,
  charm: Charm,
  knowledge: Knowledge,
): ChannelSight | Unknown | undefined {
  const fact = app.model.controller.estate.listing(charm.name);
  const brought = fromData(charm, knowledge);
  if (fact === undefined || !isKnown(fact)) return brought ?? fact;
  const isNewer = brought !== undefined && brought.askedAt > fact.value.askedAt;
  return isNewer ? brought : sightOf(fact, charm);
}

function sightOf(fact: Known<CharmListing>, charm: Charm): ChannelSight {
  const { askedAt, listed, releases, former } = fact.value;
  const risk = openRisk(releases, charm);
  const fits = (release: ListedRelease): boolean => isOfChannel(release, charm, risk);
  return {
    askedAt,
    listed,
    current: releases.filter(fits),
    former: former.filter(fits),
    evidence: (seen, wanted) => ({ ...evidenceOf(fact, seen, wanted), observedAt: askedAt }),
  };
}

/** From the safest on: a channel that holds nothing gives what the next safer one holds. */
const risks = ['stable', 'candidate', 'beta', 'edge'];

function openRisk(releases: readonly ListedRelease[], { track = 'latest', risk = '' }: Charm): string {
  const open = new Set(releases.filter((release) => release.track === track).map((release) => release.risk));
  const safer = risks.slice(0, risks.indexOf(risk) + 1);
  return safer.reverse().find((each) => open.has(each)) ?? risk;
}

function isOfChannel({ track, risk, bases }: ListedRelease, charm: Charm, open: string): boolean {
  const { base, track: own = 'latest' } = charm;
  const isForBase = base === undefined || bases.length === 0 || bases.includes(base);
  return track === own && risk === open && isForBase;
}

/** Only data that say on which day Charmhub was asked tell what is the newest, and of that day. */
function fromData(
  { name, track = 'latest', risk = '' }: Charm,
  knowledge: Knowledge,
): ChannelSight | undefined {
  const known = lookup(lookup(knowledge.channelMaps, name) ?? {}, track);
  if (known?.asked === undefined) return undefined;
  const askedAt = `${known.asked}T00:00:00Z`;
  const source = `knowledge: channelMaps ${name}/${track}`;
  return {
    askedAt,
    listed: true,
    current: releasesOf(known, track, risk),
    former: [],
    evidence: (seen, wanted) => ({ source, observedAt: askedAt, seen, wanted }),
  };
}

/** Which architecture and base each revision is for these data do not say. */
function releasesOf({ releases }: ChannelTrack, track: string, risk: string): readonly ListedRelease[] {
  const release = lookup(releases, risk);
  const releasedAt = `${release?.outBy ?? '1970-01-01'}T00:00:00Z`;
  const common = { track, risk, releasedAt, architectures: [], bases: [] };
  return (release?.revisions ?? []).map((revision) => ({ ...common, revision }));
}
