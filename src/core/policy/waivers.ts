import type { AppliedWaiver } from '../finding.js';
import type { JudgedTime } from '../time.js';
import type { Policy, Waiver } from './policy.js';
import { scopeMatcher, type Scope } from './resolve.js';

/** Whether a control passes where the waiver is to lie. */
type Passes = (control: string) => boolean;

export type WaiverFinder = (scope: Scope, time: JudgedTime, passes: Passes) => AppliedWaiver | undefined;

/**
 * The one evaluator of waivers for all surfaces. An active waiver wins over others; among equals the first in the
 * policy. Whether it still holds is asked of the judged time, so its expiry ends the finding's validity.
 */
export function waiverFinder(policy: Policy): WaiverFinder | undefined {
  if (policy.waivers.length === 0) return undefined;
  const waivers = policy.waivers.map((waiver) => ({ waiver, matches: scopeMatcher(waiver.match) }));
  return (scope, time, passes) => {
    let idle: AppliedWaiver | undefined;
    for (const { waiver, matches } of waivers) {
      if (!matches(scope)) continue;
      const state = stateOf(waiver, time, passes);
      if (state === 'active') return { waiver, state };
      idle ??= { waiver, state };
    }
    return idle;
  };
}

/** A mitigated violation is waived only while the control that makes up for it passes. */
function stateOf(waiver: Waiver, time: JudgedTime, passes: Passes): AppliedWaiver['state'] {
  if (time.isPast(waiver.expires)) return 'expired';
  if (waiver.kind === 'waived') return 'active';
  return waiver.compensatedBy !== undefined && passes(waiver.compensatedBy) ? 'active' : 'lapsed';
}
