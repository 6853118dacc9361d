/**
 * Several steps that are one thing to a person. They are approved together, before the first of them: what comes later
 * follows from what is seen then, and is covered as long as it is a step of what was approved.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Action, ModelRef } from './action.js';

export interface Recipe {
  readonly type: 'refresh';
  readonly model: ModelRef;
  readonly application: string;
  /** The revision of the charm that it leads to. */
  readonly revision: number;
  /** In their order; what turns out not to be needed is left out. */
  readonly steps: readonly RecipeStep[];
}

/** A step as it is known beforehand: on which unit an action will run shows only when it comes to it. */
export type RecipeStep =
  | { readonly type: 'run-action'; readonly action: string }
  | { readonly type: 'set-config'; readonly key: string; readonly value: string }
  | {
      readonly type: 'refresh';
      readonly revision?: number;
      readonly channel?: string;
      readonly trust?: true;
    };

/** Whether an action is one of the steps, without anything besides. */
export function isStepOf(action: Action, { model, application, steps }: Recipe): boolean {
  if (!('application' in action) || action.application !== application) return false;
  return canonicalize(action.model) === canonicalize(model) && steps.some((step) => isStep(action, step));
}

function isStep(action: Action, step: RecipeStep): boolean {
  switch (step.type) {
    case 'run-action':
      return (
        action.type === step.type && action.action === step.action && Object.keys(action.params).length === 0
      );
    case 'set-config':
      return action.type === step.type && action.key === step.key && action.value === step.value;
    case 'refresh':
      return action.type === step.type && isRefresh(action, step);
  }
}

type Of<T extends Action['type']> = Extract<Action, { type: T }>;

function isRefresh(
  { revision, channel, trust, resources }: Of<'refresh'>,
  step: Extract<RecipeStep, { type: 'refresh' }>,
): boolean {
  const isSame = revision === step.revision && channel === step.channel && trust === step.trust;
  return isSame && resources === undefined;
}

/** The same for all steps of one recipe, and for no others. */
export function recipeId(recipe: Recipe): string {
  const text = canonicalize(recipe) ?? '';
  return `${recipe.type}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}

/** What it is as a whole: `the refresh of etcd to revision 120`. */
export function recipeTitle({ application, revision }: Recipe): string {
  return `the refresh of ${application} to revision ${revision}`;
}

/** For people: what else is decided on with one of its steps. */
export function recipeText(recipe: Recipe): string {
  const steps = recipe.steps.map((step) => stepText(step, recipe.application));
  return `${recipeTitle(recipe)}, which is approved as a whole: ${steps.join('; ')}`;
}

function stepText(step: RecipeStep, application: string): string {
  switch (step.type) {
    case 'run-action':
      return `juju run ${application}/UNIT ${step.action}`;
    case 'set-config':
      return `juju config ${application} ${step.key}=${step.value} (where it is not so)`;
    case 'refresh':
      return `juju refresh ${application} ${refreshOptions(step).join(' ')}`;
  }
}

function refreshOptions({ revision, channel, trust }: Extract<RecipeStep, { type: 'refresh' }>): string[] {
  return [
    ...(channel === undefined ? [] : ['--channel', channel]),
    ...(revision === undefined ? [] : ['--revision', String(revision)]),
    ...(trust === true ? ['--trust'] : []),
  ];
}
