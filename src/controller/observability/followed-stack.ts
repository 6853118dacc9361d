/** One observability stack as long as the policy names it: asked again and again, at its own pace. */
import { dictOf } from '../../core/dict.js';
import { unknown } from '../../core/fact.js';
import { blindStack, blindTelemetry } from '../../core/observability/blind.js';
import type { ModelTelemetry, StackState } from '../../core/observability/stack.js';
import type { WatchedModel } from '../../core/observability/watched-models.js';
import type { WatchedStack } from '../../core/policy/observability.js';
import type { Clock, Log, Observability, Random, StackHealth } from '../../core/ports/index.js';
import { share } from '../../core/share.js';
import { instant } from '../../core/time.js';
import { backoff } from '../backoff.js';
import { Believed } from './believed.js';

/** The way to a stack. */
export type OpenStack = (stack: WatchedStack) => Observability;

export interface FollowedStackOptions {
  readonly stack: WatchedStack;
  readonly open: OpenStack;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** It shows something else of these models. */
  readonly onNews: (models: readonly WatchedModel[]) => void;
}

/** How a stack stands with us. */
export interface StackStanding {
  readonly health: StackHealth;
  /** Seconds; older than this its word is not believed. */
  readonly maxAge: number;
}

/** Milliseconds in which models that come one after the other are gathered before a reading that they ask for. */
const gather = 1000;

export class FollowedStack {
  readonly stack: WatchedStack;
  private readonly options: FollowedStackOptions;
  private readonly source: Observability;
  private readonly believed: Believed;
  private readonly closing = new AbortController();
  private models: ReadonlyMap<string, WatchedModel> = new Map();
  private state: StackState | undefined;
  private shown:
    { readonly base: StackState | undefined; readonly key: string; readonly state: StackState } | undefined;
  private lastAnswer: number | undefined;
  private failures = 0;
  private told: string | undefined;
  private asked: ReadonlyMap<string, WatchedModel> = new Map();
  private wake: (after: number) => void = () => undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(options: FollowedStackOptions) {
    this.options = options;
    this.stack = options.stack;
    this.source = options.open(options.stack);
    this.believed = new Believed(options.stack.maxAge);
  }

  begin(): void {
    this.working = this.work();
  }

  /** Asks about these models from now on, and about no others. */
  follow(models: ReadonlyMap<string, WatchedModel>): void {
    const before = keyText(this.models);
    this.models = models;
    if (before !== keyText(models)) this.wake(gather);
  }

  followed(): ReadonlyMap<string, WatchedModel> {
    return this.models;
  }

  /** The same object as before when nothing has changed. Models that were not asked about yet are unknown. */
  current(): StackState {
    const key = keyText(this.models);
    const base = this.state;
    if (this.shown?.key !== key || this.shown.base !== base)
      this.shown = { base, key, state: share(this.shown?.state, this.composed()) };
    return this.shown.state;
  }

  standing(): StackStanding {
    const { name, maxAge } = this.stack;
    const age =
      this.lastAnswer === undefined ? undefined : (this.options.clock.now() - this.lastAnswer) / 1000;
    const ageSeconds = age === undefined ? {} : { ageSeconds: age };
    return { health: { stack: name, ...ageSeconds, parts: this.source.health() }, maxAge };
  }

  async close(): Promise<void> {
    this.closing.abort(new Error('the stack is left'));
    this.wake(0);
    await this.working;
    await this.source.close();
  }

  private async work(): Promise<void> {
    while (!this.isClosed()) {
      await this.attempt();
      await this.pause();
    }
  }

  private isClosed(): boolean {
    return this.closing.signal.aborted;
  }

  private async attempt(): Promise<void> {
    try {
      await this.readOnce();
    } catch (error) {
      if (this.isClosed()) return;
      this.options.log.error({ stack: this.stack.name, error: String(error) }, 'a stack was not read');
      this.failures += 1;
    }
  }

  private async readOnce(): Promise<void> {
    const { models } = this;
    this.asked = models;
    const fresh = await this.source.read([...models.values()], this.closing.signal);
    const parts = this.source.health();
    const now = this.options.clock.now();
    if (parts.some(({ reachable }) => reachable)) this.lastAnswer = now;
    this.failures = parts.every(({ reachable }) => reachable) ? 0 : this.failures + 1;
    this.tellTrouble(parts.flatMap(({ trouble }) => trouble ?? []).join('; '));
    this.take(this.believed.over(this.state, fresh, now));
  }

  private take(fresh: StackState): void {
    const before = this.state;
    const after = share(before, fresh);
    this.state = after;
    const news = [...this.asked.values()].filter(({ key }) => isNews(before, after, key));
    if (news.length > 0) this.options.onNews(news);
  }

  /** Until the next reading is due, or other models are to be asked about. */
  private async pause(): Promise<void> {
    if (this.isClosed()) return;
    const { clock } = this.options;
    const ms = keyText(this.asked) === keyText(this.models) ? this.untilNext() : gather;
    await new Promise<void>((resolve) => {
      const cancel = clock.after(ms, resolve);
      this.wake = (after): void => {
        cancel();
        if (after === 0) resolve();
        else clock.after(after, resolve);
      };
    });
    this.wake = () => undefined;
  }

  /** In ms: the policy's pace, or longer and longer while something is not answered. */
  private untilNext(): number {
    const { random } = this.options;
    const interval = this.stack.interval * 1000;
    if (this.failures === 0) return interval * (0.9 + 0.2 * random.next());
    return backoff(this.failures, { first: Math.min(interval, 15_000), limit: 300_000 }, random);
  }

  private tellTrouble(trouble: string): void {
    if (trouble === (this.told ?? '')) return;
    this.told = trouble;
    const fields = { stack: this.stack.name, trouble };
    if (trouble === '') this.options.log.info(fields, 'an observability stack answers again');
    else this.options.log.warn(fields, 'an observability stack does not answer everything');
  }

  private composed(): StackState {
    const at = instant(this.options.clock.now());
    const keys = [...this.models.keys()].sort();
    const { state } = this;
    if (state === undefined) return blindStack(this.stack, keys, { reason: notYet, at });
    const gap = unknown({ source: { road: 'observability', call: `stack ${this.stack.name}` }, at }, notYet);
    const models = keys.map((key): [string, ModelTelemetry] => [
      key,
      state.models[key] ?? blindTelemetry(key, gap),
    ]);
    return { ...state, models: dictOf(models) };
  }
}

const notYet = 'the stack has not been read yet';

function isNews(before: StackState | undefined, after: StackState, key: string): boolean {
  if (before === undefined || before.models[key] !== after.models[key]) return true;
  return (Object.keys(after) as (keyof StackState)[]).some(
    (name) => name !== 'models' && before[name] !== after[name],
  );
}

function keyText(models: ReadonlyMap<string, WatchedModel>): string {
  return [...models.values()]
    .map(({ key, uuid }) => `${key} ${uuid ?? ''}`)
    .sort()
    .join('\n');
}
