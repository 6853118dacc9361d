/** What each target has to itself: nothing that happens to one touches another. */
import type { Alert } from '../../core/notify/alert.js';
import type { Fates } from '../../core/notify/fate.js';
import type { OutboxMessage, Told } from '../../core/notify/message.js';
import type { NotifyPace, NotifyTarget } from '../../core/policy/notify.js';
import type { Clock, Log, Random } from '../../core/ports/index.js';
import type { MakeSender, NotifierHealth } from '../../core/ports/notifier.js';
import type { Records } from './records.js';

export interface LaneOptions {
  readonly makeSender: MakeSender;
  readonly records: Records;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly newId: () => string;
}

/** What a target is, and how it is to be told, as the policy has it at present. */
export interface LaneSettings {
  readonly target: NotifyTarget;
  readonly pace: NotifyPace;
  readonly link: string | undefined;
}

/** One look, as a target is to be told of it. */
export interface LaneLook {
  /** What stands open and is routed here. */
  readonly wanted: readonly Alert[];
  readonly fates: Fates;
  /** Whether all was looked at since the start: before, nothing new is told. */
  readonly isSettled: boolean;
  /** ms. */
  readonly now: number;
  readonly unit: string | undefined;
}

export interface Lane {
  /** Takes what the journal has of it in place of what it knows. */
  restore(told: readonly Told[], outbox: readonly OutboxMessage[]): void;
  take(look: LaneLook): void;
  isTold(id: string): boolean;
  adopt(settings: LaneSettings): void;
  health(): NotifierHealth;
  /** Ends what is under way; what is not delivered stays in the journal. */
  stop(): Promise<void>;
}
