import type { Clock, Decision } from '../core/ports/index.js';
import { steadyOf } from '../core/stopwatch.js';
import { instant, millis } from '../core/time.js';

/** What two readings of one clock may differ by, ms. */
const tolerance = 1000;

/** How old a decision was when it was first seen, by the clocks of that moment (ms). */
interface Sight {
  readonly age: number;
  readonly steady: number;
}

interface Aged {
  readonly of: readonly Decision[];
  /** How far the wall clock was ahead of the steady one, ms. */
  readonly ahead: number;
  readonly decisions: readonly Decision[];
}

/**
 * Keeps what persons decided from lasting longer because the wall clock is set back: its times move along with the
 * clock, so that approvals and refusals end after as long as they were meant for, and stay in their order.
 */
export class WordsAge {
  private readonly clock: Clock;
  private seen = new Map<string, Sight>();
  private last: Aged | undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** The decisions as they count by the clock of now; the same ones where it was not set. */
  of(decisions: readonly Decision[]): readonly Decision[] {
    const now = this.clock.now();
    const steady = steadyOf(this.clock);
    const ahead = now - steady;
    const { last } = this;
    if (last?.of === decisions && Math.abs(ahead - last.ahead) < tolerance) return last.decisions;
    this.look(decisions, { now, steady });
    const aged = decisions.map((one) => this.aged(one, { now, steady }));
    this.last = { of: decisions, ahead, decisions: aged };
    return aged;
  }

  private look(decisions: readonly Decision[], { now, steady }: Present): void {
    const sightOf = ({ id, at }: Decision): Sight => this.seen.get(id) ?? { age: now - millis(at), steady };
    this.seen = new Map(decisions.map((one) => [one.id, sightOf(one)]));
  }

  /** A clock that was set forward makes it older by itself. */
  private aged(decision: Decision, { now, steady }: Present): Decision {
    const sight = this.seen.get(decision.id);
    if (sight === undefined) return decision;
    const back = sight.age + steady - sight.steady - (now - millis(decision.at));
    return back < tolerance ? decision : moved(decision, back);
  }
}

interface Present {
  readonly now: number;
  readonly steady: number;
}

/** Set back by so many ms. */
function moved(decision: Decision, back: number): Decision {
  const earlier = (at: string): string => instant(millis(at) - back);
  return { ...decision, at: earlier(decision.at), expiresAt: earlier(decision.expiresAt) };
}
