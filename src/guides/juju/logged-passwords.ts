import type { ControllerView } from '../../core/evaluate/view.js';
import { isKnown, valueOf, type Instant, type Known } from '../../core/fact.js';
import type { SeenDeeds, UserAccount } from '../../core/snapshot.js';
import { lookup } from '../shared/lookup.js';

export interface LoggedChange {
  readonly at: Instant;
  readonly log: Known<SeenDeeds>;
}

/**
 * The last change of a user's password that the controller's audit log shows; undefined where it shows none. Whose it
 * was the client itself says: it is believed of the caller's own, and of superusers.
 */
export function loggedChange(view: ControllerView, user: string): LoggedChange | undefined {
  const log = view.get('deeds');
  if (log === undefined || !isKnown(log)) return undefined;
  const change = lookup(log.value.passwords, user);
  if (change === undefined || !mayHave(change.by, user, valueOf(view.get('users')) ?? [])) return undefined;
  return { at: change.at, log };
}

function mayHave(by: string, user: string, users: readonly UserAccount[]): boolean {
  return by === user || users.some(({ name, access }) => name === by && access === 'superuser');
}
