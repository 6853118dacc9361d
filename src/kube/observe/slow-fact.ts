import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { KubeStage } from '../../core/ports/kube.js';
import { instant } from '../../core/time.js';
import { share } from '../../core/share.js';
import { ApiError, troubleOf } from '../access/api-error.js';
import type { Shared } from './shared.js';

export interface SlowFactOptions<T> {
  /** As in `GET /version`. */
  readonly call: string;
  /** The permission that is missing when it is refused. */
  readonly permission: string;
  readonly read: () => Promise<T>;
  readonly onNews: () => void;
}

/** A fact that has no watch: read anew now and then. It outlives failures until it is too old to be believed. */
export class SlowFact<T> {
  readonly #shared: Shared;
  readonly #options: SlowFactOptions<T>;
  #fact: Fact<T>;
  #readAt: number | undefined;
  #stage: KubeStage = 'reading';
  #cancel: () => void = () => undefined;
  #closed = false;

  constructor(shared: Shared, options: SlowFactOptions<T>) {
    this.#shared = shared;
    this.#options = options;
    this.#fact = unknown(this.#reading(), 'not read yet');
  }

  get fact(): Fact<T> {
    return this.#fact;
  }

  get stage(): KubeStage {
    return this.#stage;
  }

  start(): void {
    void this.#look();
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  async #look(): Promise<void> {
    const { slowMs, slowRetryMs } = this.#shared.settings;
    const worked = await this.#options.read().then(
      (value) => this.#got(value),
      (error: unknown) => this.#failed(error),
    );
    if (this.#closed) return;
    const wait = (worked ? slowMs : slowRetryMs) * (0.75 + this.#shared.random.next() / 2);
    this.#cancel = this.#shared.clock.after(wait, () => void this.#look());
  }

  #got(value: T): boolean {
    this.#readAt = this.#shared.clock.now();
    this.#stage = 'read';
    this.#set(known(this.#reading(), value));
    return true;
  }

  #failed(error: unknown): boolean {
    const { clock, settings } = this.#shared;
    const refused = error instanceof ApiError && error.status === 403;
    if (this.#readAt === undefined) this.#stage = refused ? 'read' : 'troubled';
    const tooOld =
      this.#readAt === undefined || Math.abs(clock.now() - this.#readAt) > settings.slowMs + settings.staleMs;
    if (refused) this.#set(unknown(this.#reading(), troubleOf(error), this.#options.permission));
    else if (tooOld) this.#set(unknown(this.#reading(), troubleOf(error)));
    return false;
  }

  #set(fact: Fact<T>): void {
    const next = share(this.#fact, fact);
    if (next === this.#fact || this.#closed) return;
    this.#fact = next;
    this.#options.onNews();
  }

  #reading(): Reading {
    return {
      source: { road: 'kubernetes', call: this.#options.call },
      at: instant(this.#shared.clock.now()),
    };
  }
}
