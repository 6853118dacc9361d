import type { SimModel } from '../world/state.js';
import type { ControllerCall, ControllerMethod, ModelMethod } from './call.js';
import { actionMethods } from './methods/actions.js';
import { applicationMethods } from './methods/application.js';
import { charmMethods } from './methods/charms.js';
import { controllerMethods } from './methods/controller.js';
import { modelManagerMethods } from './methods/model-manager.js';
import { modelMethods } from './methods/model.js';
import { offerMethods } from './methods/offers.js';
import { secretMethods } from './methods/secrets.js';
import { userMethods } from './methods/users.js';

type AnyMethod = (call: ControllerCall, model: SimModel | undefined) => object | Promise<object>;

const onController = new Map<string, ControllerMethod>(
  Object.entries({
    'Pinger.Ping': () => ({}),
    ...controllerMethods,
    ...modelManagerMethods,
    ...offerMethods,
    ...userMethods,
  }),
);

const onModel = new Map<string, ModelMethod>(
  Object.entries({
    ...actionMethods,
    ...applicationMethods,
    ...charmMethods,
    ...modelMethods,
    ...secretMethods,
  }),
);

/**
 * The method of this name (`Facade.Method`). A model's method called on a controller connection, as ModelConfig may be,
 * is about the controller model.
 */
export function findMethod(name: string): AnyMethod | undefined {
  const forController = onController.get(name);
  if (forController !== undefined) return (call) => forController(call);
  const forModel = onModel.get(name);
  if (forModel === undefined) return undefined;
  return (call, model) => forModel({ ...call, model: model ?? controllerModel(call) });
}

function controllerModel({ controller }: ControllerCall): SimModel {
  const found = [...controller.models.values()].find(({ isController }) => isController);
  if (found === undefined) throw new Error('every controller has its own model');
  return found;
}
