import type { Clock, Log, Random } from '../../core/ports/index.js';
import { ApiError, troubleOf } from '../access/api-error.js';
import { present } from '../raw.js';
import { beginning, following, type Course, type Happening, type Pace } from './course.js';
import { endingOf } from './ending.js';
import type { Ledger } from './ledger.js';
import { listWhole, type ListPath } from './list-whole.js';
import type { KubeReader } from './reader.js';
import type { Slots } from './slots.js';
import { watchOnce } from './watch-once.js';

export interface FeedSettings extends Pace {
  /** Objects of one page of a list. */
  readonly pageSize: number;
  /** Milliseconds of silence on a watch after which the list is read anew. */
  readonly silenceMs: number;
  /**
   * Seconds after which the server is asked to end a watch: between once and twice of it, which must be fewer than the
   * silence allowed. A list in which nothing ever changes gets no bookmarks either; there, the end that was asked for is
   * the sign of life.
   */
  readonly watchSeconds: number;
  /** Milliseconds after which a list is read anew even though all is well: a server may be wrong, too. */
  readonly relistMs: number;
  /** Bytes of one event. */
  readonly eventLimit: number;
}

export interface FeedOptions {
  readonly reader: KubeReader;
  readonly list: ListPath;
  readonly ledger: Ledger<object>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: FeedSettings;
  /** Shared by all lists of a cluster. */
  readonly slots: Slots;
  /** Told where something reads differently; of all places when a list was read or the standing changed. */
  readonly onNews: (namespaces: readonly string[] | 'all') => void;
}

/** How well a feed knows its list. */
export interface FeedStanding {
  /** `pending`: never read whole; `refused`: may not be read; `missing`: the server has no such list. */
  readonly knows: 'pending' | 'all' | 'refused' | 'missing';
  /** Milliseconds since 1970: when the server last told what is, or that nothing changed. */
  readonly lastHeard?: number;
  /** Absent when all is well. */
  readonly trouble?: string;
  readonly lists: number;
  readonly reconnects: number;
  readonly silences: number;
  readonly changes: number;
}

const untouched: FeedStanding = { knows: 'pending', lists: 0, reconnects: 0, silences: 0, changes: 0 };

/** Holds one ledger up to date by a list and a watch, for as long as it runs. */
export class Feed {
  readonly #options: FeedOptions;
  #standing = untouched;
  #course: Course = beginning;
  #relist = false;
  /** Milliseconds since 1970: when the list was last read whole. */
  #listed = 0;
  /** Ends what is going on at present; `#closing` ends the feed. */
  #current = new AbortController();
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  get standing(): FeedStanding {
    return this.#standing;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Reads the list anew at once, as after a change of what is to be kept of it. */
  relist(): void {
    this.#relist = true;
    this.#current.abort(relisting);
  }

  async close(): Promise<void> {
    this.#closing.abort(closed);
    this.#current.abort(closed);
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      this.#current = new AbortController();
      if (this.#relist) this.#course = beginning;
      this.#relist = false;
      const happening = await this.#step(this.#current.signal);
      this.#course = following(this.#course, happening, this.#options.settings);
      if (happening.kind === 'ended') this.#endedInOrder();
      await this.#pause(this.#course.wait);
    }
  }

  /** All that there was to tell was told until then. */
  #endedInOrder(): void {
    const now = this.#options.clock.now();
    this.#note({ lastHeard: now });
    if (now - this.#listed > this.#options.settings.relistMs) this.#relist = true;
  }

  /** Jittered, so that what failed together does not come back together. */
  async #pause(ms: number): Promise<void> {
    if (ms === 0) return;
    const jittered = ms * (0.75 + this.#options.random.next() / 2);
    await this.#options.clock.sleep(jittered, this.#current.signal).catch(() => undefined);
  }

  async #step(signal: AbortSignal): Promise<Happening> {
    const { next } = this.#course;
    if (next.do === 'watch') return this.#watch(next.from, signal);
    try {
      return await this.#options.slots.use(() => this.#list(signal));
    } catch (error) {
      const ending = endingOf(error);
      if (ending.kind === 'refused' && this.#isBelieved()) this.#refused(error);
      else this.#failed(error);
      return ending;
    }
  }

  async #list(signal: AbortSignal): Promise<Happening> {
    signal.throwIfAborted();
    const { reader, list, ledger, settings } = this.#options;
    const { version, changed } = await listWhole(
      (path) => reader.get(path, signal),
      { ...list, pageSize: settings.pageSize },
      () => ledger.replacing(),
    );
    const { lists, changes } = this.#standing;
    this.#listed = this.#options.clock.now();
    this.#note({
      knows: 'all',
      lists: lists + 1,
      lastHeard: this.#listed,
      changes: changes + changed.length,
    });
    this.#options.onNews('all');
    return { kind: 'listed', version };
  }

  async #watch(from: string, signal: AbortSignal): Promise<Happening> {
    const { happening, error } = await watchOnce({
      ...this.#options,
      from,
      signal,
      onAccepted: () => {
        this.#accepted();
      },
      onHeard: (changed) => {
        const { changes } = this.#standing;
        this.#note({ lastHeard: this.#options.clock.now(), changes: changes + changed.length });
        if (changed.length > 0) this.#options.onNews(changed);
      },
    });
    const { reconnects, silences } = this.#standing;
    if (happening.kind === 'silent') this.#note({ silences: silences + 1 });
    this.#note({ reconnects: reconnects + 1 });
    if (error !== undefined) this.#failed(error);
    return happening;
  }

  #accepted(): void {
    if (this.#standing.trouble === undefined) return;
    const { knows, lists, reconnects, silences, changes, lastHeard } = this.#standing;
    this.#standing = { knows, lists, reconnects, silences, changes, ...present({ lastHeard }) };
    this.#options.log.info({ list: this.#options.list.path }, 'following again');
    this.#options.onNews('all');
  }

  #isBelieved(): boolean {
    const { refusalsBelieved } = this.#options.settings;
    return this.#standing.knows !== 'all' || this.#course.refusals + 1 >= refusalsBelieved;
  }

  #refused(error: unknown): void {
    this.#options.ledger.clear();
    this.#note({ knows: error instanceof ApiError && error.status === 404 ? 'missing' : 'refused' });
    this.#failed(error);
  }

  #failed(error: unknown): void {
    if (error === closed || error === relisting) return;
    const trouble = troubleOf(error);
    if (trouble !== this.#standing.trouble)
      this.#options.log.warn({ list: this.#options.list.path, trouble }, 'cannot follow');
    this.#note({ trouble });
    this.#options.onNews('all');
  }

  #note(noted: Partial<FeedStanding>): void {
    this.#standing = { ...this.#standing, ...noted };
  }
}

const relisting = new Error('to be read anew');
const closed = new Error('closed');
