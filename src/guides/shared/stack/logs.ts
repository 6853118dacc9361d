/** Whether logs of an application arrive in Loki. */
import { durationText } from '../../../core/duration.js';
import type { ApplicationView } from '../../../core/evaluate/view.js';
import { isKnown, valueOf, type Known } from '../../../core/fact.js';
import { evidenceOf, fail, inconsistent, notSeen, pass, type Judgement } from '../../../core/judgement.js';
import { logWindow, type LogStreams } from '../../../core/observability/stack.js';
import type { JudgedTime } from '../../../core/time.js';
import { listed } from '../gather.js';
import { duration } from '../params.js';
import { bestOf, notAsked, stackReasons, stacksOf, type StackPlace } from './places.js';

/** The reasons that `logsRecent` gives. */
export const logReasons = {
  ...stackReasons,
  NoRecentLogs: 'Loki holds no line of the application, or of some of its units, that is recent enough.',
} as const;

/** For how long an application may be silent. */
export const logAge = duration('1d').meta({
  description:
    'How old the newest line of the application in Loki may be, as in 1d; looked at where the policy names a Loki under observability.',
});

/** What is asked, and when. */
export interface LogQuestion {
  /** Seconds. */
  readonly logAge: number;
  readonly time: JudgedTime;
}

/** Whether the newest line is recent and every unit writes; undefined where nobody may ask. */
export function logsRecent(app: ApplicationView, question: LogQuestion): Judgement | undefined {
  return bestOf(stacksOf(app, 'loki').map((place) => logsAt(app, place, question)));
}

function logsAt(app: ApplicationView, place: StackPlace, question: LogQuestion): Judgement {
  const wanted = `a line younger than ${durationText(question.logAge)}`;
  const fact = place.telemetry?.get('logs');
  if (fact === undefined) return notAsked(place, app);
  if (!isKnown(fact)) return notSeen(fact, wanted);
  const where = `Loki of ${place.stack.name}`;
  const streams = fact.value[app.name];
  const newest = streams?.newest;
  if (streams === undefined || newest === undefined) {
    const seen = evidenceOf(fact, `no line within ${durationText(logWindow)}`, wanted);
    return fail('NoRecentLogs', `${where} holds no line of ${app.name}`, seen);
  }
  const seen = evidenceOf(fact, `newest line of ${newest}`, wanted);
  if (question.time.isOlder(newest, question.logAge))
    return fail('NoRecentLogs', `${where} has had no line of ${app.name} since ${newest}`, seen);
  return (
    silentUnits(app, { fact, streams, where }, question) ??
    pass(`${where} has recent lines of ${app.name}`, seen)
  );
}

/** Whether a unit writes is told for a day: where longer silence is allowed, the application as a whole decides. */
const day = 86_400;

function silentUnits(
  app: ApplicationView,
  {
    fact,
    streams,
    where,
  }: { readonly fact: Known<unknown>; readonly streams: LogStreams; readonly where: string },
  { logAge: allowed }: LogQuestion,
): Judgement | undefined {
  if (allowed > day || streams.units.length === 0) return undefined;
  const writing = new Set(streams.units);
  const units = Object.values(valueOf(app.get('units')) ?? {});
  const silent = units.filter(({ name, workload }) => workload === 'active' && !writing.has(name));
  if (silent.length === 0) return undefined;
  const names = listed(
    silent.map(({ name }) => name),
    ', ',
  );
  const evidence = silent.map(({ name }) => evidenceOf(fact, 'no line within a day', 'recent lines', name));
  return inconsistent(
    'NoRecentLogs',
    `${where} has had no line of ${names} for a day`,
    ...evidence.slice(0, 40),
  );
}
