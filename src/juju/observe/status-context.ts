import { known, unknown, type Known, type Reading, type Unknown } from '../../core/fact.js';
import type { Exposure, PendingUpgrade, Relation } from '../../core/snapshot.js';
import { newDict } from '../../core/dict.js';
import { branch, isBranch, text, type Branch } from '../status/json.js';
import type { OnBadName } from './names.js';

/** What the readers of one FullStatus answer share. */
export interface StatusContext {
  readonly reading: Reading;
  readonly onBadName: OnBadName;
  /** Facts that are the same for most applications, made once. */
  readonly unexposed: Known<Exposure>;
  readonly upToDate: Known<PendingUpgrade>;
  readonly unrelated: Known<readonly Relation[]>;
}

export function statusContext(reading: Reading, onBadName: OnBadName): StatusContext {
  return {
    reading,
    onBadName,
    unexposed: known(reading, { exposed: false, endpoints: newDict() }),
    upToDate: known(reading, { to: '' }),
    unrelated: known(reading, []),
  };
}

/** What Juju says of an object that it could not read itself: an `err` beside or instead of its fields. */
export function errorIn(raw: Branch): string | undefined {
  const error = raw['err'];
  if (!isBranch(error)) return undefined;
  const message = text(error['message']);
  return message === '' ? 'no reason given' : message;
}

/** The error of an object or of one of its status fields. */
export function errorOf(raw: Branch, ...statuses: readonly string[]): string | undefined {
  const own = errorIn(raw);
  if (own !== undefined) return own;
  for (const key of statuses) {
    const error = errorIn(branch(raw[key]));
    if (error !== undefined) return error;
  }
  return undefined;
}

export function unreadable(reading: Reading, what: string, error: string): Unknown {
  return unknown(reading, `Juju could not read ${what}: ${error}`);
}
