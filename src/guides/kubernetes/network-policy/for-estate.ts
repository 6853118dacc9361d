import { controlParams } from '../../../core/evaluate/params.js';
import { viewOf } from '../../../core/evaluate/index.js';
import type { ModelView } from '../../../core/evaluate/view.js';
import { valueOf } from '../../../core/fact.js';
import { globMatcher } from '../../../core/glob.js';
import { InputError } from '../../../core/input-error.js';
import type { Policy } from '../../../core/policy/policy.js';
import { settingsResolver } from '../../../core/policy/resolve.js';
import type { Snapshot } from '../../../core/snapshot.js';
import { policiesControl } from '../network.js';
import { policiesText } from './generate.js';
import type { Declared } from './needs.js';

export interface PoliciesRequest {
  readonly snapshot: Snapshot;
  /** Whose word on K8S-NET-01 is kept: its peers and address blocks are admitted, too. */
  readonly policy: Policy;
  /** Pattern of the models wanted; absent: all on Kubernetes. */
  readonly model?: string;
  readonly egress: boolean;
}

/**
 * The NetworkPolicies of all models on Kubernetes, as text for `kubectl apply -f`.
 * @throws InputError when none of the models runs on Kubernetes, or none is called so.
 */
export function policiesForEstate({ snapshot, policy, model, egress }: PoliciesRequest): string {
  const fits = model === undefined ? () => true : globMatcher(model);
  const models = viewOf(snapshot)
    .controllers()
    .flatMap((controller) => controller.models())
    .filter((view) => fits(view.name) && valueOf(view.get('info'))?.type !== 'iaas');
  if (models.length === 0)
    throw new InputError(
      model === undefined
        ? 'none of the models runs on Kubernetes, and only there NetworkPolicies hold: leave this to the firewall'
        : `no model on Kubernetes is called ${model}: look at the names with juju models`,
    );
  const settingsFor = settingsResolver(policy);
  const declaredFor = (view: ModelView): Declared => {
    const { params } = settingsFor(view.target, 'kubernetes', policiesControl.id);
    return controlParams(policiesControl, params) as Declared;
  };
  return models.map((view) => policiesText(view, { ...declaredFor(view), egress })).join('');
}
