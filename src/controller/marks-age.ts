import type { Clock, Mark } from '../core/ports/index.js';
import { steadyOf } from '../core/stopwatch.js';
import { instant, millis } from '../core/time.js';

/** What two readings of one clock may differ by, ms. */
const tolerance = 1000;

/**
 * Keeps rate limits from beginning anew because the wall clock is set forward, and from holding for longer because it is
 * set back: marks move along with the clock. What approvals are compared with stays: `spent` is no count.
 */
export class MarksAge {
  private readonly clock: Clock;
  /** How far the wall clock was ahead of the steady one (ms) when a moment was first heard of. */
  private readonly heard = new Map<string, number>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** From now on these are as old as the clock says now; those that are known stay as they are. */
  hear(marks: readonly Mark[]): void {
    const ahead = this.ahead();
    for (const { at } of marks) if (!this.heard.has(at)) this.heard.set(at, ahead);
  }

  /** Those that are kept; of all others nothing is remembered. */
  keep(marks: readonly Mark[]): void {
    const kept = new Set(marks.map(({ at }) => at));
    for (const at of this.heard.keys()) if (!kept.has(at)) this.heard.delete(at);
  }

  /** The marks as old as they are, by the clock of now; the same ones where it was not set. */
  of(marks: readonly Mark[]): readonly Mark[] {
    const ahead = this.ahead();
    const setBy = ({ at, kind }: Mark): number =>
      kind === 'spent' ? 0 : ahead - (this.heard.get(at) ?? ahead);
    if (marks.every((mark) => Math.abs(setBy(mark)) < tolerance)) return marks;
    return marks.map((mark) => ({ ...mark, at: instant(millis(mark.at) + setBy(mark)) }));
  }

  private ahead(): number {
    return this.clock.now() - steadyOf(this.clock);
  }
}
