/**
 * The next step of a refresh, from the model as it is seen: the leader's check, the option that makes the refresh stop
 * after its first unit, the refresh itself, and what lets the other units follow. No memory is kept of earlier steps,
 * so that a restart, or a person who does one of them, changes nothing.
 */
import type { Action, Precondition, Remedy } from '../../core/action/action.js';
import type { Recipe } from '../../core/action/recipe.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { checkState } from '../../core/refresh/check.js';
import { isNewFlow, pauseOption } from '../../core/refresh/flow.js';
import type { Charm } from '../../core/snapshot.js';
import { pendingRefresh } from './charm-currency.js';
import { lookup } from './lookup.js';
import { recipeTo, type Given } from './refresh-recipe.js';
import { neighboursAtRest, stageIn } from './refresh-order.js';
import { resumeRemedies } from './refresh-resume.js';
import { cutOff, subjectOf, wayBack, type Subject } from './refresh-subject.js';

/** None where a person has to act: the charm's way is not known, something is not seen, or it is another's turn. */
export function refreshRemedies(app: ApplicationView, given: Given): readonly Remedy[] {
  const subject = subjectOf(app);
  const stage = subject && stageIn(app);
  if (subject === undefined || stage === undefined) return [];
  if (stage.stage === 'paused') return resumeRemedies(subject, stage, given);
  return stage.stage === 'none' ? begin(subject, given) : [];
}

function begin(subject: Subject, given: Given): readonly Remedy[] {
  const { app, charm } = subject;
  const revision = newerRevision(app, charm);
  const recipe = revision === undefined ? undefined : recipeTo(revision, subject, given);
  const neighbours = neighboursAtRest(app);
  if (recipe === undefined || neighbours === undefined || isUnfit(subject)) return [];
  const conditions = restConditions(app.name, neighbours);
  return nextStep(subject, recipe, { given, conditions }).map((remedy) => ({ ...remedy, recipe }));
}

function nextStep(
  subject: Subject,
  recipe: Recipe,
  { given, conditions }: { readonly given: Given; readonly conditions: readonly Precondition[] },
): readonly Remedy[] {
  const { app, flow, operations } = subject;
  const checked = { application: app.name, action: flow.check, charm: app.get('charm'), operations };
  const { state } = checkState(checked, given.time);
  if (state === 'due') return runCheck(subject, conditions);
  if (state !== 'passed') return [];
  const option = isNewFlow(flow) ? pauseState(app) : 'stops';
  if (option === 'unfit') return [];
  return option === 'stops'
    ? refresh(subject, recipe, conditions)
    : [pauseAfterFirst(subject, option, conditions)];
}

/** The emergency stop is on, or whether a refresh would stop is not seen: then it is not even checked. */
function isUnfit({ app, flow }: Subject): boolean {
  return isNewFlow(flow) && pauseState(app) === 'unfit';
}

function restConditions(name: string, neighbours: readonly string[]): readonly Precondition[] {
  const others = neighbours.map((application) => ({ type: 'not-refreshing', application }) as const);
  return [
    { type: 'application-settled', application: name },
    { type: 'not-refreshing', application: name },
    ...others,
  ];
}

/** The revision of the same charm that Juju offers, where it is a newer one. */
function newerRevision(app: ApplicationView, { name, revision }: Charm): number | undefined {
  const offered = /^(?:ch:)?(?:[\w.-]+\/)*([a-z0-9-]+)-(\d+)$/.exec(pendingRefresh(app) ?? '');
  const number = Number(offered?.[2]);
  return offered?.[1] === name && revision !== undefined && number > revision ? number : undefined;
}

function runCheck({ app, model, flow }: Subject, conditions: readonly Precondition[]): readonly Remedy[] {
  const unit = leaderOf(app);
  if (unit === undefined) return [];
  const action = {
    type: 'run-action',
    model,
    application: app.name,
    unit,
    action: flow.check,
    params: {},
  } as const;
  return [
    {
      action,
      undo: { inverse: [] },
      effect: `${app.name} says whether it is ready for a refresh, and how to go back`,
      risk: 'low',
      disruptive: flow.checkMoves,
      repeatable: true,
      cutsOff: flow.checkMoves ? [`sessions on the primary of ${app.name}, which may move`] : [],
      preconditions: conditions,
    },
  ];
}

function leaderOf(app: ApplicationView): string | undefined {
  return Object.values(valueOf(app.get('units')) ?? {}).find((unit) => unit.leader === true)?.name;
}

/** Whether a refresh would stop after its first unit; else how the option stands that has to be set. */
function pauseState(app: ApplicationView): 'stops' | 'unfit' | { readonly before: string | undefined } {
  const config = app.get('config');
  const option = isKnown(config) ? lookup(config.value, pauseOption) : undefined;
  if (option === undefined || option.value === 'all') return 'unfit';
  if (option.value === 'first') return 'stops';
  return {
    before: option.source === 'default' || typeof option.value !== 'string' ? undefined : option.value,
  };
}

function pauseAfterFirst(
  { app, model }: Subject,
  { before }: { readonly before: string | undefined },
  preconditions: readonly Precondition[],
): Remedy {
  const own = { model, application: app.name, key: pauseOption } as const;
  const inverse: Action =
    before === undefined ? { type: 'reset-config', ...own } : { type: 'set-config', ...own, value: before };
  return {
    action: { type: 'set-config', ...own, value: 'first' },
    undo: { inverse: [inverse] },
    effect: `a refresh of ${app.name} stops after its first unit`,
    risk: 'low',
    disruptive: false,
    repeatable: true,
    cutsOff: [],
    preconditions,
  };
}

function refresh(subject: Subject, recipe: Recipe, conditions: readonly Precondition[]): readonly Remedy[] {
  const { app, model, flow, charm } = subject;
  const step = recipe.steps.find(({ type }) => type === 'refresh');
  if (step?.type !== 'refresh') return [];
  const { revision, channel = '' } = step;
  const stops = { type: 'option-is', application: app.name, key: pauseOption, value: 'first' } as const;
  const own: readonly Precondition[] = [
    { type: 'refresh-checked', application: app.name, action: flow.check },
    { type: 'charm-revision', application: app.name, revision: charm.revision ?? 0 },
    ...(isNewFlow(flow) ? [stops] : []),
  ];
  const to = revision === undefined ? `what ${channel} holds` : `revision ${revision}`;
  const before = `none was printed; the revision before was ${charm.revision ?? 'not shown'}`;
  return [
    {
      action: { model, application: app.name, ...step },
      ...wayBack(subject, `${app.name} may have changed its data by then`, before),
      effect:
        flow.resume === undefined
          ? `${app.name} is refreshed to ${to}, its units one after the other`
          : `the first unit of ${app.name} is refreshed to ${to}, and the others wait`,
      risk: 'high',
      disruptive: true,
      repeatable: revision !== undefined,
      cutsOff: cutOff(app),
      preconditions: [...conditions, ...own],
    },
  ];
}
