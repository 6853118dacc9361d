import type { SimController, SimModel, SimUser } from '../world/state.js';
import type { Params } from './params.js';

/** One request of a user on a connection to the controller itself. */
export interface ControllerCall {
  readonly controller: SimController;
  readonly user: SimUser;
  readonly version: number;
  readonly params: Params;
}

/** One request on a connection to a model. */
export interface ModelCall extends ControllerCall {
  readonly model: SimModel;
}

/** Returns the response, at once or later; throws a JujuError. */
export type ControllerMethod = (call: ControllerCall) => object | Promise<object>;
export type ModelMethod = (call: ModelCall) => object | Promise<object>;
