/** The option of Kubernetes charms that opens a way in from outside the cluster. */
import { z } from 'zod';
import type { Remedy } from '../../core/action/action.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { optionIn, optionRemedy, type OptionQuestion } from './option.js';

/** The ways in that the policy declares. */
export const external = z
  .array(z.enum(['nodeport', 'loadbalancer']))
  .default([])
  .meta({ description: 'The ways by which it may be opened to the outside of the cluster.' });

/** Whether it is closed, or opened as declared. */
export function closedOr(declared: readonly string[]): OptionQuestion {
  return { names: ['expose-external'], allowed: ['false', ...declared], reason: 'ExposedOutsideCluster' };
}

/** Closes it. `clients`: those of the relations who may come from outside. */
export function closeExternal(
  app: ApplicationView,
  declared: readonly string[],
  clients: readonly string[],
): readonly Remedy[] {
  const question = closedOr(declared);
  const by = optionIn(app, question.names)?.text ?? 'address';
  return optionRemedy(app, {
    ...question,
    effect: `${app.name} is reachable inside the cluster only`,
    disruptive: true,
    cutsOff: [...clients, `clients outside the cluster that use its ${by}`],
  });
}
