/** What a change of passwords needs of the world. Values go through here and stay in memory and in private files. */
import type { Credentials } from '../policy/policy.js';

/** A user of a controller. */
export interface Account {
  readonly controller: string;
  readonly user: string;
}

/** Whether a password is let in at a fresh login; `unknown` where the controller did not say. */
export type LoginAnswer = 'accepted' | 'refused' | 'unknown';

/** Keeps new passwords from before the change until it is seen to have worked: in files that only we may read. */
export interface Vault {
  /** Whether it is one of our own identities. */
  isOwn(account: Account): boolean;
  /** The password of our own identity, as its file has it. */
  current(account: Account): Promise<string | undefined>;
  /** The new password of a change that was begun and not settled. */
  pending(account: Account): Promise<string | undefined>;
  /**
   * Keeps the new password beside what it is to replace.
   * @throws Error when it cannot be kept, or could not replace the old one later: nothing may be changed then.
   */
  keep(account: Account, password: string): Promise<void>;
  /** It is the password now: our own identity's file gets it in one stroke; nothing stays pending. */
  settle(account: Account, password: string): Promise<void>;
  /** It did not become the password. */
  drop(account: Account): Promise<void>;
  /** Hands out a file with these keys for `juju` to read, and removes it whatever happens. */
  withFile<T>(content: Readonly<Record<string, string>>, use: (path: string) => Promise<T>): Promise<T>;
}

export interface RotationPorts {
  /** Makes a password that nobody can guess and every charm takes. */
  readonly newPassword: () => string;
  /** Logs in anew, and out again. */
  readonly tryLogin: (controller: string, credentials: Credentials) => Promise<LoginAnswer>;
  readonly vault: Vault;
  /** One of our own identities has another password: whoever logs in from now on takes it. */
  readonly adopt: (account: Account, password: string) => void;
}
