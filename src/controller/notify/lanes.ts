/** The targets of a policy, each on its own. */
import type { Alert } from '../../core/notify/alert.js';
import type { OutboxMessage, Told } from '../../core/notify/message.js';
import type { Router } from '../../core/notify/route.js';
import type { NotifyPolicy, NotifyTarget } from '../../core/policy/notify.js';
import type { Lane, LaneLook, LaneOptions, LaneSettings } from './lane.js';
import { MessageLane } from './message-lane.js';
import { StandingLane } from './standing-lane.js';

export class Lanes {
  private readonly options: LaneOptions;
  private readonly byName = new Map<string, { readonly lane: Lane; readonly type: NotifyTarget['type'] }>();

  constructor(options: LaneOptions) {
    this.options = options;
  }

  /** Gives the names of targets that are no more. */
  adopt({ targets, pace, link }: NotifyPolicy): readonly string[] {
    const wanted = new Map(targets.map((target) => [target.name, target]));
    const left = [...this.byName].filter(([name, { type }]) => !isSame(wanted.get(name)?.type, type));
    for (const [name, { lane }] of left) {
      this.byName.delete(name);
      void lane.stop();
    }
    for (const target of targets) this.put({ target, pace, link });
    return left.map(([name]) => name);
  }

  all(): readonly Lane[] {
    return [...this.byName.values()].map(({ lane }) => lane);
  }

  /** Targets that take messages. */
  mailboxes(names: readonly string[]): readonly MessageLane[] {
    return names.flatMap((name) => {
      const lane = this.byName.get(name)?.lane;
      return lane instanceof MessageLane ? [lane] : [];
    });
  }

  take(alerts: readonly Alert[], route: Router, look: Omit<LaneLook, 'wanted'>): void {
    const routed = alerts.map((alert) => ({ alert, to: route(alert) }));
    for (const [name, { lane }] of this.byName) {
      const wanted = routed.flatMap(({ alert, to }) => (to.has(name) ? [alert] : []));
      lane.take({ ...look, wanted });
    }
  }

  /** Gives the names of targets that the journal knows, and the policy does not. */
  restore(told: readonly Told[], outbox: readonly OutboxMessage[]): readonly string[] {
    for (const [name, { lane }] of this.byName)
      lane.restore(
        told.filter(({ target }) => target === name),
        outbox.filter(({ target }) => target === name),
      );
    const names = new Set([...told, ...outbox].map(({ target }) => target));
    return [...names].filter((name) => !this.byName.has(name));
  }

  async stop(): Promise<void> {
    await Promise.all(this.all().map((lane) => lane.stop()));
  }

  private put(settings: LaneSettings): void {
    const { name, type } = settings.target;
    const known = this.byName.get(name);
    if (known !== undefined) {
      known.lane.adopt(settings);
      return;
    }
    const Kind = type === 'alertmanager' ? StandingLane : MessageLane;
    this.byName.set(name, { lane: new Kind(this.options, settings), type });
  }
}

/** What takes messages takes them by another way, too. */
function isSame(a: NotifyTarget['type'] | undefined, b: NotifyTarget['type']): boolean {
  return a !== undefined && (a === 'alertmanager') === (b === 'alertmanager');
}
