import type { AppliedWaiver } from '../finding.js';
import type { JudgedTime } from '../time.js';
import type { Policy } from './policy.js';
import { scopeMatcher, type Scope } from './resolve.js';

export type WaiverFinder = (scope: Scope, time: JudgedTime) => AppliedWaiver | undefined;

/**
 * The one evaluator of waivers for all surfaces. An active waiver wins over an expired one; among equals the first
 * in the policy. Whether it still holds is asked of the judged time, so its expiry ends the finding's validity.
 */
export function waiverFinder(policy: Policy): WaiverFinder | undefined {
  if (policy.waivers.length === 0) return undefined;
  const waivers = policy.waivers.map((waiver) => ({ waiver, matches: scopeMatcher(waiver.match) }));
  return (scope, time) => {
    let expired: AppliedWaiver | undefined;
    for (const { waiver, matches } of waivers) {
      if (!matches(scope)) continue;
      if (!time.isPast(waiver.expires)) return { waiver, state: 'active' };
      expired ??= { waiver, state: 'expired' };
    }
    return expired;
  };
}
