import { denied, JujuError } from '../errors.js';
import { holds } from '../world/levels.js';
import type { SimController, SimModel, SimUser } from '../world/state.js';
import type { Facades } from './facades.js';
import { textOf, type Params } from './params.js';

/** What a connection is for: the controller itself, or the model with this UUID. */
export interface Door {
  readonly controller: SimController;
  /** Undefined: the controller. */
  readonly modelUuid?: string;
}

export interface LoggedIn {
  readonly user: SimUser;
  readonly model?: SimModel;
}

/** Checks name and password and what the door leads to; throws as Juju does. */
export function logIn({ controller, modelUuid }: Door, params: Params): LoggedIn {
  if (controller.faults.upgrade === 'logins') throw new JujuError('login failed - maintenance in progress');
  const model = modelUuid === undefined ? undefined : modelAt(controller, modelUuid);
  const user = authenticate(controller, params);
  const now = controller.world.clock.now();
  if (model === undefined) {
    if (user.access === '') throw denied();
    user.lastConnection = now;
    return { user };
  }
  admit(model, user);
  user.lastConnection = now;
  const own = model.users.get(user.name);
  if (own !== undefined) own.lastConnection = now;
  return { user, model };
}

/** Those who had a level are sent after a model that moved away. */
function admit(model: SimModel, user: SimUser): void {
  if (model.movedTo !== undefined && model.users.has(user.name)) throw redirected(model.movedTo);
  if (!holds(model, user, 'read')) throw denied();
}

function modelAt(controller: SimController, uuid: string): SimModel {
  const model = controller.models.get(uuid);
  if (model === undefined) throw new JujuError(`unknown model: "${uuid}"`, 'model not found');
  return model;
}

/** A wrong password, an unknown and a disabled user look alike. */
function authenticate(controller: SimController, params: Params): SimUser {
  const tag = textOf(params, 'auth-tag');
  if (tag === '') throw new JujuError('failed to authenticate request: unauthorized', 'unauthorized access');
  const user = controller.users.get(tag.replace(/^user-/, ''));
  const matches = user !== undefined && !user.disabled && user.password === textOf(params, 'credentials');
  if (!matches) throw new JujuError('invalid entity name or password', 'unauthorized access');
  return user;
}

function redirected(target: object): JujuError {
  return new JujuError('redirection to alternative server required', 'redirection required', target);
}

/** The login's answer. */
export function loginResult(door: Door, { user, model }: LoggedIn, facades: Facades): object {
  const { controller } = door;
  return {
    servers: controller.addresses.map((address) => [serverEntry(address)]),
    ...(model === undefined ? {} : { 'model-tag': `model-${model.uuid}` }),
    'controller-tag': `controller-${controller.uuid}`,
    'user-info': {
      'display-name': '',
      identity: `user-${user.name}`,
      'controller-access': user.access,
      'model-access': model?.users.get(user.name)?.access ?? '',
    },
    facades: Object.entries(facades).map(([name, versions]) => ({ name, versions })),
    'server-version': controller.version,
  };
}

function serverEntry(address: string): object {
  const colon = address.lastIndexOf(':');
  const port = Number(address.slice(colon + 1));
  return { value: address.slice(0, colon), type: 'ipv4', scope: 'public', port };
}
