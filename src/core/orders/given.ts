import type { Approval } from '../ports/index.js';
import { millis } from '../time.js';

/**
 * Whether an approval was given later than it is now (ms): the clock was set back since, or another machine's is ahead.
 * How old it is cannot be told, so it counts for nothing until then. A refusal counts all the same.
 */
export function isYetToCome({ decision, at }: Pick<Approval, 'decision' | 'at'>, now: number): boolean {
  return decision === 'approve' && millis(at) > now;
}
