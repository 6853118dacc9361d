/** How the attempts to reach one target went, and when to try again. */
import type { Clock, Log, Random } from '../../core/ports/index.js';
import type { SendOutcome } from '../../core/ports/notifier.js';

/** Between two attempts, ms: at first, and at most. */
const firstWait = 5000;
const longestWait = 300_000;
/** What a target itself asks for, ms, at most. */
const mostAsked = 3_600_000;

export interface AttemptsOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly target: string;
}

export class Attempts {
  delivered = 0;
  failed = 0;
  refused = 0;
  dropped = 0;
  trouble: string | undefined;
  /** ms. */
  troubleSince: number | undefined;
  /** Not before this moment (ms) is tried again, and the wait (ms) that was meant. */
  private notBefore = 0;
  private meant = 0;
  private row = 0;
  private readonly options: AttemptsOptions;

  constructor(options: AttemptsOptions) {
    this.options = options;
  }

  note(outcome: SendOutcome): void {
    if (outcome.state === 'delivered') this.succeeded();
    else this.failedFor(outcome);
  }

  /** Milliseconds until the next attempt, 0 or less: now. A clock that was set back does not make it longer. */
  get left(): number {
    return Math.min(this.notBefore - this.options.clock.now(), this.meant);
  }

  /** Another way to the target may work at once. */
  forgive(): void {
    this.row = 0;
    this.notBefore = 0;
  }

  private succeeded(): void {
    if (this.trouble !== undefined) this.options.log.info({ target: this.options.target }, 'told again');
    this.delivered += 1;
    this.trouble = undefined;
    this.troubleSince = undefined;
    this.forgive();
  }

  private failedFor(outcome: Exclude<SendOutcome, { state: 'delivered' }>): void {
    const { clock, log, target } = this.options;
    const { reason } = outcome;
    this.failed += 1;
    if (this.trouble !== reason) log.warn({ target, reason }, 'a notification was not delivered');
    this.trouble = reason;
    this.troubleSince ??= clock.now();
    this.meant = this.wait(outcome);
    this.notBefore = clock.now() + this.meant;
    this.row += 1;
  }

  private wait(outcome: SendOutcome): number {
    const asked = outcome.state === 'failed' ? Math.min(outcome.retryAfter ?? 0, mostAsked) : 0;
    const own = Math.min(longestWait, firstWait * 2 ** this.row) * (0.8 + 0.4 * this.options.random.next());
    return Math.max(asked, own);
  }
}
