import { denied, JujuError } from '../errors.js';
import type { BlockType, ModelLevel, SimModel, SimUser } from './state.js';

const modelLevels = ['read', 'write', 'admin'] as const;

export function isSuperuser(user: SimUser): boolean {
  return user.access === 'superuser';
}

/** Whether the user holds at least this level on the model; a superuser holds every level. */
export function holds(model: SimModel, user: SimUser, level: ModelLevel): boolean {
  if (isSuperuser(user)) return true;
  const own = model.users.get(user.name)?.access;
  return own !== undefined && modelLevels.indexOf(own) >= modelLevels.indexOf(level);
}

/** Throws the controller's refusal when the user holds less. */
export function need(model: SimModel, user: SimUser, level: ModelLevel): void {
  if (!holds(model, user, level)) throw denied();
}

export function needSuperuser(user: SimUser): void {
  if (!isSuperuser(user)) throw denied();
}

/** Refuses what a disabled command set forbids; `all` forbids removals as well. Nobody is exempt. */
export function needUnblocked(model: SimModel, kind: 'change' | 'remove'): void {
  const types: readonly BlockType[] = kind === 'change' ? ['BlockChange'] : ['BlockRemove', 'BlockChange'];
  const block = model.blocks.find(({ type }) => types.includes(type));
  if (block === undefined) return;
  throw new JujuError(block.message || 'the operation has been blocked', 'operation is blocked');
}
