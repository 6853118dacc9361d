import type { ModelView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { notApplicable, notSeen, unsettled, type Judgement } from '../../core/judgement.js';
import { kubernetesNeeded, kubernetesReasons } from '../shared/kubernetes-evidence.js';

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

/** The answer for a model: not a matter of machine models, and not looked at on Kubernetes. */
export function inCluster(what: string): (model: ModelView) => Judgement {
  return (model) => {
    const info = model.get('info');
    if (!isKnown(info)) return notSeen(info, what);
    const { type } = info.value;
    if (type === 'caas') return kubernetesNeeded(what);
    if (type === 'iaas') return notApplicable('MachineModel', `${model.name} runs on machines`);
    return unsettled('ModelTypeNotShown', `whether ${model.name} runs on Kubernetes is not shown`);
  };
}
