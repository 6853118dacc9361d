/** One unit's share of an estate that several look after: wires leases, parts and the daemon's work together. */
import type { Clock, Log, SharedStore } from '../../core/ports/index.js';
import type { PartState, SharingPorts, SharingView } from '../../core/ports/sharing.js';
import { partName } from '../../core/sharing/parts.js';
import { instant } from '../../core/time.js';
import type { Result } from '../runner.js';
import { Holdings, type PartHooks } from './holdings.js';
import { Membership } from './membership.js';
import { Places } from './places.js';
import { Sharer } from './sharer.js';
import { PartLost, type Shares } from './shares.js';
import { timing, type Timing } from './timing.js';
import { Waits } from './waits.js';

export interface SharingOptions {
  /** Its name, in lower-case letters, digits and hyphens: no two may be called the same. */
  readonly unit: string;
  /** Into how many parts the estate is cut; the same on all units. */
  readonly parts: number;
  readonly store: SharedStore;
  readonly ports: SharingPorts;
  /** Milliseconds that a call with these arguments may take beyond the deadline of calls; none where absent. */
  readonly longerFor?: (argv: readonly string[]) => number;
  readonly timing?: Timing;
}

export interface ShareOptions extends SharingOptions {
  readonly clock: Clock;
  readonly log: Log;
}

/** What the daemon does when parts come and go. */
export interface ShareHooks extends Omit<PartHooks, 'forget'> {
  /** Nothing is kept in memory of the place. */
  forget(key: string): void;
}

export class Share {
  readonly places: Places;
  readonly waits: Waits;
  readonly shares: Shares;
  private readonly options: ShareOptions;
  private readonly membership: Membership;
  private readonly holdings: Holdings;
  private readonly sharer: Sharer;

  constructor(options: ShareOptions, hooks: ShareHooks) {
    this.options = options;
    this.places = new Places(options.parts);
    this.waits = new Waits(options.ports.monotonic);
    const forget = (part: number): void => {
      for (const key of this.places.keysIn(part)) {
        this.waits.forget(key);
        hooks.forget(key);
      }
    };
    this.holdings = new Holdings({ ...options, hooks: { ...hooks, forget } });
    const parts = { ...options, timing: options.timing ?? timing };
    this.membership = new Membership({
      ...parts,
      onLost: (why) => {
        for (const part of this.holdings.all()) this.holdings.lose(part, why);
      },
    });
    this.sharer = new Sharer({ ...parts, membership: this.membership, holdings: this.holdings });
    this.shares = this.makeShares();
  }

  start(): void {
    this.sharer.start();
  }

  /** Gives every part up as soon as the step in hand is done there. */
  stop(): Promise<void> {
    return this.sharer.stop();
  }

  /** Works on a place only while it is this unit's, and drops quietly what turns out to be another's. */
  guard(reconcile: (key: string) => Promise<Result>): (key: string) => Promise<Result> {
    return async (key) => {
      const part = this.places.partOf(key);
      const leave = part === undefined ? undefined : this.holdings.enter(part);
      if (leave === undefined) return {};
      try {
        const wait = await this.waits.settle(key);
        return wait > 0 ? { requeueAfter: wait } : await reconcile(key);
      } catch (error) {
        if (error instanceof PartLost) return {};
        throw error;
      } finally {
        leave();
      }
    };
  }

  private makeShares(): Shares {
    const { places, holdings, membership, options } = this;
    const stateOf = (key: string): ReturnType<Holdings['state']> => {
      const part = places.partOf(key);
      return part === undefined ? undefined : holdings.state(part);
    };
    return {
      unit: options.unit,
      holds: (key) => stateOf(key) === 'held' || stateOf(key) === 'closing',
      mayBegin: (key) => stateOf(key) === 'held' && membership.isFresh(),
      writeAt: async (key, ...writes) => {
        const part = places.partOf(key);
        if (part === undefined) throw new PartLost(`nobody knows whose ${key} is`);
        await holdings.write(part, writes);
      },
      marks: (since) => options.store.marks(instant(since)),
      attendFor: (controller) => (model) => {
        if (holdings.state(places.learn(controller, model)) !== undefined) return 'own';
        return holdings.state(places.ofController(controller)) === undefined ? 'none' : 'slow';
      },
      view: () => this.view(),
    };
  }

  private view(): SharingView {
    const { unit, parts } = this.options;
    const states: Record<PartState, number> = { held: 0, opening: 0, closing: 0, other: 0, free: 0 };
    for (let part = 0; part < parts; part += 1) states[this.stateOf(part)] += 1;
    const held = this.holdings.all().filter((part) => this.holdings.state(part) !== 'opening');
    const living = this.sharer.seen?.living() ?? [];
    const trouble = this.trouble();
    return {
      ...{
        unit,
        parts,
        states,
        held: held.map(partName),
        members: living.map((member) => member.unit).sort(),
      },
      ...(trouble === undefined ? {} : { trouble }),
    };
  }

  private stateOf(part: number): PartState {
    const own = this.holdings.state(part);
    if (own !== undefined) return own;
    const call = this.sharer.seen;
    const holder = call?.holdings[part]?.holder ?? '';
    return holder !== this.membership.holder && call?.lives(holder) === true ? 'other' : 'free';
  }

  private trouble(): string | undefined {
    const { membership, sharer, options } = this;
    if (!membership.isFresh())
      return `${options.unit} begins nothing: ${membership.trouble ?? 'its lease was not renewed in time'}`;
    return sharer.trouble;
  }
}
