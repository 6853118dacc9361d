/** What takes messages to those who are to be told. */
import type { Alert } from '../notify/alert.js';
import type { Message } from '../notify/message.js';
import type { NotifyTarget } from '../policy/notify.js';

/**
 * `failed` may work later; `refused` never will, with this message. Reasons are short, and name neither secrets nor
 * paths of URLs, which may be secrets.
 */
export type SendOutcome =
  | { readonly state: 'delivered' }
  | {
      readonly state: 'failed';
      readonly reason: string;
      /** ms for which the target wants to be left alone. */
      readonly retryAfter?: number;
    }
  | { readonly state: 'refused'; readonly reason: string };

/** An alert as it stands: what has an end in the past is over. Moments in ms. */
export interface StandingAlert {
  readonly alert: Alert;
  readonly endsAt: number;
}

/** Neither throws nor takes for ever. */
export type Sender =
  | {
      /** Is told of what happens, message by message. */
      readonly takes: 'messages';
      send(message: Message, signal: AbortSignal): Promise<SendOutcome>;
      close(): Promise<void>;
    }
  | {
      /** Is told again and again of how things stand. */
      readonly takes: 'standing';
      push(alerts: readonly StandingAlert[], signal: AbortSignal): Promise<SendOutcome>;
      close(): Promise<void>;
    };

export type MakeSender = (target: NotifyTarget, link: string | undefined) => Promise<Sender>;

/** How well one target is told. */
export interface NotifierHealth {
  readonly target: string;
  readonly type: NotifyTarget['type'];
  /** Messages that are not delivered yet, and since when (ms since the epoch) the first of them waits. */
  readonly waiting: number;
  readonly oldest?: number;
  /** Alerts that it was told of and that are not over. */
  readonly open: number;
  /** Since the start: attempts that were delivered, that failed, and messages that were given up. */
  readonly delivered: number;
  readonly failed: number;
  readonly refused: number;
  readonly dropped: number;
  /** Why the last attempt failed; absent when it did not, and since when (ms) none succeeds. */
  readonly trouble?: string;
  readonly troubleSince?: number;
}
