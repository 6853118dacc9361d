/** Keeps the set of followed stacks as the policy names them, each asked about the models that it watches. */
import type { Dict } from '../../core/dict.js';
import type { StackState } from '../../core/observability/stack.js';
import { watchedModels, type WatchedModel } from '../../core/observability/watched-models.js';
import type { WatchedStack } from '../../core/policy/observability.js';
import type { Policy } from '../../core/policy/policy.js';
import type { Clock, Log, Random } from '../../core/ports/index.js';
import type { ControllerState } from '../../core/snapshot.js';
import { keyOf } from '../keys.js';
import type { WorkQueue } from '../queue.js';
import { Roster } from '../roster.js';
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

export class Stacks {
  private readonly options: StacksOptions;
  private readonly roster: Roster<StackState, WatchedModel, FollowedStack>;
  /** Milliseconds for which a model is asked about after its last sight. */
  private grace = 0;

  constructor(options: StacksOptions) {
    this.options = options;
    this.roster = new Roster((stack, trouble) => {
      options.log.warn({ stack, trouble }, 'an observability stack was not left in order');
    });
  }

  /** Begins with stacks that are new in the policy, leaves those that are gone or reached differently. */
  async adopt({ observability = [], pace }: Policy): Promise<void> {
    const { openStack } = this.options;
    this.grace = pace.maxAge * 1000;
    await this.roster.adopt(observability, openStack && ((stack) => this.open(stack, openStack)));
  }

  leaveAll(): Promise<void> {
    return this.roster.leaveAll();
  }

  /**
   * What the stacks hold of the models of these controllers, which are asked about from now on; undefined where none
   * may be asked. The same object as before when nothing has changed. `now` in ms.
   */
  beside(controllers: readonly ControllerState[], now: number): Dict<StackState> | undefined {
    this.roster.place(({ stack }) => this.watched(controllers, stack), { now, grace: this.grace });
    return this.roster.current();
  }

  standings(): readonly StackStanding[] {
    return this.roster.all().map((followed) => followed.standing());
  }

  private open(stack: WatchedStack, open: OpenStack): FollowedStack {
    const { clock, random, log, queue } = this.options;
    const onNews = (models: readonly WatchedModel[]): void => {
      for (const model of models) queue.add(keyOf(model));
    };
    return new FollowedStack({ stack, open, clock, random, log, onNews });
  }

  private watched(
    controllers: readonly ControllerState[],
    { match }: WatchedStack,
  ): ReadonlyMap<string, WatchedModel> {
    const { holds } = this.options;
    const models = watchedModels(controllers, match).filter((model) => holds?.(keyOf(model)) ?? true);
    return new Map(models.map((model) => [model.key, model]));
  }
}
