import type { Decision, Journal, Pause, Quarantine } from '../ports/index.js';
import { millis } from '../time.js';
import { isYetToCome } from './given.js';
import { isInForce } from './pause.js';
import { waitingFor, type WaitingPlan } from './waiting.js';

/** What waits for persons, and what they said that counts now. */
export interface Standing {
  readonly waiting: readonly WaitingPlan[];
  readonly decisions: readonly Decision[];
  readonly quarantines: readonly Quarantine[];
  readonly pauses: readonly Pause[];
}

/** What counts at `now` (ms). */
export async function standingOf(journal: Journal, now: number): Promise<Standing> {
  const { decisions, quarantines, pauses } = await journal.orders();
  const current = decisions.filter((one) => millis(one.expiresAt) > now && !isYetToCome(one, now));
  const decided = new Set(current.map(({ planHash }) => planHash));
  const waiting = (await waitingFor(journal)).filter(({ plan }) => !decided.has(plan.hash));
  return {
    waiting,
    decisions: current,
    quarantines,
    pauses: pauses.filter((one) => isInForce(one, now)),
  };
}
