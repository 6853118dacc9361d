import { durationText } from '../../core/duration.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, type Known } from '../../core/fact.js';
import type { ListedRelease } from '../../core/charmhub/listing.js';
import { fail, manual, pass, unsettled, type Evidence, type Judgement } from '../../core/judgement.js';
import type { Charm } from '../../core/snapshot.js';
import { channelSight, type ChannelSight } from './channel-sight.js';
import type { AgeContext } from './channel-map.js';

/** The reasons that what Charmhub says gives. */
export const channelReasons = {
  CharmhubNotReached: 'Charmhub was asked and did not answer, and no data say what the channel holds.',
  NotOnCharmhub: 'Charmhub knows no charm of this name.',
  ChannelNotListed: 'Charmhub shows no revision of the channel that the charm follows, for its base.',
  RevisionNotInChannel:
    'What runs is neither what the channel holds nor older: it was taken from elsewhere, or withdrawn.',
  KnowledgeStale:
    'What is known of the channel is so old that newer revisions may have been out for too long.',
} as const;

/** How what is known of Charmhub is brought up to date. */
export const freshKnowledge =
  'let Charmhub be asked (charmhub: { mode: live } in the policy), or bring in newer data with --data';

interface Seen {
  readonly app: ApplicationView;
  readonly charm: Charm & { readonly revision: number };
  readonly sight: ChannelSight;
  readonly wanted: string;
  readonly context: AgeContext;
}

/**
 * Whether the revision in place is the newest of its channel, as Charmhub says. What was the newest one up to a moment
 * has not been behind for longer than since then: it passes until that is longer ago than the policy allows. Undefined
 * where nobody asked, or where the charm's channel is not shown.
 */
export function byCharmhub(app: ApplicationView, context: AgeContext, wanted: string): Judgement | undefined {
  const fact = app.get('charm');
  if (!isKnown(fact)) return undefined;
  const { revision, origin, risk } = fact.value;
  if (revision === undefined || risk === undefined || origin === 'local') return undefined;
  const sight = channelSight(app, fact.value, context.knowledge);
  if (sight === undefined) return undefined;
  if ('unknown' in sight) {
    const { reason, permission = freshKnowledge } = sight.unknown;
    return unsettled('CharmhubNotReached', `${reason}; needs ${permission}`, unread(sight, wanted));
  }
  return judged({ app, charm: { ...fact.value, revision }, sight, wanted, context });
}

function unread({ source, at }: Pick<Known<unknown>, 'source' | 'at'>, wanted: string): Evidence {
  return { source: `${source.road}: ${source.call}`, observedAt: at, seen: 'no answer', wanted };
}

function judged(seen: Seen): Judgement {
  const { charm, sight } = seen;
  if (!sight.listed)
    return unsettled('NotOnCharmhub', `Charmhub knows no charm ${charm.name}`, evidence(seen));
  const newestUntil = whenNewest(seen);
  if (newestUntil !== undefined && !isTooOld(seen, newestUntil)) return current(seen, newestUntil);
  if (holds(seen)) return stale(seen);
  if (sight.current.length === 0) {
    const message = `Charmhub shows nothing in ${channelOf(charm)} for ${charm.base ?? 'its base'}`;
    return unsettled('ChannelNotListed', message, evidence(seen));
  }
  const since = behindSince(seen);
  return since === undefined ? elsewhere(seen) : behind(seen, since);
}

/** Up to when the revision was known to be the newest; undefined where it was never seen in the channel. */
function whenNewest({ charm, sight }: Seen): string | undefined {
  if (sight.current.some(({ revision }) => revision === charm.revision)) return sight.askedAt;
  return sight.former.find(({ revision }) => revision === charm.revision)?.lastSeen;
}

function holds({ charm, sight }: Seen): boolean {
  return sight.current.some(({ revision }) => revision === charm.revision);
}

function isTooOld({ context: { time, params } }: Seen, at: string): boolean {
  return time.isOlder(at, params.age);
}

function current(seen: Seen, until: string): Judgement {
  const { app, charm } = seen;
  const own = `${app.name} runs revision ${charm.revision}`;
  const message = holds(seen)
    ? `${own}, which ${channelOf(charm)} held on ${until}`
    : `${own}, which ${channelOf(charm)} held up to ${until} at least; newer there now: ${revisionsOf(seen)}`;
  return pass(message, evidence(seen));
}

function stale(seen: Seen): Judgement {
  const { app, charm, sight, context } = seen;
  const age = durationText(context.params.age);
  const message = `${app.name} runs what ${channelOf(charm)} held on ${sight.askedAt}, longer ago than ${age}; ${freshKnowledge}`;
  return unsettled('KnowledgeStale', message, evidence(seen));
}

function elsewhere(seen: Seen): Judgement {
  const { app, charm } = seen;
  const message = `${app.name} runs revision ${charm.revision}, but ${channelOf(charm)} holds ${revisionsOf(seen)}`;
  return manual('RevisionNotInChannel', message, evidence(seen));
}

function behind(seen: Seen, since: string): Judgement {
  const { app, charm } = seen;
  const own = `${app.name} runs revision ${charm.revision} of ${charm.name}; ${channelOf(charm)} holds ${revisionsOf(seen)}`;
  if (isTooOld(seen, since))
    return fail('CharmBehindTooLong', `${own}, and newer ones since ${since}`, evidence(seen));
  return unsettled(
    'ReleaseDateNotSeen',
    `${own}, since ${since}; how long before others were newer does not show`,
    evidence(seen),
  );
}

/**
 * Since when something newer is in the channel; undefined where nothing is. Juju does not show the architecture of an
 * application: where it matters, the one for which newer revisions came last counts, so that nobody is blamed wrongly.
 */
function behindSince(seen: Seen): string | undefined {
  const since = linesOf(seen).map((line) => earliestNewer(line, seen));
  if (since.some((moment) => moment === undefined)) return undefined;
  return since
    .flatMap((moment) => moment ?? [])
    .sort()
    .at(-1);
}

function earliestNewer(line: readonly ListedRelease[], { charm, sight }: Seen): string | undefined {
  const newer = line.filter(({ revision }) => revision > charm.revision);
  // What was newer and was taken back leaves nothing to refresh to.
  if (!newer.some((release) => sight.current.includes(release))) return undefined;
  return newer.map(({ releasedAt }) => releasedAt ?? sight.askedAt).sort()[0];
}

/** Releases that take each other's place: those of one architecture. */
function linesOf({ charm, sight }: Seen): readonly (readonly ListedRelease[])[] {
  const own = sight.former.find(({ revision }) => revision === charm.revision)?.architectures ?? [];
  const all = new Set(sight.current.flatMap(({ architectures }) => architectures));
  const wanted = own.some((each) => all.has(each)) ? own.filter((each) => all.has(each)) : [...all];
  const known = [...sight.current, ...sight.former];
  const byArchitecture = wanted.map((each) =>
    known.filter(({ architectures }) => architectures.includes(each)),
  );
  const others = sight.current.filter(({ architectures }) => architectures.length === 0);
  return [...byArchitecture, ...others.map((release) => [release])];
}

function evidence(seen: Seen): Evidence {
  const { charm, sight, wanted } = seen;
  return sight.evidence(
    `revision ${charm.revision} in place, ${revisionsOf(seen)} in ${channelOf(charm)}`,
    wanted,
  );
}

function revisionsOf({ sight }: Seen): string {
  const revisions = [...new Set(sight.current.map(({ revision }) => revision))];
  return revisions.length === 0 ? 'nothing' : revisions.join(' or ');
}

function channelOf({ channel, track = 'latest', risk }: Charm): string {
  return channel ?? `${track}/${risk ?? ''}`;
}
