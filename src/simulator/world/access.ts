/**
 * Levels of users. Revoking sets the level below the one named and never looks at the present one, so that it can
 * raise it; granting a held or lower level is refused (Juju facts 9.2 and 9.3).
 */
import { JujuError } from '../errors.js';
import type {
  ControllerLevel,
  ModelLevel,
  OfferLevel,
  SimController,
  SimModel,
  SimOffer,
  SimUser,
} from './state.js';

export type AccessAction = 'grant' | 'revoke';

const modelOrder: readonly ModelLevel[] = ['read', 'write', 'admin'];
const controllerOrder: readonly ControllerLevel[] = ['login', 'superuser'];
const cloudOrder = ['add-model', 'admin'] as const;
const offerOrder: readonly OfferLevel[] = ['read', 'consume', 'admin'];

export interface AccessChange {
  readonly user: string;
  readonly action: AccessAction;
  readonly access: string;
}

export function changeModelAccess(model: SimModel, { user, action, access }: AccessChange): void {
  const level = levelNamed(modelOrder, access, 'model');
  activeUser(model.controller, user);
  const held = model.users.get(user);
  if (action === 'grant') {
    refuseHeld(model.controller, { user, held: held?.access, level, order: modelOrder });
    model.users.set(user, { ...held, access: level });
    return;
  }
  if (held === undefined) return;
  const below = belowLevel(modelOrder, level);
  if (below !== 'admin' && held.access === 'admin') refuseOrphan(model.controller, user, [model]);
  if (below === undefined) model.users.delete(user);
  else held.access = below;
}

export function changeControllerAccess(
  controller: SimController,
  { user, action, access }: AccessChange,
): void {
  const level = levelNamed(controllerOrder, access, 'controller');
  const account = activeUser(controller, user);
  if (action === 'revoke') {
    account.access = belowLevel(controllerOrder, level) ?? '';
    return;
  }
  refuseHeld(controller, { user, held: account.access, level, order: controllerOrder });
  account.access = level;
}

export function changeOfferAccess(controller: SimController, offer: SimOffer, change: AccessChange): void {
  const level = levelNamed(offerOrder, change.access, 'offer');
  // Granting to everyone is accepted and shows nowhere (Juju facts 9.24).
  if (change.user.includes('@')) return;
  activeUser(controller, change.user);
  const held = offer.users.get(change.user);
  if (change.action === 'grant') {
    refuseHeld(controller, { user: change.user, held, level, order: offerOrder });
    offer.users.set(change.user, level);
    return;
  }
  const below = belowLevel(offerOrder, level);
  if (below === undefined) offer.users.delete(change.user);
  else if (held !== undefined) offer.users.set(change.user, below);
}

/** Levels on the controller's cloud: `add-model`, `admin`. */
export function changeCloudAccess(controller: SimController, { user, action, access }: AccessChange): void {
  const { users } = controller.cloud;
  const level = levelNamed(cloudOrder, access, 'cloud');
  activeUser(controller, user);
  const held = cloudOrder.find((each) => each === users.get(user));
  if (action === 'grant') {
    refuseHeld(controller, { user, held, level, order: cloudOrder });
    users.set(user, level);
    return;
  }
  const below = belowLevel(cloudOrder, level);
  if (below === undefined) users.delete(user);
  else if (held !== undefined) users.set(user, below);
}

/** Disables or enables; again does nothing. Refuses to leave a model without an admin. */
export function setDisabled(controller: SimController, name: string, disabled: boolean): SimUser {
  const user = controller.users.get(name);
  const verb = disabled ? 'disable' : 'enable';
  if (user === undefined)
    throw new JujuError(`failed to ${verb} user: active user "${name}": user not found`, 'user not found');
  if (disabled && !user.disabled) {
    refuseOrphan(controller, name, [...controller.models.values()], 'failed to disable user: ');
  }
  user.disabled = disabled;
  return user;
}

function levelNamed<T extends string>(order: readonly T[], access: string, kind: string): T {
  const level = order.find((each) => each === access);
  if (level === undefined) throw new JujuError(`"${access}" ${kind} access not valid`, 'not valid');
  return level;
}

function belowLevel<T extends string>(order: readonly T[], level: T): T | undefined {
  return order[order.indexOf(level) - 1];
}

interface Held<T extends string> {
  readonly user: string;
  readonly held: T | undefined;
  readonly level: T;
  readonly order: readonly T[];
}

function refuseHeld<T extends string>(
  controller: SimController,
  { user, held, level, order }: Held<T>,
): void {
  if (held === undefined || order.indexOf(held) < order.indexOf(level)) return;
  const who = controller.flavour === '4.0' ? `user "${user}"` : 'user';
  throw new JujuError(`${who} already has "${level}" access or greater`);
}

function activeUser(controller: SimController, name: string): SimUser {
  const user = controller.users.get(name);
  if (user !== undefined && !user.disabled) return user;
  throw new JujuError(`active users "${name}": user not found`);
}

function refuseOrphan(
  controller: SimController,
  name: string,
  models: readonly SimModel[],
  prefix = '',
): void {
  const orphaned = models.filter((model) => {
    const admins = [...model.users].filter(
      ([user, { access }]) => access === 'admin' && isActive(controller, user),
    );
    return admins.length === 1 && admins[0]?.[0] === name;
  });
  if (orphaned.length === 0) return;
  throw new JujuError(`${prefix}${orphaned.length} model(s) would be left without an admin user`);
}

function isActive(controller: SimController, name: string): boolean {
  return controller.users.get(name)?.disabled === false;
}
