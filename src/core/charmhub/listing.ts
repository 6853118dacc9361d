/** What Charmhub says of a charm: who publishes it, and which revisions its channels hold. */
import type { Instant } from '../fact.js';

export interface CharmListing {
  readonly name: string;
  /** When Charmhub said so. */
  readonly askedAt: Instant;
  /** False: Charmhub knows no charm of this name. */
  readonly listed: boolean;
  /** As Charmhub shows it, such as `Canonical`; empty where it names none. */
  readonly publisher: string;
  /** What each channel held when it was asked; several for architectures and bases. */
  readonly releases: readonly ListedRelease[];
  /** What channels held at an earlier answer and hold no more. */
  readonly former: readonly FormerRelease[];
}

/** A revision in a channel. */
export interface ListedRelease {
  readonly track: string;
  /** `stable`, `candidate`, `beta` or `edge`. */
  readonly risk: string;
  readonly revision: number;
  /** When it came into the channel; absent where Charmhub does not tell. */
  readonly releasedAt?: Instant;
  readonly architectures: readonly string[];
  /** As in `ubuntu@24.04`. */
  readonly bases: readonly string[];
}

export interface FormerRelease extends ListedRelease {
  /** When Charmhub last had it in the channel: it was the newest one up to then at least. */
  readonly lastSeen: Instant;
}

/** More than this was left long ago. */
const mostFormer = 200;

/** The newer answer, with what the older ones show of releases that are gone from their channels. */
export function withHistory(before: CharmListing | undefined, after: CharmListing): CharmListing {
  if (before === undefined) return after;
  const now = new Set(after.releases.map(keyOf));
  const left = before.releases.map((release) => ({ ...release, lastSeen: before.askedAt }));
  const former = [...left, ...before.former].filter((release) => !now.has(keyOf(release)));
  const first = new Map(former.map((release) => [keyOf(release), release] as const).reverse());
  return { ...after, former: [...first.values()].reverse().slice(0, mostFormer) };
}

function keyOf({ track, risk, revision }: ListedRelease): string {
  return `${track}/${risk}:${revision}`;
}
