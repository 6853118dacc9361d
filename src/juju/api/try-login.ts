import type { LoginAnswer } from '../../core/ports/index.js';
import { JujuApiError } from './api-error.js';
import { openSession, type SessionContext, type SessionTarget } from './session.js';

/** Logs in on a connection of its own, and leaves again. Says nothing of the password to anyone but the controller. */
export async function tryLogin(
  target: Omit<SessionTarget, 'path'>,
  context: SessionContext,
): Promise<LoginAnswer> {
  try {
    const session = await openSession({ ...target, path: '/api' }, context, new AbortController().signal);
    session.rpc.drop('only to see whether it is let in');
    return 'accepted';
  } catch (error) {
    return isRefusal(error) ? 'refused' : 'unknown';
  }
}

/** What Juju says to a wrong password; also of a disabled user (Juju facts, seen on a real controller). */
function isRefusal(error: unknown): boolean {
  return error instanceof JujuApiError && error.message.includes('invalid entity name or password');
}
