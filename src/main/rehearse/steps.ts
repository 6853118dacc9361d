import type { PlannedAction } from '../../core/action/planned.js';
import { newDict } from '../../core/dict.js';
import type { Plan } from '../../core/plan.js';
import type { RehearsedPlan, RehearsedRestart, RehearsedStep } from '../../core/rehearsal.js';
import type { Snapshot } from '../../core/snapshot.js';
import type { Target } from '../../core/target.js';
import type { Seen, Span } from '../../simulator/rehearse/witness.js';
import { awayTimes, clientsHit, inSeconds } from './clients.js';
import type { Course } from './courses.js';
import type { Played } from './play.js';
import type { Holds } from './rails.js';

export interface StepsOptions {
  readonly played: Played;
  readonly holds: Holds;
  /** As `holdfast plan` would show them of the original. */
  readonly plans: readonly Plan[];
}

/** One plan for each place, each with its steps in the order in which they ran. */
export function plansOf(options: StepsOptions): readonly RehearsedPlan[] {
  const places = newDict<{ target: Target; courses: Course[] }>();
  for (const course of options.played.courses) {
    const { target } = course.remediation;
    const place = (places[keyOf(target)] ??= { target, courses: [] });
    place.courses.push(course);
  }
  for (const plan of options.plans) places[keyOf(plan.target)] ??= { target: plan.target, courses: [] };
  return Object.values(places).map(({ target, courses }) => planOf(target, courses, options));
}

function keyOf({ controller = '', model = '' }: Target): string {
  return `${controller}:${model}`;
}

function planOf(target: Target, courses: readonly Course[], options: StepsOptions): RehearsedPlan {
  const original = options.plans.find((plan) => keyOf(plan.target) === keyOf(target));
  const start = Math.min(...courses.flatMap(({ ranAt }) => ranAt ?? []));
  const ends = courses.flatMap(({ ranAt, endedAt }) => (ranAt === undefined ? [] : (endedAt ?? ranAt)));
  const played = new Set(courses.map(({ remediation }) => remediation.actionId));
  const missing = original?.actions.filter(({ id }) => !played.has(id)) ?? [];
  return {
    target,
    ...(original === undefined ? {} : { hash: original.hash }),
    seconds: ends.length === 0 ? 0 : inSeconds(Math.max(...ends) - start),
    steps: [
      ...courses.map((course, at) => stepOf(course, { target, start, until: nextRun(courses, at) }, options)),
      ...missing.map((action) => unplayed(action, options.holds)),
    ],
  };
}

/** When the next step of the place began: restarts before it belong to this one. */
function nextRun(courses: readonly Course[], at: number): number {
  return courses.slice(at + 1).find(({ ranAt }) => ranAt !== undefined)?.ranAt ?? Infinity;
}

interface Frame {
  readonly target: Target;
  /** When the first step of the place began, ms. */
  readonly start: number;
  readonly until: number;
}

function stepOf({ remediation, ranAt, endedAt }: Course, frame: Frame, options: StepsOptions): RehearsedStep {
  const { action, argv, controls, state, reason, message } = remediation;
  const { start } = frame;
  const base = {
    ...{ argv, effect: action.effect, controls, state, reason, message, cutsOff: action.cutsOff },
    holds: options.holds.get(action.id) ?? [],
  };
  if (ranAt === undefined) return { ...base, restarts: [], clients: [] };
  const during = { from: ranAt, until: frame.until };
  return {
    ...base,
    ranAt: inSeconds(ranAt - start),
    ...(state === 'Succeeded' && endedAt !== undefined ? { verifiedAt: inSeconds(endedAt - start) } : {}),
    restarts: restartsIn(frame, during, options.played),
    clients: clientsIn(frame.target, during, options.played),
  };
}

function restartsIn(
  { target, start }: Frame,
  during: Span,
  { witness }: Played,
): readonly RehearsedRestart[] {
  return within(witness.restarts, target, during).map(({ unit, from, until }) => ({
    unit,
    at: inSeconds(from - start),
    seconds: inSeconds(until - from),
  }));
}

function clientsIn(target: Target, during: Span, { witness, first }: Played): RehearsedStep['clients'] {
  const controller = first.controllers[target.controller ?? ''];
  const model = modelIn(first, target);
  if (controller === undefined || model === undefined) return [];
  const away = awayTimes(within(witness.restarts, target, during), within(witness.absences, target, during));
  return clientsHit(controller, model, away);
}

function modelIn(
  snapshot: Snapshot,
  { controller = '', model = '' }: Target,
): Snapshot['controllers'][string]['models'][string] | undefined {
  return snapshot.controllers[controller]?.models[model];
}

function within<T extends Seen & Span>(seen: readonly T[], target: Target, during: Span): readonly T[] {
  return seen.filter(
    (one) =>
      one.controller === target.controller &&
      one.model === target.model &&
      one.from >= during.from &&
      one.from < during.until,
  );
}

/** Planned for the original, and nothing that the copy asks for: its effect could not be watched. */
function unplayed(action: PlannedAction, holds: Holds): RehearsedStep {
  const { argv, effect, controls, cutsOff } = action;
  return {
    ...{ argv, effect, controls, cutsOff, state: 'Proposed', reason: 'NotPlayed' },
    message: 'the copy does not show what it is for, so that it was not played',
    holds: holds.get(action.id) ?? [],
    restarts: [],
    clients: [],
  };
}
