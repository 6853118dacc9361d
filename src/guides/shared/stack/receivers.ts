/** Whether alerts about an application reach anybody. */
import { dictOf, type Dict } from '../../../core/dict.js';
import { durationText } from '../../../core/duration.js';
import type { ApplicationView } from '../../../core/evaluate/view.js';
import { isKnown, valueOf, type Known } from '../../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled, type Judgement } from '../../../core/judgement.js';
import type { AlertRouting, AlertRule, Silence } from '../../../core/observability/stack.js';
import { millis, type JudgedTime } from '../../../core/time.js';
import { listed } from '../gather.js';
import { duration } from '../params.js';
import { allMatch, type Sure } from './label-matching.js';
import type { StackPlace } from './places.js';
import { reachesAnybody } from './routes.js';

/** The reasons that `alertsReach` gives. */
export const receiverReasons = {
  AlertsReachNobody:
    'Prometheus sends alerts to no Alertmanager, or Alertmanager hands them to a receiver that tells nobody.',
  AlertRoutesNotClear: 'Whether alerts reach anybody depends on labels that only a firing alert has.',
  AlertsSilenced: 'A silence holds back every alert about the application for a long time.',
} as const;

/** For how long everything about an application may be silenced. */
export const longestSilence = duration('1d').meta({
  description:
    'For how long from now a silence may hold back all alerts about the application, as in 1d for a maintenance.',
});

export interface AlertQuestion {
  readonly rules: readonly AlertRule[];
  /** Seconds. */
  readonly longestSilence: number;
  readonly time: JudgedTime;
}

/** Whether alerts of these rules get from Prometheus through Alertmanager to somebody. */
export function alertsReach(app: ApplicationView, place: StackPlace, question: AlertQuestion): Judgement {
  const { stack } = place;
  const wanted = 'a receiver that tells somebody';
  const sent = stack.get('alertmanagers');
  if (!isKnown(sent)) return notSeen(sent, wanted);
  if (sent.value === 0)
    return fail(
      'AlertsReachNobody',
      `Prometheus of ${stack.name} sends alerts to no Alertmanager`,
      evidenceOf(sent, 'no active Alertmanager', 'one at least'),
    );
  const routing = stack.get('routing');
  if (!isKnown(routing)) return notSeen(routing, wanted);
  const silences = stack.get('silences');
  if (!isKnown(silences)) return notSeen(silences, 'no long silence');
  return silenced(app, silences, question) ?? routed(app, { place, routing }, question.rules);
}

interface Routed {
  readonly place: StackPlace;
  readonly routing: Known<AlertRouting>;
}

function routed(app: ApplicationView, { place, routing }: Routed, rules: readonly AlertRule[]): Judgement {
  const topology = topologyOf(app);
  const reached = rules.map((rule) => ({
    rule,
    sure: reachesAnybody(routing.value, { ...topology, ...rule.labels, alertname: rule.name }),
  }));
  const of = (sure: Sure): readonly AlertRule[] =>
    reached.filter((one) => one.sure === sure).map(({ rule }) => rule);
  const [lost, told] = [of('no'), of('yes')];
  const grave = lost.filter(({ labels }) => labels['severity'] === 'critical');
  const seen = evidenceOf(routing, receiversText(routing.value), 'a receiver that tells somebody');
  const where = `Alertmanager of ${place.stack.name}`;
  if (grave.length > 0 || (lost.length > 0 && lost.length === rules.length)) {
    const names = listed(
      (grave.length > 0 ? grave : lost).map(({ name }) => name),
      ', ',
    );
    return fail('AlertsReachNobody', `${where} tells nobody of ${names} for ${app.name}`, seen);
  }
  if (told.length > 0) return pass(`${where} tells somebody of alerts about ${app.name}`, seen);
  const message = `whether ${where} tells anybody of alerts about ${app.name} depends on labels that only a firing alert has`;
  return unsettled('AlertRoutesNotClear', message, seen);
}

/** Labels that every alert about the application has. */
function topologyOf(app: ApplicationView): Dict<string> {
  const { name } = app.model;
  const uuid = valueOf(app.model.get('info'))?.uuid;
  return dictOf([
    ['juju_model', name.slice(name.lastIndexOf('/') + 1)],
    ['juju_application', app.name],
    ...(uuid === undefined ? [] : [['juju_model_uuid', uuid] as const]),
  ]);
}

function receiversText({ receivers }: AlertRouting): string {
  return listed(
    Object.entries(receivers).map(([name, kinds]) => `${name}: ${kinds.join(' ') || 'tells nobody'}`),
  );
}

function silenced(
  app: ApplicationView,
  silences: Known<readonly Silence[]>,
  { longestSilence: allowed, time }: AlertQuestion,
): Judgement | undefined {
  const topology = topologyOf(app);
  const long = silences.value.find(
    ({ endsAt, matchers }) =>
      allMatch(matchers, topology) === 'yes' && !time.isPast(millis(endsAt) - allowed * 1000),
  );
  if (long === undefined) return undefined;
  return fail(
    'AlertsSilenced',
    `every alert about ${app.name} is silenced until ${long.endsAt}`,
    evidenceOf(
      silences,
      `silence ${long.id} until ${long.endsAt}`,
      `none for longer than ${durationText(allowed)}`,
    ),
  );
}
