import type { Action } from './action.js';

/** Changes of passwords: what they set is in no action, only made while they are carried out. */
export type RotationAction = Extract<
  Action,
  { readonly type: 'rotate-user-password' | 'rotate-system-users' }
>;

export function isRotation(action: Action): action is RotationAction {
  return action.type === 'rotate-user-password' || action.type === 'rotate-system-users';
}

/** The user's secret of the model from which an application takes the passwords of its system users. */
export function systemUsersSecret(application: string): string {
  return `holdfast-${application}-system-users`;
}
