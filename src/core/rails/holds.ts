/** How a rail holds a step back. */
import type { Hold } from './rail.js';

/** Something else has to come to rest, or to happen, first. */
export function waiting(reason: string, message: string, until?: number): Hold {
  return { state: 'WaitingDependency', reason, message, ...(until === undefined ? {} : { until }) };
}

/** It is proposed, and never done by the daemon. */
export function onlyProposed(reason: string, message: string): Hold {
  return { state: 'Proposed', reason, message };
}

/** A person has to approve it. */
export function needsApproval(reason: string, message: string): Hold {
  return { state: 'WaitingApproval', reason, message };
}

/** Its time has not come. */
export function outsideWindow(reason: string, message: string, until?: number): Hold {
  return { state: 'WaitingWindow', reason, message, ...(until === undefined ? {} : { until }) };
}

/** Left alone until a person clears it. */
export function leftAlone(reason: string, message: string, until?: number): Hold {
  return { state: 'Quarantined', reason, message, ...(until === undefined ? {} : { until }) };
}
