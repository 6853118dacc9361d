import type { Report } from '../../core/report/types.js';
import { ReportKeeper, type KeeperOptions } from './keeper.js';
import type { Passed } from './pass.js';

/** When the keeper passes: soon after an offer, not too often, and later after failures. */
export class Rounds {
  readonly keeper: ReportKeeper;
  troubles: readonly string[] = [];
  readonly #options: KeeperOptions;
  #read: (() => Report) | undefined;
  #offered = false;
  #failures = 0;
  /** Milliseconds since 1970 before which no pass begins. */
  #earliest: number;
  #cancel: () => void = () => undefined;
  #running: Promise<void> | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.keeper = new ReportKeeper(options);
    const { clock, random, settings } = options;
    // What starts together does not write together.
    this.#earliest = clock.now() + (settings.everyMs * random.next()) / 10;
  }

  offer(read: () => Report): void {
    this.#read = read;
    if (this.#offered) return;
    this.#offered = true;
    this.#arm();
  }

  async close(): Promise<void> {
    this.#cancel();
    await this.#running;
  }

  #arm(): void {
    const { clock, signal } = this.#options;
    if (this.#running !== undefined || signal.aborted) return;
    this.#cancel();
    const waits = !this.#offered && this.#failures === 0;
    const at = waits ? Math.max(this.#earliest, this.keeper.nextLook) : this.#earliest;
    this.#cancel = clock.after(Math.max(0, at - clock.now()), () => {
      this.#running = this.#pass().finally(() => {
        this.#running = undefined;
        this.#arm();
      });
    });
  }

  async #pass(): Promise<void> {
    const { clock, signal } = this.#options;
    if (this.#read === undefined) return;
    this.#offered = false;
    const passed = await this.keeper.pass(this.#read);
    if (signal.aborted) return;
    this.#failures = passed.retry ? this.#failures + 1 : 0;
    this.#offered ||= passed.unfinished;
    this.#earliest = clock.now() + this.#wait(passed);
    this.#say(passed.troubles);
  }

  /** Milliseconds; jittered upwards only. */
  #wait({ retryAfter }: Passed): number {
    const { settings, random } = this.#options;
    const { everyMs, firstRetryMs, longestRetryMs } = settings;
    const retry = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(this.#failures - 1, 20));
    const wait = this.#failures === 0 ? everyMs : Math.max(retry, retryAfter);
    return wait * (1 + random.next() / 4);
  }

  /** Said when it begins, when it changes and when it is over. */
  #say(troubles: readonly string[]): void {
    const { log } = this.#options;
    if (JSON.stringify(troubles) === JSON.stringify(this.troubles)) return;
    if (troubles.length > 0) log.warn({ troubles }, 'reports are not all kept in the cluster');
    else log.info({}, 'reports are kept in the cluster again');
    this.troubles = troubles;
  }
}
