/** Which observability stacks watch an application, and what they hold of it. */
import type { StackView, TelemetryView } from '../../../core/evaluate/stack-view.js';
import type { ApplicationView } from '../../../core/evaluate/view.js';
import { isKnown } from '../../../core/fact.js';
import { globMatcher } from '../../../core/glob.js';
import { unsettled, type Judgement } from '../../../core/judgement.js';
import { telemetryKey, type StackMatch, type StackPart } from '../../../core/observability/stack.js';

/** A stack that watches an application. */
export interface StackPlace {
  readonly stack: StackView;
  /** Absent where it was not asked about the model. */
  readonly telemetry: TelemetryView | undefined;
}

/** The reasons that all judgements of stacks may give. */
export const stackReasons = {
  StackNotAsked:
    'The policy says that a stack watches the application, and it was not asked about its model.',
} as const;

/** The stacks whose server of this kind may be asked about the application; none: nobody may. */
export function stacksOf(app: ApplicationView, part: StackPart): readonly StackPlace[] {
  const stacks = app.model.controller.estate.stacks() ?? [];
  const key = telemetryKey(app.model.controller.name, app.model.name);
  return stacks
    .filter((stack) => isWatched(stack.get('match'), app) && hasPart(stack, part))
    .map((stack) => ({ stack, telemetry: stack.telemetry(key) }));
}

/** Whether the policy names such a server; one of which nothing is known yet may have it. */
export function hasPart(stack: StackView, part: StackPart): boolean {
  const servers = stack.get('servers');
  return !isKnown(servers) || servers.value[part] !== undefined;
}

function isWatched({ controller, model, application }: StackMatch, app: ApplicationView): boolean {
  return (
    fits(controller, app.model.controller.name) && fits(model, app.model.name) && fits(application, app.name)
  );
}

function fits(pattern: string | undefined, name: string): boolean {
  return pattern === undefined || globMatcher(pattern)(name);
}

export function notAsked({ stack }: StackPlace, app: ApplicationView): Judgement {
  return unsettled('StackNotAsked', `stack ${stack.name} was not asked about model ${app.model.name}`);
}

/** From the best to the worst: what one stack shows need not be shown by another. */
const order: readonly Judgement['outcome'][] = ['pass', 'unknown', 'manual', 'inconsistent', 'fail'];

/** The best that any stack says; undefined where none was asked. */
export function bestOf(judgements: readonly Judgement[]): Judgement | undefined {
  const [first, ...others] = judgements;
  if (first === undefined) return undefined;
  return others.reduce((best, next) => (rank(next) < rank(best) ? next : best), first);
}

function rank({ outcome }: Judgement): number {
  return order.indexOf(outcome);
}
