import type { Remedy } from '../../core/action/action.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { newestOf } from '../../core/refresh/check.js';
import { pauseOption } from '../../core/refresh/flow.js';
import type { RefreshStage } from '../../core/refresh/stage.js';
import { lookup } from './lookup.js';
import { recipeTo, type Given } from './refresh-recipe.js';
import { cutOff, wayBack, type Subject } from './refresh-subject.js';

/** Lets the other units follow once the first ones are refreshed and well. */
export function resumeRemedies(
  subject: Subject,
  stage: Extract<RefreshStage, { stage: 'paused' }>,
  given: Given,
): readonly Remedy[] {
  const { app, model, flow, charm } = subject;
  if (flow.resume === undefined || isHeldByPerson(app) || wasResumed(subject, stage.resumeOn)) return [];
  const recipe = charm.revision === undefined ? undefined : recipeTo(charm.revision, subject, given);
  const own = { model, application: app.name, unit: stage.resumeOn, action: flow.resume } as const;
  return [
    {
      action: { type: 'run-action', ...own, params: {} },
      ...wayBack(subject, 'the other units restart on the newer revision', 'none was printed'),
      effect: `the other units of ${app.name} follow, one after the other`,
      risk: 'medium',
      disruptive: true,
      repeatable: false,
      cutsOff: cutOff(app),
      preconditions: [{ type: 'refresh-paused', application: app.name, unit: stage.resumeOn }],
      ...(recipe === undefined ? {} : { recipe }),
    },
  ];
}

/** `all` is the charms' emergency stop: a person set it, and a person goes on. */
function isHeldByPerson(app: ApplicationView): boolean {
  const config = app.get('config');
  return isKnown(config) && lookup(config.value, pauseOption)?.value === 'all';
}

/** Whether the action was run since the units look as they do: its effect takes a moment to be seen. */
function wasResumed({ app, flow, operations }: Subject, unit: string): boolean {
  const last = newestOf(operations, flow.resume ?? '', app.name);
  if (last?.units.includes(unit) !== true) return false;
  const unchangedSince = Math.floor(Date.parse(app.get('units').at) / 1000) * 1000;
  return Date.parse(last.enqueued) >= unchangedSince;
}
