import type { OwnPlace } from '../../core/snapshot.js';
import type { Clock, Log, Random } from '../../core/ports/index.js';
import type { Link } from '../api/link.js';
import type { Credentials } from '../api/login.js';
import type { Pool } from '../api/pool.js';
import type { Semaphore } from '../api/semaphore.js';
import type { OnBadName } from './names.js';
import type { FollowSettings } from './settings.js';

/** What questions are put to: a connection, or a recording of one. */
export type Asked = Pick<Link, 'call' | 'login'>;

/** What reading one controller takes, be it live or recorded. */
export interface Asking {
  readonly clock: Clock;
  readonly settings: FollowSettings;
  /** The controller connection of the observer. */
  readonly home: Asked;
  /** The controller connection that reads users, grants and settings: the auditor's, or the observer's. */
  readonly audit: Asked;
  /** Whether the identity behind `audit` is a superuser, as far as known. */
  readonly superuser: () => boolean;
  readonly factSlots: Semaphore;
  readonly onBadName: OnBadName;
  /** Where we ourselves run; absent for recordings and one-off looks. */
  readonly ownPlace?: () => OwnPlace;
}

/** What all parts that follow one controller share. */
export interface Shared extends Asking {
  readonly controller: string;
  readonly random: Random;
  readonly log: Log;
  readonly pool: Pool;
  /** Reads models. */
  readonly observer: Credentials;
  readonly home: Link;
  readonly audit: Link;
  readonly statusSlots: Semaphore;
}

/** A slow fact outlives missing a few of its readings, but not by more than a model's status may be old. */
export function slowMaxAge({ factsEvery, maxAge }: FollowSettings): number {
  return factsEvery + maxAge;
}
