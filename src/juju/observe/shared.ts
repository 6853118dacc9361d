import type { Clock, Log, Random } from '../../core/ports/index.js';
import type { Link } from '../api/link.js';
import type { Credentials } from '../api/login.js';
import type { Pool } from '../api/pool.js';
import type { Semaphore } from '../api/semaphore.js';
import type { OnBadName } from './names.js';
import type { FollowSettings } from './settings.js';

/** What all parts that follow one controller share. */
export interface Shared {
  readonly controller: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: FollowSettings;
  readonly pool: Pool;
  /** Reads models. */
  readonly observer: Credentials;
  /** The controller connection of the observer. */
  readonly home: Link;
  /** The controller connection that reads users, grants and settings: the auditor's, or the observer's. */
  readonly audit: Link;
  /** Whether the identity behind `audit` is a superuser, as far as known. */
  readonly superuser: () => boolean;
  readonly statusSlots: Semaphore;
  readonly factSlots: Semaphore;
  readonly onBadName: OnBadName;
}

/** A slow fact outlives missing a few of its readings, but not by more than a model's status may be old. */
export function slowMaxAge({ factsEvery, maxAge }: FollowSettings): number {
  return factsEvery + maxAge;
}
