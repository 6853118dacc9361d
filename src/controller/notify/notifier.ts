/** Tells people: looks at how things stand, and has every target told what is new to it. */
import { alertsOf } from '../../core/notify/alerts.js';
import type { About } from '../../core/notify/alert.js';
import { Fates, Standing } from '../../core/notify/fate.js';
import type { OutboxMessage, Told } from '../../core/notify/message.js';
import { router } from '../../core/notify/route.js';
import type { Scene } from '../../core/notify/scene.js';
import type { NotifyPolicy } from '../../core/policy/notify.js';
import type { DaemonView, Journal } from '../../core/ports/index.js';
import type { NotifierHealth } from '../../core/ports/notifier.js';
import { Digests } from './digests.js';
import type { LaneOptions } from './lane.js';
import { Lanes } from './lanes.js';
import { Records } from './records.js';

export interface NotifierOptions extends Omit<LaneOptions, 'records'> {
  readonly policy: NotifyPolicy;
  readonly view: DaemonView;
  readonly journal: Pick<Journal, 'write' | 'outbox' | 'told'>;
  /** Seconds after which what was read is no longer believed. */
  readonly maxAge: () => number;
}

/** Between two looks, ms: while nothing happens, and once something did. */
const idle = 15_000;
const soon = 1000;
/** A look at a large estate takes its time: no more than a small part of all goes into looking. */
const rest = 30;
/** No look takes so long that more rest (ms) is needed: then it was the clock that was set. */
const mostRest = 300_000;
/** So long (ms) after the start nothing new is told unless all was read before. */
const patience = 300_000;

export class Notifier {
  private readonly options: NotifierOptions;
  private readonly records: Records;
  private readonly lanes: Lanes;
  private readonly digests: Digests;
  private readonly fates = new Fates();
  private readonly standing = new Standing();
  private readonly startedAt: number;
  private settled = false;
  private policy: NotifyPolicy;
  private shared: string | undefined;
  private isOver = false;
  private looking: Promise<void> = Promise.resolve();
  private cancel: () => void = () => undefined;
  private dueAt = Infinity;
  private restUntil = 0;

  constructor(options: NotifierOptions) {
    this.options = options;
    this.policy = options.policy;
    this.startedAt = options.clock.now();
    this.records = new Records(options, () => {
      this.giveUp();
    });
    this.lanes = new Lanes({ ...options, records: this.records });
    this.digests = new Digests(options);
    this.lanes.adopt(options.policy);
  }

  start(): void {
    this.lookIn(0);
  }

  /** Something happened: looks soon. */
  nudge(): void {
    if (this.dueAt > this.options.clock.now() + soon) this.lookIn(soon);
  }

  adopt(policy: NotifyPolicy): void {
    this.policy = policy;
    const left = this.lanes.adopt(policy);
    for (const target of left) this.forget(target);
    this.nudge();
  }

  health(): readonly NotifierHealth[] {
    return this.lanes.all().map((lane) => lane.health());
  }

  /** What is not delivered stays in the journal. */
  async stop(): Promise<void> {
    this.isOver = true;
    this.cancel();
    await this.looking;
    await this.lanes.stop();
    await this.records.settled();
  }

  /** `ms` from now. */
  private lookIn(ms: number): void {
    this.cancel();
    if (this.isOver) return;
    const { clock } = this.options;
    const wait = Math.max(ms, Math.min(mostRest, this.restUntil - clock.now()));
    this.dueAt = clock.now() + wait;
    this.cancel = clock.after(wait, () => {
      this.dueAt = Infinity;
      this.looking = this.lookOnce();
    });
  }

  private async lookOnce(): Promise<void> {
    const { clock } = this.options;
    const began = clock.now();
    try {
      // Where nobody is to be told, no report is made for it, and none is kept.
      if ((await this.isRestored()) && !this.isOver && this.lanes.all().length > 0) this.look();
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error);
      this.options.log.error({ trouble }, 'nobody could be told');
    }
    const now = clock.now();
    this.restUntil = now + (now - began) * rest;
    this.lookIn(Math.min(idle, this.policy.pace.gather * 1000));
  }

  private look(): void {
    const scene = this.scene();
    const { now, unit } = scene;
    const all = alertsOf(scene);
    this.fates.look(scene, all);
    const alerts = this.standing.through(all, {
      now,
      delay: (about) => delayOf(about, this.policy),
      isTold: (id) => this.lanes.all().some((lane) => lane.isTold(id)),
    });
    const isSettled = this.isSettled(now);
    this.lanes.take(alerts, router(this.policy), { fates: this.fates, isSettled, now, unit });
    if (isSettled) this.digests.send(this.policy.digests, scene, this.lanes);
  }

  private scene(): Scene {
    const { view, clock, maxAge } = this.options;
    const unit = view.sharing?.().unit;
    return {
      report: view.report(),
      health: view.health(),
      held: view.held(),
      remediations: view.remediations(),
      quarantines: view.quarantines(),
      journal: view.journal(),
      deliveries: this.health(),
      ...(unit === undefined ? {} : { unit }),
      maxAge: maxAge(),
      unknownAfter: this.policy.pace.unknownAfter,
      now: clock.now(),
    };
  }

  /** What comes up while the estate is read for the first time is told together, once all of it was read. */
  private isSettled(now: number): boolean {
    this.settled ||= now - this.startedAt > patience || this.options.view.readiness().ready;
    return this.settled;
  }

  /** A journal that cannot be read keeps nobody from being told for ever: then some of it may be told twice. */
  private async isRestored(): Promise<boolean> {
    try {
      await this.restore();
      return true;
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error);
      this.options.log.warn({ trouble }, 'what was told before could not be read');
      return this.shared !== undefined || this.options.clock.now() - this.startedAt > patience;
    }
  }

  /** At the start, and when other parts of the estate are this unit's: takes from the journal what was told of them. */
  private async restore(): Promise<void> {
    const sharing = this.options.view.sharing?.();
    const shared = sharing === undefined ? '' : JSON.stringify([sharing.held, sharing.members]);
    if (this.shared === shared) return;
    await this.records.settled();
    const { journal } = this.options;
    const [told, outbox] = await Promise.all([journal.told(), journal.outbox()]);
    const mine = told.filter((one) => this.isOurs(one));
    const left = this.lanes.restore(mine, this.adopted(outbox));
    for (const target of left) this.forget(target, mine, outbox);
    this.digests.restore(told);
    this.shared = shared;
  }

  /** Of a unit that is no more, the first of the others goes on. */
  private isLeftTo(unit: string): boolean {
    const sharing = this.options.view.sharing?.();
    if (sharing === undefined || unit === sharing.unit) return true;
    return !sharing.members.includes(unit) && [...sharing.members].sort()[0] === sharing.unit;
  }

  private isOurs({ alert }: Told): boolean {
    if (alert === undefined) return false;
    if (alert.unit !== undefined) return this.isLeftTo(alert.unit);
    const { controller, model } = alert.target;
    const { holds } = this.options.view;
    return controller === undefined || holds === undefined || holds(controller, model);
  }

  private adopted(outbox: readonly OutboxMessage[]): readonly OutboxMessage[] {
    const unit = this.options.view.sharing?.().unit ?? '';
    const ours = outbox.filter((entry) => this.isLeftTo(entry.unit)).map((entry) => ({ ...entry, unit }));
    const taken = ours.filter(({ message: { id } }) =>
      outbox.some((entry) => entry.message.id === id && entry.unit !== unit),
    );
    if (taken.length > 0)
      void this.records.save(...taken.map((entry) => ({ type: 'outbox', entry }) as const));
    return ours;
  }

  /** The policy names it no longer: were it named again, it would be told from the beginning. */
  private forget(target: string, told?: readonly Told[], outbox?: readonly OutboxMessage[]): void {
    const { journal } = this.options;
    const rows = async (): Promise<void> => {
      const ids = (told ?? (await journal.told())).filter((one) => one.target === target && this.isOurs(one));
      const unsent = (outbox ?? (await journal.outbox())).filter((one) => one.target === target);
      await this.records.save(
        { type: 'untold', target, ids: ids.map(({ id }) => id) },
        ...unsent.map(({ message }) => ({ type: 'sent', message: message.id }) as const),
      );
    };
    rows().catch((error: unknown) => {
      this.options.log.warn(
        { target, trouble: error instanceof Error ? error.message : String(error) },
        'what a target was told could not be forgotten',
      );
    });
  }

  /** Another Holdfast has the journal by now: it tells. */
  private giveUp(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.cancel();
    this.options.log.error({}, 'nobody is told from here: another Holdfast has taken the journal');
    void this.lanes.stop();
  }
}

const patient: ReadonlySet<About> = new Set(['blind', 'delivery']);

/** Seconds. */
function delayOf(about: About, { pace }: NotifyPolicy): number {
  if (about === 'unknown') return pace.unknownAfter;
  return patient.has(about) ? pace.blindAfter : 0;
}
