import { clientDefaults, type ClientSettings } from '../access/client.js';
import { paceDefaults } from '../watch/course.js';
import type { FeedSettings } from '../watch/feed.js';

export interface FollowSettings extends FeedSettings, ClientSettings {
  /** Milliseconds without a word on a list after which its facts are not believed any more. */
  readonly staleMs: number;
  /** Milliseconds in which changes gather before they are told. */
  readonly gatherMs: number;
  /** Milliseconds between two looks at the age of what is held. */
  readonly ageLookMs: number;
  /** Milliseconds between two readings of what has no watch: version, API groups, access reviews. */
  readonly slowMs: number;
  /** Milliseconds until such a reading that failed is tried again. */
  readonly slowRetryMs: number;
  /** Lists of one cluster that are read at once. */
  readonly listsAtOnce: number;
}

export const followDefaults: FollowSettings = {
  ...clientDefaults,
  ...paceDefaults,
  pageSize: 500,
  silenceMs: 300_000,
  watchSeconds: 135,
  relistMs: 1_800_000,
  eventLimit: 8 * 1024 * 1024,
  staleMs: 600_000,
  gatherMs: 20,
  ageLookMs: 15_000,
  slowMs: 600_000,
  slowRetryMs: 30_000,
  listsAtOnce: 4,
};
