/** What persons have said of a step: approvals that cover it, and refusals. */
import canonicalize from 'canonicalize';
import type { PlannedAction } from '../action/planned.js';
import { isStepOf, recipeId, type Recipe } from '../action/recipe.js';
import { isYetToCome } from '../orders/given.js';
import type { Plan, ProposedStep } from '../plan.js';
import type { Decision } from '../ports/index.js';
import { millis } from '../time.js';
import type { RailScene } from './rail.js';
import { findingId } from '../report/build.js';
import { excessOf } from './reach.js';

/** Where a step stands with the persons who may decide on it. */
export interface Standing {
  /** The refusal that counts. */
  readonly denial?: Decision;
  /** The approvals that cover it, the newest first. */
  readonly approvals: readonly Decision[];
  /** Why an approval of this action counts no more: `ann approved it, but …`. */
  readonly lapsed?: string;
}

/**
 * An approval covers a step when nobody refused it later, it is about the very same action, or about the recipe of which
 * the action is a step, under the same limits, and the plan has only become shorter since, or was split and this part of
 * it approved.
 */
export function standingOf(step: ProposedStep, scene: RailScene): Standing {
  const words = wordsOn(step, scene.orders.decisions);
  const counting = words.filter((one) => millis(one.expiresAt) > scene.now && !isYetToCome(one, scene.now));
  const refused = counting.findIndex(({ decision }) => decision === 'deny');
  const denial = refused === 0 ? counting[0] : undefined;
  if (denial !== undefined) return { denial, approvals: [] };
  const given = refused < 0 ? counting : counting.slice(0, refused);
  const approvals = given.filter((one) => lapseOf(one, step, scene) === undefined);
  if (approvals.length > 0) return { approvals };
  const past = given[0] ?? words.find(({ decision }) => decision === 'approve');
  return past === undefined ? { approvals } : { approvals, ...lapsedText(past, step, scene) };
}

/** A part of a split plan within the limits, approved: it lets its steps through where the whole is too large. */
export function approvedPart(step: ProposedStep, scene: RailScene): Decision | undefined {
  return standingOf(step, scene).approvals.find(({ plan: { actions, limits, partOf } }) => {
    return partOf !== undefined && excessOf(actions, scene.world.model, limits).length === 0;
  });
}

/** An approval under which a refresh was begun that waits half done: it is finished, however far the plan reaches by now. */
export function approvedBegun(step: ProposedStep, scene: RailScene): Decision | undefined {
  return isHalfDone(step) ? standingOf(step, scene).approvals[0] : undefined;
}

/** Every word on this action, the newest first; of two of the same moment the refusal counts. */
function wordsOn({ action }: ProposedStep, decisions: readonly Decision[]): readonly Decision[] {
  return decisions
    .filter(({ plan }) => plan.actions.some((one) => isAbout(one, action)))
    .sort(
      (a, b) => millis(b.at) - millis(a.at) || Number(b.decision === 'deny') - Number(a.decision === 'deny'),
    );
}

/** Whether a word on one action is a word on another: they are the same, or it is a step of the other's recipe. */
function isAbout(decided: PlannedAction, action: PlannedAction): boolean {
  if (actionText(decided) === actionText(action)) return true;
  return decided.recipe !== undefined && follows(action, decided.recipe);
}

function follows({ args, recipe }: PlannedAction, decided: Recipe): boolean {
  return recipe !== undefined && recipeId(recipe) === recipeId(decided) && isStepOf(args, decided);
}

/**
 * Why an approval does not cover the step now; undefined when it does. What is half done is finished, whatever else has
 * come into the plan meanwhile.
 */
function lapseOf(decision: Decision, step: ProposedStep, scene: RailScene): string | undefined {
  const { plan, at, expiresAt } = decision;
  const present = scene.proposal.plan;
  if (millis(expiresAt) <= scene.now) return `that ended at ${expiresAt}`;
  if (isYetToCome(decision, scene.now))
    return `at ${at}, later than it is now: the clock was set back since, so approve it again`;
  if (!sameLimits(step.action, present, plan)) return 'the limits have changed since';
  if (isHalfDone(step)) return undefined;
  if (isSpent(step, millis(at), scene)) return 'it was done once since: doing it again takes another';
  return hasOnlyShrunk(present, plan) ? undefined : 'the plan has grown since';
}

function isHalfDone({ action: { recipe, preconditions } }: ProposedStep): boolean {
  return recipe !== undefined && preconditions.some(({ type }) => type === 'refresh-paused');
}

/** An approval of a recipe is for once: what somebody took back is not done again because of it. */
function isSpent({ action, findings }: ProposedStep, approvedAt: number, { marks }: RailScene): boolean {
  if (action.recipe === undefined) return false;
  const ids = new Set(findings.map(({ control, target }) => findingId(control.id, target)));
  return marks.some(
    ({ kind, finding = '', at }) => kind === 'spent' && ids.has(finding) && millis(at) >= approvedAt,
  );
}

function lapsedText(past: Decision, step: ProposedStep, scene: RailScene): Pick<Standing, 'lapsed'> {
  const why = lapseOf(past, step, scene);
  return why === undefined ? {} : { lapsed: `${past.by} approved it, but ${why}` };
}

function sameLimits(action: PlannedAction, now: Plan, then: Plan): boolean {
  const approved = then.actions.find((one) => isAbout(one, action));
  return canonicalize(action.limits ?? now.limits) === canonicalize(approved?.limits ?? then.limits);
}

function hasOnlyShrunk(now: Plan, then: Plan): boolean {
  if (now.hash === then.hash || now.hash === then.partOf?.hash) return true;
  if (then.partOf !== undefined) {
    const all = new Set(then.partOf.actions);
    return now.actions.every(
      ({ id, recipe }) => all.has(id) || (recipe !== undefined && all.has(recipeId(recipe))),
    );
  }
  const all = new Set(then.actions.map(actionText));
  return now.actions.every(
    (action) => all.has(actionText(action)) || then.actions.some((one) => isAbout(one, action)),
  );
}

/** What an action does, on what conditions and as a step of what: what is approved. */
function actionText(action: PlannedAction): string {
  const known = texts.get(action);
  if (known !== undefined) return known;
  const { args, preconditions, recipe } = action;
  const text = canonicalize({ args, preconditions, recipe }) ?? '';
  texts.set(action, text);
  return text;
}

const texts = new WeakMap<PlannedAction, string>();
