import type { Action, Precondition } from '../action/action.js';
import { isKnown } from '../fact.js';
import type { ApplicationState, ModelState, Operation } from '../snapshot.js';
import { stageOf } from './stage.js';

/** What is seen of a step that was begun: done, under way, no trace of it, failed for good, or nothing that would tell. */
export type StepSeen = 'done' | 'open' | 'absent' | 'failed' | 'unknown';

type StepAction = Extract<Action, { type: 'run-action' | 'refresh' }>;

/** A step with its conditions, which name the revision that it left. */
export interface Step {
  readonly args: StepAction;
  readonly preconditions: readonly Precondition[];
}

/**
 * How a step of a refresh stands that was begun at `since` (milliseconds), seen from the model alone. The finding
 * behind it goes on failing until the last step, so that it cannot tell.
 */
export function stepSeen(step: Step, model: ModelState, since: number): StepSeen {
  const { args, preconditions } = step;
  if (args.type === 'refresh') return refreshSeen(step, args, { model, since });
  const seen = actionSeen(args, model, since);
  const isResume = preconditions.some(({ type }) => type === 'refresh-paused');
  return seen === 'done' && isResume ? resumeSeen(args, model) : seen;
}

/** When (ms) the application was last seen to move: what is under way takes as long as its units take. */
export function lastMove({ args }: Step, { applications }: ModelState): number {
  const app = applications[args.application];
  return app === undefined ? 0 : Math.max(Date.parse(app.units.at), Date.parse(app.status.at));
}

/** What the charm or the action says of a step that failed; empty where it says nothing. */
export function failureTold({ args }: Step, { applications, operations }: ModelState): string {
  if (args.type === 'run-action') return ownOperation(args, operations)?.message ?? '';
  const app = applications[args.application];
  const stage = app && stageOf(app);
  return stage?.stage === 'failed' ? stage.message : '';
}

/** Our times are read to the second. */
function isBefore(at: string, since: number): boolean {
  return Date.parse(at) < Math.floor(since / 1000) * 1000;
}

/** Juju's clock may be behind ours by so much (ms). What ran before that is not what was begun. */
const skew = 60_000;

function actionSeen(
  { action, unit }: Extract<StepAction, { type: 'run-action' }>,
  { operations }: ModelState,
  since: number,
): StepSeen {
  if (!isKnown(operations)) return 'unknown';
  const own = ownOperation({ action, unit }, operations);
  if (own === undefined || isBefore(own.enqueued, since - skew)) return 'absent';
  if (own.completed === undefined) return 'open';
  return own.status === 'completed' ? 'done' : 'failed';
}

function ownOperation(
  { action, unit }: { readonly action: string; readonly unit: string },
  operations: ModelState['operations'],
): Operation | undefined {
  if (!isKnown(operations)) return undefined;
  return operations.value.find((each) => each.action === action && each.units.includes(unit));
}

/** Where the model is looked at, and since when (ms). */
interface Look {
  readonly model: ModelState;
  readonly since: number;
}

/** What a channel holds may be newer than what Juju knew of: so it counts that the revision is another one. */
function refreshSeen(
  { preconditions }: Step,
  { application }: Extract<StepAction, { type: 'refresh' }>,
  { model, since }: Look,
): StepSeen {
  const app = model.applications[application];
  if (app === undefined || !isKnown(app.charm)) return 'unknown';
  const { at, value } = app.charm;
  const left = preconditions.find((condition) => condition.type === 'charm-revision')?.revision;
  if (left === undefined ? isBefore(at, since) : value.revision === left) return 'absent';
  return byStage(app, { rolling: 'open', paused: 'done' });
}

/** The charm took it; it has worked once the other units are through. */
function resumeSeen(
  { application }: Extract<StepAction, { type: 'run-action' }>,
  { applications }: ModelState,
): StepSeen {
  const app = applications[application];
  return app === undefined ? 'unknown' : byStage(app, { rolling: 'open', paused: 'open' });
}

function byStage(
  app: ApplicationState,
  going: { readonly rolling: StepSeen; readonly paused: StepSeen },
): StepSeen {
  const stage = stageOf(app)?.stage;
  if (stage === undefined) return 'unknown';
  if (stage === 'none') return 'done';
  return stage === 'failed' ? 'failed' : going[stage];
}
