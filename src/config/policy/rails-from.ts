import { seconds } from '../../core/duration.js';
import type { Policy } from '../../core/policy/policy.js';
import { defaultRetention, type LimitRule, type Retention } from '../../core/policy/rails.js';
import type { PolicyFile } from './schema.js';
import { limitDurations } from './words.js';

type RailPart = Pick<Policy, 'windows' | 'limits' | 'managedBy' | 'retention'>;
type LimitEntry = NonNullable<PolicyFile['limits']>[number];
type Duration = (typeof limitDurations)[number];

/** The safety rails of a policy, durations in seconds. */
export function railsFrom({ windows = [], limits = [], managedBy = [], store = {} }: PolicyFile): RailPart {
  return {
    windows: windows.map(({ match = {}, duration, ...window }) => ({
      ...window,
      match,
      duration: seconds(duration),
    })),
    limits: limits.map(limitFrom),
    managedBy,
    retention: retentionFrom(store.retention ?? {}),
  };
}

function limitFrom({ match = {}, ...entry }: LimitEntry): LimitRule {
  const durations: Partial<Record<Duration, number>> = {};
  for (const key of limitDurations) {
    const duration = entry[key];
    if (duration !== undefined) durations[key] = seconds(duration);
  }
  return { ...(entry as Omit<typeof entry, Duration>), ...durations, match };
}

function retentionFrom(given: NonNullable<NonNullable<PolicyFile['store']>['retention']>): Retention {
  const { remediations, audit } = given;
  return {
    remediations: remediations === undefined ? defaultRetention.remediations : seconds(remediations),
    audit: audit === undefined ? defaultRetention.audit : seconds(audit),
  };
}
