import type { ModelRef } from '../action/action.js';
import { valueOf } from '../fact.js';
import type { ModelView } from './view.js';

/**
 * The model as the CLI addresses it; undefined where the road tells no controller or no owner (a status file, a
 * bundle): nothing is proposed then, because the model's address would be a guess.
 */
export function modelRef(model: ModelView): ModelRef | undefined {
  const controller = model.get('controller');
  const owner = valueOf(model.get('info'))?.owner;
  if (controller === '' || owner === undefined || owner === '') return undefined;
  return { controller, owner, model: model.get('name') };
}
