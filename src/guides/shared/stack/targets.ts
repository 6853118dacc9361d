/** Whether every unit of an application is measured, as Prometheus sees it. */
import type { ApplicationView } from '../../../core/evaluate/view.js';
import { isKnown, type Known } from '../../../core/fact.js';
import {
  evidenceOf,
  fail,
  inconsistent,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../../core/judgement.js';
import type { MetricsTarget } from '../../../core/observability/stack.js';
import type { Unit } from '../../../core/snapshot.js';
import { bounded, listed } from '../gather.js';
import { bestOf, notAsked, stackReasons, stacksOf, type StackPlace } from './places.js';

/** The reasons that `targetsUp` gives. */
export const targetReasons = {
  ...stackReasons,
  NoTarget: 'Prometheus holds no series that is labelled as the application: nothing of it is measured.',
  TargetDown: 'Prometheus holds nothing of some unit, or finds something at it down.',
  UnitsNotTold: 'What Prometheus measures is not labelled by unit, and is less than there are units.',
} as const;

const wanted = 'a target that is up at every unit';

/** Whether something is measured and up at each unit; undefined where nobody may ask. */
export function targetsUp(app: ApplicationView): Judgement | undefined {
  return bestOf(stacksOf(app, 'prometheus').map((place) => targetsAt(app, place)));
}

function targetsAt(app: ApplicationView, place: StackPlace): Judgement {
  const fact = place.telemetry?.get('targets');
  if (fact === undefined) return notAsked(place, app);
  if (!isKnown(fact)) return notSeen(fact, wanted);
  const units = app.get('units');
  if (!isKnown(units)) return notSeen(units, wanted);
  const targets = fact.value[app.name] ?? [];
  const where = `Prometheus of ${place.stack.name}`;
  if (targets.length === 0) {
    const seen = evidenceOf(fact, `no series labelled ${app.name}`, wanted);
    return fail('NoTarget', `${where} holds nothing that is measured at ${app.name}`, seen);
  }
  const all = Object.values(units.value);
  return targets.some(({ unit }) => unit !== undefined)
    ? byUnit({ app, fact, where }, all, targets)
    : together({ app, fact, where }, all, targets);
}

interface Scene {
  readonly app: ApplicationView;
  readonly fact: Known<unknown>;
  readonly where: string;
}

function byUnit(
  { app, fact, where }: Scene,
  units: readonly Unit[],
  targets: readonly MetricsTarget[],
): Judgement {
  const seen = units
    .map((unit) => ({ unit, own: targets.filter((target) => target.unit === unit.name) }))
    .filter(({ unit, own }) => own.length > 0 || !isBeingSetUp(unit));
  const evidence = bounded(seen.map(({ unit, own }) => evidenceOf(fact, targetsText(own), 'up', unit.name)));
  const bad = seen.filter(({ own }) => own.length === 0 || own.some(({ up }) => !up));
  if (bad.length === 0) return pass(`${where} measures every unit of ${app.name}`, ...evidence);
  const names = listed(
    bad.map(({ unit }) => unit.name),
    ', ',
  );
  const message = `${where} does not see everything up at ${names}`;
  const judge = bad.length === seen.length ? fail : inconsistent;
  return judge('TargetDown', message, ...evidence);
}

/** Juju says that it does not work yet: that nothing is measured there is no wonder. */
function isBeingSetUp({ agent, workload }: Unit): boolean {
  return agent === 'allocating' || workload === 'waiting' || workload === 'maintenance';
}

function together(
  { app, fact, where }: Scene,
  units: readonly Unit[],
  targets: readonly MetricsTarget[],
): Judgement {
  const seen: Evidence = evidenceOf(fact, targetsText(targets), wanted);
  if (targets.some(({ up }) => !up))
    return fail('TargetDown', `${where} finds something of ${app.name} down`, seen);
  if (targets.length >= units.length) return pass(`${where} measures ${app.name}`, seen);
  const message = `${where} measures ${targets.length} places of ${app.name}, which has ${units.length} units, and does not say at which`;
  return unsettled('UnitsNotTold', message, seen);
}

function targetsText(targets: readonly MetricsTarget[]): string {
  if (targets.length === 0) return 'nothing';
  return listed(
    targets.map(({ job, up, trouble }) => {
      const why = trouble === undefined ? '' : ` (${trouble})`;
      return `${job === '' ? 'a target' : job} ${up ? 'up' : `down${why}`}`;
    }),
    ', ',
  );
}
