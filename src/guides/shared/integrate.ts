import type { Action, EndpointRef, Precondition, Remedy } from '../../core/action/action.js';
import type { ModelView } from '../../core/evaluate/view.js';
import { valueOf } from '../../core/fact.js';
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

/**
 * The remedy that makes a relation; undone by removing it. Empty where the model cannot be addressed, or where a charm
 * is seen to lack the endpoint, as older revisions do: those are to be refreshed first.
 */
export function integrate(model: ModelView, integration: Integration): readonly Remedy[] {
  const ref = modelRef(model);
  if (ref === undefined || integration.ends.some((end) => isLacking(model, end))) return [];
  const { ends, ...about } = integration;
  const action: Action = { type: 'integrate', model: ref, ends };
  const undo = { inverse: [{ type: 'remove-relation', model: ref, ends } as const] };
  return [{ action, undo, repeatable: true, ...about }];
}

/** Every charm has `juju-info`, which no road lists. */
function isLacking(model: ModelView, { application, endpoint }: EndpointRef): boolean {
  const app = model.application(application);
  if (app === undefined || endpoint === 'juju-info') return false;
  const shown = Object.keys(valueOf(app.get('bindings')) ?? {}).filter((name) => name !== '');
  return shown.length > 0 && !shown.includes(endpoint);
}
