/** Tells a target again and again how things stand, as Alertmanager wants it: what is not told any more expires there. */
import type { Alert } from '../../core/notify/alert.js';
import type { Told } from '../../core/notify/message.js';
import type { NotifierHealth, SendOutcome, Sender, StandingAlert } from '../../core/ports/notifier.js';
import { Attempts } from './attempts.js';
import type { Lane, LaneLook, LaneOptions, LaneSettings } from './lane.js';
import { closeQuietly, toldWrites } from './message-lane.js';

/** What is told stays told for so many times the interval, and for so long (ms) at least. */
const patience = 5;
const leastPatience = 300_000;
/** Between two pushes at least, ms. */
const leastApart = 1000;

export class StandingLane implements Lane {
  private readonly options: LaneOptions;
  private readonly attempts: Attempts;
  private readonly stopping = new AbortController();
  private settings: LaneSettings;
  private sender: Promise<Sender>;
  private told = new Map<string, Alert>();
  /** What is over and was not said to be yet; when it ended, ms. */
  private ending = new Map<string, StandingAlert>();
  private isChanged = false;
  private pushedAt = -Infinity;
  private pushing: Promise<void> | undefined;
  private cancel: () => void = () => undefined;

  constructor(options: LaneOptions, settings: LaneSettings) {
    this.options = options;
    this.settings = settings;
    this.attempts = new Attempts({ ...options, target: settings.target.name });
    this.sender = options.makeSender(settings.target, settings.link);
  }

  restore(told: readonly Told[]): void {
    const alerts = told.flatMap(({ alert }) => alert ?? []);
    this.told = new Map(alerts.filter(({ id }) => !this.ending.has(id)).map((alert) => [alert.id, alert]));
    this.isChanged = true;
    this.pump();
  }

  isTold(id: string): boolean {
    return this.told.has(id);
  }

  take(look: LaneLook): void {
    this.open(look);
    this.end(look);
    this.pump();
  }

  adopt(settings: LaneSettings): void {
    const before = this.settings;
    this.settings = settings;
    if (JSON.stringify([before.target, before.link]) === JSON.stringify([settings.target, settings.link]))
      return;
    const left = this.sender;
    this.sender = this.options.makeSender(settings.target, settings.link);
    void (this.pushing ?? Promise.resolve()).then(() => closeQuietly(left));
    this.attempts.forgive();
    this.isChanged = true;
  }

  health(): NotifierHealth {
    const { delivered, failed, refused, dropped, trouble, troubleSince } = this.attempts;
    const isBehind = trouble !== undefined && troubleSince !== undefined;
    return {
      target: this.settings.target.name,
      type: this.settings.target.type,
      waiting: isBehind ? 1 : 0,
      ...(isBehind ? { oldest: troubleSince, trouble, troubleSince } : {}),
      open: this.told.size,
      ...{ delivered, failed, refused, dropped },
    };
  }

  async stop(): Promise<void> {
    this.cancel();
    this.stopping.abort();
    await this.pushing;
    await closeQuietly(this.sender);
  }

  private open({ wanted, now, isSettled }: LaneLook): void {
    const news = wanted.filter(({ id }) => !this.told.has(id));
    for (const alert of wanted) {
      if (this.told.has(alert.id)) this.told.set(alert.id, { ...alert, since: this.since(alert) });
    }
    if (!isSettled || news.length === 0) return;
    for (const alert of news) {
      this.told.set(alert.id, alert);
      this.ending.delete(alert.id);
    }
    this.isChanged = true;
    const changes = { firing: news, resolved: [] };
    void this.options.records.save(...toldWrites(this.settings.target.name, changes, now));
  }

  /** What began before a restart began then. */
  private since({ id, since }: Alert): string {
    return this.told.get(id)?.since ?? since;
  }

  private end({ wanted, fates, now }: LaneLook): void {
    const here = new Set(wanted.map(({ id }) => id));
    for (const alert of this.told.values()) {
      if (here.has(alert.id) || fates.of(alert) === 'open') continue;
      this.told.delete(alert.id);
      this.ending.set(alert.id, { alert, endsAt: now });
      this.isChanged = true;
    }
  }

  private pump(): void {
    this.cancel();
    if (this.pushing !== undefined || this.stopping.signal.aborted) return;
    if (this.told.size + this.ending.size === 0) return;
    const now = this.options.clock.now();
    const apart = this.isChanged ? leastApart : this.settings.pace.refresh * 1000;
    const wait = Math.max(this.attempts.left, Math.min(apart, this.pushedAt + apart - now));
    if (wait > 0)
      this.cancel = this.options.clock.after(wait, () => {
        this.pump();
      });
    else
      this.pushing = this.push(now).finally(() => {
        this.pushing = undefined;
        this.pump();
      });
  }

  private async push(now: number): Promise<void> {
    this.pushedAt = now;
    this.isChanged = false;
    const endsAt = now + Math.max(leastPatience, this.settings.pace.refresh * patience * 1000);
    const ended = [...this.ending.values()];
    const open = [...this.told.values()].map((alert) => ({ alert, endsAt }));
    const outcome = await this.deliver([...ended, ...open]);
    if (this.stopping.signal.aborted && outcome.state !== 'delivered') return;
    this.attempts.note(outcome);
    if (outcome.state === 'delivered') this.untell(ended);
    else this.isChanged = true;
  }

  private untell(ended: readonly StandingAlert[]): void {
    const over = ended.filter((one) => this.ending.get(one.alert.id) === one);
    for (const { alert } of over) this.ending.delete(alert.id);
    if (over.length === 0) return;
    const ids = over.map(({ alert }) => alert.id);
    void this.options.records.save({ type: 'untold', target: this.settings.target.name, ids });
  }

  private async deliver(alerts: readonly StandingAlert[]): Promise<SendOutcome> {
    try {
      const sender = await this.sender;
      if (sender.takes !== 'standing') return { state: 'failed', reason: 'takes messages only' };
      return await sender.push(alerts, this.stopping.signal);
    } catch (error) {
      return { state: 'failed', reason: error instanceof Error ? error.name : 'failed' };
    }
  }
}
