import { durationText } from '../../core/duration.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, unsettled, type Judgement } from '../../core/judgement.js';
import { behindByChannelMap, type AgeContext } from './channel-map.js';
import { charmOf } from './far-end.js';

/** The reasons that `upgradeJudgement` gives. */
export const upgradeReasons = {
  CharmBehindTooLong: 'A newer revision of the charm has been offered for longer than the policy allows.',
  TrackUnmaintained: "The charm's track gets no releases any more, so that no fix reaches the application.",
  ReleaseDateNotSeen: 'A newer revision is offered; since when it is out, Juju does not tell.',
  LocalCharm: 'The charm was deployed from a file, so no channel offers newer revisions.',
  NothingOffered: 'Juju names no newer revision, which it also does when it could not ask Charmhub.',
} as const;

/**
 * Whether the charm is current in its channel. Juju looks for newer revisions once a day and names none when offline,
 * so that naming none proves nothing; a revision that it names is behind at least since we saw it named, or since a
 * known channel map had it.
 */
export function upgradeJudgement(app: ApplicationView, context: AgeContext): Judgement {
  const wanted = `no newer revision in the channel for longer than ${durationText(context.params.age)}`;
  return behindByChannelMap(app, context, wanted) ?? byWhatJujuNames(app, context, wanted);
}

function byWhatJujuNames(app: ApplicationView, { params, time }: AgeContext, wanted: string): Judgement {
  const upgrade = app.get('upgrade');
  if (!isKnown(upgrade)) return notSeen(upgrade, wanted);
  const { to } = upgrade.value;
  if (to === '') return nothingNamed(app, wanted);
  const seen = evidenceOf(upgrade, `can be refreshed to ${to}`, wanted);
  if (time.isOlder(upgrade.at, params.age)) {
    const message = `${app.name} could be refreshed to ${to} since ${upgrade.at} at the latest`;
    return fail('CharmBehindTooLong', message, seen);
  }
  const message = `${app.name} can be refreshed to ${to}; when that was released needs Charmhub's answer`;
  return unsettled('ReleaseDateNotSeen', message, seen);
}

function nothingNamed(app: ApplicationView, wanted: string): Judgement {
  const fact = app.get('upgrade');
  const seen = evidenceOf(fact, 'no newer revision named', wanted);
  if (charmOf(app)?.origin === 'local') {
    return unsettled(
      'LocalCharm',
      `${app.name} runs a charm from a file: whether it is current cannot be seen`,
      seen,
    );
  }
  const message = "Juju names no newer revision; only Charmhub's answer would settle that there is none";
  return unsettled('NothingOffered', message, seen);
}

/** Whether a refresh is known to be waiting. */
export function pendingRefresh(app: ApplicationView): string | undefined {
  const to = valueOf(app.get('upgrade'))?.to;
  return to === '' ? undefined : to;
}
