import type { ModelRef, Undo } from '../../core/action/action.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { valueOf } from '../../core/fact.js';
import { newestOf } from '../../core/refresh/check.js';
import { flowOf, type RefreshFlow } from '../../core/refresh/flow.js';
import type { Charm, Operation } from '../../core/snapshot.js';
import { modelRef } from './model-ref.js';

/** An application that can be refreshed, with what its steps need to know. */
export interface Subject {
  readonly app: ApplicationView;
  readonly model: ModelRef;
  readonly charm: Charm;
  readonly flow: RefreshFlow;
  /** Newest first. */
  readonly operations: readonly Operation[];
}

/** Undefined where the charm's steps are not known or a person's, or what was run on units is not seen. */
export function subjectOf(app: ApplicationView): Subject | undefined {
  const charm = valueOf(app.get('charm'));
  const flow = charm && flowOf(charm);
  if (flow === undefined || flow.byPerson === true) return undefined;
  const operations = valueOf(app.model.get('operations'));
  const model = modelRef(app.model);
  if (charm === undefined || operations === undefined || model === undefined) return undefined;
  return { app, model, charm, flow, operations };
}

/** Who loses access while units restart. */
export function cutOff(app: ApplicationView): readonly string[] {
  const count = Object.keys(valueOf(app.get('units')) ?? {}).length;
  return count === 1
    ? [`everything that uses ${app.name}, while its only unit restarts`]
    : [`clients of ${app.name}, each while its unit restarts`];
}

/** A refresh has no inverse; the charm's own way back is kept with it, to the letter. */
export function wayBack(subject: Subject, why: string, otherwise: string): { undo: Undo; note: string } {
  const note = printedWayBack(subject) ?? otherwise;
  return { undo: { irreversible: `${why}; the way back is the charm's own: ${note}` }, note };
}

function printedWayBack({ app, flow, operations }: Subject): string | undefined {
  const printed = newestOf(operations, flow.check, app.name)?.rollback;
  return printed?.startsWith(`juju refresh ${app.name} `) === true ? printed : undefined;
}
