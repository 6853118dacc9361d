/** Changes passwords, and after a crash finds out which one works. Never throws, and never tells a password. */
import type { RotationAction } from '../../core/action/rotation.js';
import { argvOf } from '../../core/action/argv.js';
import type { CliResult, JujuCli, Rotation } from '../../core/ports/index.js';
import { rotateSystemUsers } from './system-users.js';
import { finish, rotateUser, type RotationParts } from './user-password.js';

export class Rotator {
  private readonly parts: RotationParts;

  constructor(parts: RotationParts) {
    this.parts = parts;
  }

  /** Every process that it starts goes through `cli`. */
  rotate(action: RotationAction, cli: JujuCli): Promise<CliResult> {
    return action.type === 'rotate-user-password'
      ? rotateUser(action, cli, this.parts)
      : rotateSystemUsers(action, cli, this.parts);
  }

  /**
   * What became of a user's change that was cut off: `done` with the new password in force and in place, `old` where
   * the old one stands, `open` where no login could be tried.
   */
  async settle({ controller, user }: Rotation): Promise<'done' | 'old' | 'open'> {
    const { vault, tryLogin } = this.parts;
    const account = { controller, user };
    const password = await vault.pending(account);
    if (password === undefined) return 'old';
    const answer = await tryLogin(controller, { user, password });
    if (answer === 'unknown') return 'open';
    if (answer === 'accepted') {
      const old = vault.isOwn(account) ? await vault.current(account) : undefined;
      const argv = argvOf({ type: 'rotate-user-password', controller, user });
      const { outcome } = await finish(
        { account, password, old: old === password ? undefined : old, argv },
        this.parts,
      );
      return outcome === 'done' ? 'done' : 'open';
    }
    // Kept: a process whose end was not seen may set it even now. The next attempt, or the next start, tries it again.
    return 'old';
  }
}
