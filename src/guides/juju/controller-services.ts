import type { ApplicationView } from '../../core/evaluate/view.js';
import { valueOf } from '../../core/fact.js';
import type { Judgement } from '../../core/judgement.js';
import { isPlace, placeOf } from '../shared/kubernetes-evidence.js';
import { openingReasons, openingsJudgement } from '../shared/kubernetes-services.js';

/** The reasons that `controllerServices` gives. */
export const controllerServicesReasons = openingReasons;

export function isOnKubernetes(app: ApplicationView): boolean {
  return valueOf(app.model.get('info'))?.type === 'caas';
}

/**
 * From where the API of a controller on Kubernetes is reached, as its services have it; undefined on machines, and
 * where its namespace may not be looked at.
 */
export function controllerServices(
  app: ApplicationView,
  { cidrs, worldOpen }: { readonly cidrs: readonly string[]; readonly worldOpen: boolean },
): Judgement | undefined {
  if (!isOnKubernetes(app) || !isPlace(placeOf(app.model, 'services'))) return undefined;
  if (worldOpen) return openingsJudgement(app, { ways: ['nodeport', 'loadbalancer'] });
  return openingsJudgement(app, { ways: cidrs.length === 0 ? [] : ['loadbalancer'], cidrs });
}
