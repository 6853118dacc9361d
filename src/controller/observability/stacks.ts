/** Keeps the set of followed stacks as the policy names them, each asked about the models that it watches. */
import { dictOf, type Dict } from '../../core/dict.js';
import type { StackState } from '../../core/observability/stack.js';
import { watchedModels, type WatchedModel } from '../../core/observability/watched-models.js';
import type { WatchedStack } from '../../core/policy/observability.js';
import type { Policy } from '../../core/policy/policy.js';
import type { Clock, Log, Random } from '../../core/ports/index.js';
import type { ControllerState } from '../../core/snapshot.js';
import { Absences } from '../absences.js';
import { keyOf } from '../keys.js';
import type { WorkQueue } from '../queue.js';
import { FollowedStack, type OpenStack, type StackStanding } from './followed-stack.js';

export interface StacksOptions {
  /** Absent: this composition asks no stack. */
  readonly openStack?: OpenStack;
  readonly queue: WorkQueue;
  /** Whether this unit looks after the model with this key: others are left to theirs. */
  readonly holds?: (key: string) => boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

interface Entry {
  readonly followed: FollowedStack;
  readonly fingerprint: string;
  readonly absences: Absences;
}

export class Stacks {
  private readonly options: StacksOptions;
  private readonly entries = new Map<string, Entry>();
  /** Milliseconds for which a model is asked about after its last sight. */
  private grace = 0;
  private last: { readonly states: readonly StackState[]; readonly dict: Dict<StackState> } | undefined;

  constructor(options: StacksOptions) {
    this.options = options;
  }

  /** Begins with stacks that are new in the policy, leaves those that are gone or reached differently. */
  async adopt({ observability = [], pace }: Policy): Promise<void> {
    const { openStack: open } = this.options;
    const wanted = new Map(observability.map((stack) => [stack.name, JSON.stringify(stack)]));
    const gone = [...this.entries].filter(([name, { fingerprint }]) => wanted.get(name) !== fingerprint);
    this.grace = pace.maxAge * 1000;
    for (const [name] of gone) this.entries.delete(name);
    if (open !== undefined)
      for (const stack of observability) if (!this.entries.has(stack.name)) this.begin(stack, open);
    await Promise.all(gone.map(([, { followed }]) => followed.close()));
  }

  async leaveAll(): Promise<void> {
    const all = [...this.entries.values()];
    this.entries.clear();
    await Promise.all(all.map(({ followed }) => followed.close()));
  }

  /**
   * What the stacks hold of the models of these controllers, which are asked about from now on; undefined where none
   * may be asked. The same object as before when nothing has changed. `now` in ms.
   */
  beside(controllers: readonly ControllerState[], now: number): Dict<StackState> | undefined {
    if (this.entries.size === 0) return undefined;
    for (const entry of this.entries.values()) this.place(entry, controllers, now);
    const states = [...this.entries.values()].map(({ followed }) => followed.current());
    if (this.last === undefined || !sameItems(this.last.states, states))
      this.last = { states, dict: dictOf(states.map((state) => [state.name, state])) };
    return this.last.dict;
  }

  standings(): readonly StackStanding[] {
    return [...this.entries.values()].map(({ followed }) => followed.standing());
  }

  private begin(stack: WatchedStack, open: OpenStack): void {
    const { clock, random, log, queue } = this.options;
    const onNews = (models: readonly WatchedModel[]): void => {
      for (const model of models) queue.add(keyOf(model));
    };
    const followed = new FollowedStack({ stack, open, clock, random, log, onNews });
    this.entries.set(stack.name, {
      followed,
      fingerprint: JSON.stringify(stack),
      absences: new Absences(),
    });
    followed.begin();
  }

  /** A model that is out of sight is asked about for a while: it may be back at the next look. */
  private place({ followed, absences }: Entry, controllers: readonly ControllerState[], now: number): void {
    const { holds } = this.options;
    const wanted = watchedModels(controllers, followed.stack.match).filter(
      (model) => holds?.(keyOf(model)) ?? true,
    );
    const next = new Map(wanted.map((model) => [model.key, model]));
    for (const key of next.keys()) absences.clear(key);
    for (const [key, model] of followed.followed())
      if (!next.has(key) && absences.note(key, now) < this.grace) next.set(key, model);
    for (const key of absences.keys()) if (!next.has(key)) absences.clear(key);
    followed.follow(next);
  }
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
