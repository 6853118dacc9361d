import { isKnown } from '../../core/fact.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { evidenceOf, fail, type Judgement } from '../../core/judgement.js';
import type { ChannelRelease, ChannelTrack, Knowledge } from '../../core/knowledge.js';
import type { Charm } from '../../core/snapshot.js';
import type { JudgedTime } from '../../core/time.js';
import { lookup } from './lookup.js';

/** What an age is judged with. */
export interface AgeContext {
  /** Seconds for which a newer revision may be out. */
  readonly params: { readonly age: number };
  readonly time: JudgedTime;
  readonly knowledge: Knowledge;
}

/**
 * What the known channel maps alone settle: that a track is left behind, or that a newer revision of the charm's own
 * channel has been out for too long. That a charm is current they never settle, for newer ones may have come since.
 */
export function behindByChannelMap(
  app: ApplicationView,
  { params, time, knowledge }: AgeContext,
  wanted: string,
): Judgement | undefined {
  const fact = app.get('charm');
  if (!isKnown(fact)) return undefined;
  const track = trackOf(fact.value, knowledge);
  if (track === undefined) return undefined;
  const { revision, channel = 'its channel' } = fact.value;
  const seen = evidenceOf(fact, `revision ${revision ?? 'not shown'} of ${channel}`, wanted);
  if (isUnmaintained(track, time)) {
    const message = `${app.name} follows ${channel}, which gets no releases (${track.source})`;
    return fail('TrackUnmaintained', `${message}${cureOf(track)}`, seen);
  }
  const newer = newerRelease(fact.value, track);
  if (newer === undefined || !time.isOlder(newer.outBy, params.age)) return undefined;
  const out = `${newer.revisions.join(' or ')} of ${channel} was out by ${newer.outBy}`;
  return fail('CharmBehindTooLong', `${app.name} runs an older revision: ${out} (${track.source})`, seen);
}

function cureOf({ instead }: ChannelTrack): string {
  return instead === undefined ? '' : `; the track ${instead} takes its place`;
}

/** Juju shows the track `latest` with its name or without. */
function trackOf(
  { name, track = 'latest', risk, origin }: Charm,
  { channelMaps }: Knowledge,
): ChannelTrack | undefined {
  if (origin === 'local' || risk === undefined) return undefined;
  return lookup(lookup(channelMaps, name) ?? {}, track);
}

function isUnmaintained({ standing, from }: ChannelTrack, time: JudgedTime): boolean {
  return standing === 'unmaintained' && (from === undefined || time.isPast(from));
}

/** A release above what runs, whatever its architecture. */
function newerRelease({ revision, risk }: Charm, { releases }: ChannelTrack): ChannelRelease | undefined {
  const release = lookup(releases, risk ?? '');
  const isNewer =
    release !== undefined && revision !== undefined && revision < Math.min(...release.revisions);
  return isNewer ? release : undefined;
}
