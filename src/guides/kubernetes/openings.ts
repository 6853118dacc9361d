import type { ModelView } from '../../core/evaluate/view.js';
import type { Judgement } from '../../core/judgement.js';
import { openingsJudgement } from '../shared/kubernetes-services.js';
import { eachDataApplication } from './data-applications.js';

/** Whether the databases and brokers of a model are opened to the outside of the cluster only as declared. */
export function modelOpeningsJudgement(
  model: ModelView,
  { declared, cidrs }: { readonly declared: readonly string[]; readonly cidrs: readonly string[] },
): Judgement {
  return eachDataApplication(
    model,
    'databases and brokers are opened to the outside only as declared',
    (app) => {
      const ways = declared.includes(app.name) ? (['nodeport', 'loadbalancer'] as const) : [];
      return openingsJudgement(app, { ways, cidrs });
    },
  );
}
