import type { Clock, Log, Random } from '../../core/ports/index.js';
import type { KubeClient } from '../access/client.js';
import type { Slots } from '../watch/slots.js';
import type { FollowSettings } from './settings.js';

/** What the parts of one cluster's following have in common. */
export interface Shared {
  readonly cluster: string;
  readonly client: KubeClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: FollowSettings;
  readonly slots: Slots;
}
