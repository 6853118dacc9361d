/** Accounts whose passwords Holdfast changes: only those that the policy names. */
import { globMatcher } from '../glob.js';
import type { Policy } from './policy.js';

/** One entry of the policy's `rotation`: users of a controller, or system users of an application. */
export interface RotationRule {
  readonly match: RotationMatch;
  /** System users of the application, as its charm names them. Absent for users of a controller. */
  readonly users?: readonly string[];
  /** How old a password may become, in seconds. */
  readonly every: number;
  /** The Juju secret that keeps a user's new password. Our own identities need none: their files keep it. */
  readonly secret?: SecretName;
}

/** Patterns know `*` and `?`; an absent one matches all. `user` is for users of a controller. */
export interface RotationMatch {
  readonly controller?: string;
  readonly model?: string;
  readonly application?: string;
  readonly user?: string;
}

/** A user's secret of a model, as `owner/model:name` names it. */
export interface SecretName {
  readonly owner: string;
  readonly model: string;
  readonly name: string;
}

/** For accounts that the policy marks as managed and says no more of: seconds. */
const usual = 90 * 86_400;

/** All rules of a policy: what `users.managed` marks, then what `rotation` says in detail. */
export function rotationRules({ users, rotation = [] }: Policy): readonly RotationRule[] {
  return [...users.managed.map((user) => ({ match: { user }, every: usual })), ...rotation];
}

/** The last rule that speaks of a user of a controller; undefined where none does: then he is left alone. */
export function rotationOfUser(
  rules: readonly RotationRule[],
  place: { readonly controller: string; readonly user: string },
): RotationRule | undefined {
  return rules.findLast(
    ({ match }) =>
      match.user !== undefined && fits(match.user, place.user) && fits(match.controller, place.controller),
  );
}

/** The last rule that speaks of an application's system users. */
export function rotationOfApplication(
  rules: readonly RotationRule[],
  place: { readonly controller: string; readonly model: string; readonly application: string },
): RotationRule | undefined {
  return rules.findLast(
    ({ match }) =>
      match.application !== undefined &&
      fits(match.application, place.application) &&
      fits(match.model, place.model) &&
      fits(match.controller, place.controller),
  );
}

function fits(pattern: string | undefined, name: string): boolean {
  return pattern === undefined || globMatcher(pattern)(name);
}
