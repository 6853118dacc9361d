import { durationText } from '../../core/duration.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, unsettled, type Judgement } from '../../core/judgement.js';
import { checkSeconds, newestOf } from '../../core/refresh/check.js';
import { flowOf } from '../../core/refresh/flow.js';
import { stageOf } from '../../core/refresh/stage.js';
import type { JudgedTime } from '../../core/time.js';
import { advisoryJudgement, advisoryReasons } from './advisories.js';
import { behindByChannelMap, type AgeContext } from './channel-map.js';
import { charmOf } from './far-end.js';
import { byCharmhub, channelReasons, freshKnowledge } from './in-channel.js';
import { duration, refreshAge } from './params.js';

/** What the policy may say about refreshes, in seconds. */
interface UpgradeContext extends AgeContext {
  readonly params: { readonly age: number; readonly hang: number };
}

export const upgradeParams = {
  age: refreshAge,
  hang: duration('30m').meta({
    description: 'For how long a refresh may show no change before it counts as hanging, as in 30m.',
  }),
} as const;

/** The reasons that a refresh under way gives. */
const refreshReasons = {
  RefreshUnderway: 'The charm is being refreshed; when all units are through shows whether it is current.',
  RefreshPaused: 'A refresh waits after its first units until somebody lets the others follow.',
  RefreshHangs: 'A refresh has shown no change for longer than the policy allows. It is not forced.',
  RefreshFailed: 'The charm says that its refresh went wrong: a person has to decide on the way back.',
} as const;

/** The reasons that `upgradeJudgement` gives. */
export const upgradeReasons = {
  CharmBehindTooLong: 'A newer revision of the charm has been offered for longer than the policy allows.',
  TrackUnmaintained: "The charm's track gets no releases any more, so that no fix reaches the application.",
  ReleaseDateNotSeen: 'A newer revision is offered; since when one is out is not known.',
  LocalCharm: 'The charm was deployed from a file, so no channel offers newer revisions.',
  NothingOffered: 'Juju names no newer revision, which it also does when it could not ask Charmhub.',
  ...channelReasons,
  ...advisoryReasons,
  ...refreshReasons,
} as const;

/**
 * Whether the charm is current in its channel. Juju looks for newer revisions once a day and names none when offline,
 * so that naming none proves nothing; a revision that it names is behind at least since we saw it named, or since a
 * known channel map had it. That none is newer only Charmhub settles.
 */
export function upgradeJudgement(app: ApplicationView, context: UpgradeContext): Judgement {
  const wanted = `no newer revision in the channel for longer than ${durationText(context.params.age)}`;
  const underWay = refreshJudgement(app, context.params.hang, context.time);
  if (underWay !== undefined) return underWay;
  const judgement =
    advisoryJudgement(app, context.knowledge) ??
    behindByChannelMap(app, context, wanted) ??
    byWhatIsOffered(app, context, wanted);
  return ofRevision(withCheck(judgement, app, context), app);
}

/** What was said of a revision is over once another one runs; what was not read says nothing of any. */
function ofRevision(judgement: Judgement, app: ApplicationView): Judgement {
  const charm = charmOf(app);
  const isBlind = judgement.outcome === 'unknown' && !isKnown(app.get('upgrade'));
  if (charm?.revision === undefined || isBlind) return judgement;
  return { ...judgement, of: `${charm.name} ${charm.revision}` };
}

/** Why what is behind is not refreshed, where the charm itself has refused it. */
function withCheck(judgement: Judgement, app: ApplicationView, { time }: AgeContext): Judgement {
  if (judgement.reason !== 'CharmBehindTooLong') return judgement;
  return { ...judgement, message: `${judgement.message}${failedCheck(app, time)}` };
}

/** Juju's own word counts where it is a failure; else Charmhub's, where there is one. */
function byWhatIsOffered(app: ApplicationView, context: AgeContext, wanted: string): Judgement {
  const named = byWhatJujuNames(app, context, wanted);
  return named.outcome === 'fail' ? named : (byCharmhub(app, context, wanted) ?? named);
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

/** A refresh under way is judged by itself; undefined where none is, or where it cannot be seen. */
function refreshJudgement(app: ApplicationView, hang: number, time: JudgedTime): Judgement | undefined {
  const charm = app.get('charm');
  if (!isKnown(charm) || flowOf(charm.value) === undefined) return undefined;
  const [status, units] = [app.get('status'), app.get('units')];
  const stage = stageOf({ name: app.name, charm, status, units });
  if (stage === undefined || stage.stage === 'none') return undefined;
  const seen = evidenceOf(units, stage.message, 'all units refreshed');
  const about = `the refresh of ${app.name}`;
  // What is wrong with the refresh itself is over when it is.
  const failed = (reason: string, what: string): Judgement => ({
    ...fail(reason, `${about} ${what}`, seen),
    of: about,
  });
  if (stage.stage === 'failed') return failed('RefreshFailed', `went wrong: ${stage.message}`);
  if (stage.stage === 'paused')
    return failed('RefreshPaused', `waits for its next step on ${stage.resumeOn}`);
  const since = status.at > units.at ? status.at : units.at;
  return time.isOlder(since, hang)
    ? failed('RefreshHangs', `has shown no change since ${since}: ${stage.message}`)
    : unsettled('RefreshUnderway', `${about} goes on: ${stage.message}`, seen);
}

/** What the charm's own check said last, where it refused. */
function failedCheck(app: ApplicationView, time: JudgedTime): string {
  const charm = charmOf(app);
  const operations = valueOf(app.model.get('operations'));
  const flow = charm && flowOf(charm);
  const last = flow && operations && newestOf(operations, flow.check, app.name);
  if (last?.completed === undefined || last.status === 'completed') return '';
  if (time.isOlder(last.completed, checkSeconds)) return '';
  return `; ${last.action} failed at ${last.completed}: ${last.message ?? 'no reason given'}`;
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
  const message = `Juju names no newer revision; only Charmhub's answer would settle that there is none: ${freshKnowledge}`;
  return unsettled('NothingOffered', message, seen);
}

/** Whether a refresh is known to be waiting. */
export function pendingRefresh(app: ApplicationView): string | undefined {
  const to = valueOf(app.get('upgrade'))?.to;
  return to === '' ? undefined : to;
}
