import type { Action, EndpointRef, Precondition, Remedy } from '../../core/action/action.js';
import type { ModelView } from '../../core/evaluate/view.js';
import { modelRef } from './model-ref.js';

/** A relation to be made, with what is said about it. */
export interface Integration {
  /** The end that serves first, as people write it: provider, then the application that is put right. */
  readonly ends: readonly [EndpointRef, EndpointRef];
  readonly effect: string;
  readonly risk: Remedy['risk'];
  readonly disruptive: boolean;
  readonly cutsOff: readonly string[];
  readonly preconditions: readonly Precondition[];
}

/** The remedy that makes a relation; undone by removing it. Empty where the model cannot be addressed. */
export function integrate(model: ModelView, integration: Integration): readonly Remedy[] {
  const ref = modelRef(model);
  if (ref === undefined) return [];
  const { ends, ...about } = integration;
  const action: Action = { type: 'integrate', model: ref, ends };
  const undo = { inverse: [{ type: 'remove-relation', model: ref, ends } as const] };
  return [{ action, undo, repeatable: true, ...about }];
}
