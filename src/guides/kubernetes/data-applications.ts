import type { ApplicationView, ModelView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { notApplicable, notSeen, type Judgement } from '../../core/judgement.js';
import { gathered } from '../shared/gather.js';
import type { WorkloadPorts } from '../shared/workload-ports.js';
import { workloadPorts } from './network-policy/needs.js';

/** The reason that `eachDataApplication` gives. */
export const dataReasons = {
  NoDataApplication: 'The model runs no database and no broker whose ports Holdfast knows.',
} as const;

/** Judges every database and broker of a model; an application whose charm was not read may be one. */
export function eachDataApplication(
  model: ModelView,
  met: string,
  judge: (app: ApplicationView, ports: WorkloadPorts) => Judgement,
): Judgement {
  const judged = model.applications().flatMap((app) => {
    const charm = app.get('charm');
    if (!isKnown(charm)) return [notSeen(charm, 'which charm it runs')];
    const ports = workloadPorts(app);
    return ports?.keepsData === true ? [judge(app, ports)] : [];
  });
  if (judged.length === 0)
    return notApplicable('NoDataApplication', `${model.name} runs no database and no broker`);
  return gathered(judged, met);
}
