import type { Instant } from './fact.js';

/** Milliseconds since the epoch as RFC 3339 UTC, without fractions when there are none. */
export function instant(ms: number): Instant {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** Milliseconds since the epoch; NaN for what is no time. */
export function millis(at: Instant): number {
  return Date.parse(at);
}

/**
 * The moment for which is judged. Comparing with it records until when the answer stays the same, so that the same
 * finding need not be judged again before, and must be then.
 */
export class JudgedTime {
  readonly asOf: number;
  /** Earliest moment (ms) at which an answer given here changes; Infinity when none depended on time. */
  validUntil = Infinity;

  constructor(asOf: number) {
    this.asOf = asOf;
  }

  /** Forgets until when the answers so far hold: what follows is another question at the same moment. */
  startOver(): void {
    this.validUntil = Infinity;
  }

  /** Whether `at` lies more than `seconds` back. */
  isOlder(at: Instant, seconds: number): boolean {
    return this.isPast(millis(at) + seconds * 1000);
  }

  /** Whether the moment (ms, or an instant) has come. */
  isPast(moment: number | Instant): boolean {
    const ms = typeof moment === 'number' ? moment : millis(moment);
    if (ms > this.asOf) this.validUntil = Math.min(this.validUntil, ms);
    return ms <= this.asOf;
  }
}
