import type { ProposedStep } from '../plan.js';
import type { Mark } from '../ports/index.js';
import { millis } from '../time.js';
import { waiting } from './holds.js';
import { applicationsOf, disrupts, isBusy, isRefreshing } from './places.js';
import type { Hold, RailScene } from './rail.js';

/** One disruptive application per model: what we changed elsewhere in it must have come to rest first. */
export function settlingElsewhere(
  step: ProposedStep,
  { world: { model }, marks }: RailScene,
): Hold | undefined {
  if (model === undefined || !disrupts(step.action)) return undefined;
  const own = new Set(applicationsOf(step));
  for (const name of underWay(marks.filter((mark) => mark.model === model.name))) {
    const app = own.has(name) ? undefined : model.applications[name];
    if (app === undefined || !(isBusy(app) || isRefreshing(app))) continue;
    return waiting(
      'AnotherInProgress',
      `${name} has not come to rest after our change: one application at a time`,
    );
  }
  return undefined;
}

/** Applications whose last change has no end yet. */
function underWay(marks: readonly Mark[]): ReadonlySet<string> {
  const open = new Set<string>();
  for (const { kind, application } of [...marks].sort((a, b) => millis(a.at) - millis(b.at))) {
    if (application === undefined || kind === 'drift') continue;
    if (kind === 'attempt') open.add(application);
    else open.delete(application);
  }
  return open;
}
