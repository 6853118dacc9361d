/** Tells a target what happens, message by message, each until it is delivered, in their order. */
import type { Alert, EndedAlert } from '../../core/notify/alert.js';
import { messageOf, messagesOf, type Changes } from '../../core/notify/group.js';
import type { Message, OutboxMessage, Told } from '../../core/notify/message.js';
import type { Write } from '../../core/ports/index.js';
import type { NotifierHealth, SendOutcome, Sender } from '../../core/ports/notifier.js';
import { instant, millis } from '../../core/time.js';
import { Allowance } from './allowance.js';
import { Attempts } from './attempts.js';
import type { Lane, LaneLook, LaneOptions, LaneSettings } from './lane.js';

/** While so many wait, changes wait too, and come as one when the target is back. */
const mostWaiting = 20;
/** What a target has refused so often it will never take. */
const mostRefusals = 3;
/** ms that a message in hand has to end when the daemon stops. */
const lastWords = 2000;

interface Waiting {
  readonly entry: OutboxMessage;
  /** Resolves once it is in the journal. */
  readonly saved: Promise<void>;
  refusals: number;
}

export class MessageLane implements Lane {
  private readonly options: LaneOptions;
  private readonly attempts: Attempts;
  private readonly allowance: Allowance;
  private readonly stopping = new AbortController();
  private settings: LaneSettings;
  private sender: Promise<Sender>;
  private told = new Map<string, Alert>();
  private queue: Waiting[] = [];
  private pendingSince: number | undefined;
  private isFirst = true;
  private sending: Promise<void> | undefined;
  private cancelRetry: () => void = () => undefined;

  constructor(options: LaneOptions, settings: LaneSettings) {
    this.options = options;
    this.settings = settings;
    this.attempts = new Attempts({ ...options, target: settings.target.name });
    this.allowance = new Allowance(settings.pace.perHour);
    this.sender = options.makeSender(settings.target, settings.link);
  }

  restore(told: readonly Told[], outbox: readonly OutboxMessage[]): void {
    this.told = new Map(told.flatMap(({ id, alert }) => (alert === undefined ? [] : [[id, alert]])));
    if (this.told.size > 0) this.isFirst = false;
    const there = new Set(this.queue.map(({ entry }) => entry.message.id));
    for (const entry of outbox)
      if (!there.has(entry.message.id)) this.queue.push({ entry, saved: Promise.resolve(), refusals: 0 });
    this.pump();
  }

  isTold(id: string): boolean {
    return this.told.has(id);
  }

  take(look: LaneLook): void {
    const changes = this.changesIn(look);
    if (changes.firing.length + changes.resolved.length === 0) {
      this.pendingSince = undefined;
      if (look.isSettled) this.isFirst = false;
    } else if (this.isTime(look)) this.tell(changes, look);
    this.pump();
  }

  /** Sends what is no change, such as a digest; `more` is written together with it. */
  post(message: Message, unit: string | undefined, ...more: readonly Write[]): void {
    this.enqueue([message], unit, more);
    this.pump();
  }

  /** Writes down what goes along with messages. */
  note(...writes: readonly Write[]): void {
    void this.options.records.save(...writes);
  }

  adopt(settings: LaneSettings): void {
    const before = this.settings;
    this.settings = settings;
    this.allowance.adopt(settings.pace.perHour);
    if (JSON.stringify([before.target, before.link]) === JSON.stringify([settings.target, settings.link]))
      return;
    const left = this.sender;
    this.sender = this.options.makeSender(settings.target, settings.link);
    void (this.sending ?? Promise.resolve()).then(() => closeQuietly(left));
    this.attempts.forgive();
    this.pump();
  }

  health(): NotifierHealth {
    const { delivered, failed, refused, dropped, trouble, troubleSince } = this.attempts;
    const [first] = this.queue;
    return {
      target: this.settings.target.name,
      type: this.settings.target.type,
      waiting: this.queue.length,
      ...(first === undefined ? {} : { oldest: millis(first.entry.message.at) }),
      open: this.told.size,
      ...{ delivered, failed, refused, dropped },
      ...(trouble === undefined ? {} : { trouble }),
      ...(troubleSince === undefined ? {} : { troubleSince }),
    };
  }

  async stop(): Promise<void> {
    this.cancelRetry();
    const hurry = this.options.clock.after(lastWords, () => {
      this.stopping.abort();
    });
    this.queue.length = Math.min(this.queue.length, 1);
    await this.sending;
    hurry();
    this.stopping.abort();
    await closeQuietly(this.sender);
  }

  private changesIn({ wanted, fates }: LaneLook): Changes {
    const here = new Set(wanted.map(({ id }) => id));
    const resolved: EndedAlert[] = [];
    for (const alert of this.told.values()) {
      const fate = here.has(alert.id) ? 'open' : fates.of(alert);
      if (fate !== 'open') resolved.push({ ...alert, ending: fate });
    }
    return { firing: wanted.filter(({ id }) => !this.told.has(id)), resolved };
  }

  /** Gathered for long enough, and the target neither too busy nor too far behind. */
  private isTime({ isSettled, now }: LaneLook): boolean {
    if (!isSettled) return false;
    this.pendingSince ??= now;
    return now - this.pendingSince >= this.settings.pace.gather * 1000 && this.queue.length < mostWaiting;
  }

  private tell(changes: Changes, { now, unit }: LaneLook): void {
    const available = this.allowance.available(now);
    if (available < 1) return;
    const { newId } = this.options;
    const envelope = { newId, now, isFirst: this.isFirst, ...(unit === undefined ? {} : { unit }) };
    const each = messagesOf(changes, envelope);
    const messages = each.length <= available ? each : [messageOf('summary', changes, envelope)];
    this.allowance.spend(messages.length);
    this.isFirst = false;
    this.pendingSince = undefined;
    this.remember(changes);
    this.enqueue(messages, unit, toldWrites(this.settings.target.name, changes, now));
  }

  private remember({ firing, resolved }: Changes): void {
    for (const alert of firing) this.told.set(alert.id, alert);
    for (const { id } of resolved) this.told.delete(id);
  }

  private enqueue(messages: readonly Message[], unit: string | undefined, more: readonly Write[]): void {
    const target = this.settings.target.name;
    const entries = messages.map((message) => ({ target, unit: unit ?? '', message }));
    const saved = this.options.records.save(
      ...entries.map((entry) => ({ type: 'outbox', entry }) as const),
      ...more,
    );
    for (const entry of entries) this.queue.push({ entry, saved, refusals: 0 });
  }

  /** Sends the first that waits, unless one is being sent or it is not time yet. */
  private pump(): void {
    this.cancelRetry();
    const [first] = this.queue;
    if (first === undefined || this.sending !== undefined || this.stopping.signal.aborted) return;
    const wait = this.attempts.left;
    if (wait > 0) {
      this.cancelRetry = this.options.clock.after(wait, () => {
        this.pump();
      });
      return;
    }
    this.sending = this.send(first).finally(() => {
      this.sending = undefined;
      this.pump();
    });
  }

  private async send(waiting: Waiting): Promise<void> {
    const { message } = waiting.entry;
    if (this.options.clock.now() - millis(message.at) > this.settings.pace.keep * 1000) {
      this.attempts.dropped += 1;
      this.forget(waiting);
      return;
    }
    await waiting.saved;
    const outcome = await this.deliver(message);
    if (this.stopping.signal.aborted && outcome.state !== 'delivered') return;
    this.attempts.note(outcome);
    if (outcome.state === 'delivered') this.forget(waiting);
    if (outcome.state === 'refused') this.countRefusal(waiting);
  }

  private async deliver(message: Message): Promise<SendOutcome> {
    try {
      const sender = await this.sender;
      if (sender.takes !== 'messages') return { state: 'failed', reason: 'takes no messages' };
      return await sender.send(message, this.stopping.signal);
    } catch (error) {
      return { state: 'failed', reason: error instanceof Error ? error.name : 'failed' };
    }
  }

  private countRefusal(waiting: Waiting): void {
    waiting.refusals += 1;
    if (waiting.refusals < mostRefusals) return;
    this.attempts.refused += 1;
    this.forget(waiting);
  }

  private forget(waiting: Waiting): void {
    const { message } = waiting.entry;
    this.queue = this.queue.filter((one) => one !== waiting);
    void this.options.records.save({ type: 'sent', message: message.id });
  }
}

export async function closeQuietly(sender: Promise<Sender>): Promise<void> {
  try {
    await (await sender).close();
  } catch {
    // It was of no use anyway.
  }
}

export function toldWrites(target: string, { firing, resolved }: Changes, now: number): readonly Write[] {
  const told = firing.map((alert) => ({ target, id: alert.id, at: instant(now), alert }));
  return [
    ...(told.length === 0 ? [] : [{ type: 'told', told } as const]),
    ...(resolved.length === 0
      ? []
      : [{ type: 'untold', target, ids: resolved.map(({ id }) => id) } as const]),
  ];
}
