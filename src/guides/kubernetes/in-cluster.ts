import type { Context } from '../../core/control.js';
import type { ModelView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { notApplicable, notSeen, unsettled, type Judgement } from '../../core/judgement.js';
import { isPlace, kubernetesReasons, placeOf, type ClusterPlace } from '../shared/kubernetes-evidence.js';

/** The reasons that `inCluster` gives. */
const inClusterReasons = {
  ...kubernetesReasons,
  MachineModel: 'The model runs on machines, so there is no cluster under it.',
  ModelTypeNotShown: 'The road does not show whether the model runs on machines or on Kubernetes.',
} as const;

/** What all controls of the guide share: only the cluster itself shows what they ask. */
export const ofCluster = {
  evidence: ['K'],
  scope: 'model',
  reasons: inClusterReasons,
  remediation: 'manual',
  fixableBy: 'operator',
} as const;

/** A Kubernetes model with the namespace that it lives in. */
export interface Subject extends ClusterPlace {
  readonly model: ModelView;
}

/** The answer for a model: not a matter of machine models, unknown where its namespace is not seen, else judged. */
export function inCluster<P>(
  what: string,
  judge: (subject: Subject, context: Context<P>) => Judgement,
): (model: ModelView, context: Context<P>) => Judgement {
  return (model, context) => {
    const info = model.get('info');
    if (!isKnown(info)) return notSeen(info, what);
    const { type } = info.value;
    if (type === 'iaas') return notApplicable('MachineModel', `${model.name} runs on machines`);
    if (type === undefined)
      return unsettled('ModelTypeNotShown', `whether ${model.name} runs on Kubernetes is not shown`);
    const place = placeOf(model, what);
    return isPlace(place) ? judge({ ...place, model }, context) : place;
  };
}
