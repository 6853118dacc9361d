import type { ApplicationView, ControllerView, ModelView } from '../../core/evaluate/view.js';
import { valueOf } from '../../core/fact.js';

/** The model in which the controller itself lives, where our identities may see it. */
export function controllerModel(view: ControllerView): ModelView | undefined {
  return (
    view.models().find((model) => valueOf(model.get('info'))?.isController === true) ??
    view.model('controller')
  );
}

/** The application of the controller charm. */
export function controllerApplication(view: ControllerView): ApplicationView | undefined {
  return controllerModel(view)?.application('controller');
}

export const controllerModelReasons = {
  ControllerModelNotSeen: "The controller's own model is not among the models that we may see.",
} as const;
