/** Tells what happens as Kubernetes Events: few, each once, repetitions counted on the one that is there. */
import type { Happening } from '../../core/ports/report-sink.js';
import { troubleOf } from '../access/api-error.js';
import { Allowance } from './allowance.js';
import {
  eventName,
  eventObject,
  regardingOf,
  seriesKey,
  seriesPatch,
  type Regarding,
} from './event-object.js';
import type { SinkParts } from './shared.js';
import { isForbidden, isLasting, isMissing } from './troubles.js';

/** One Event in the cluster and how often the same happened. */
interface Series {
  readonly happening: Happening;
  readonly regarding: Regarding;
  name: string;
  /** As it was made, until then undefined. */
  made: boolean;
  count: number;
  /** As the cluster has it. */
  toldCount: number;
  /** Milliseconds since 1970. */
  toldAt: number;
  seenAt: number;
}

/** Series remembered, and those of them that wait to be told. */
const mostSeries = 1000;
const attempts = 3;

export class EventTeller {
  readonly #parts: SinkParts;
  readonly #reporter: string;
  readonly #series = new Map<string, Series>();
  readonly #waiting = new Set<Series>();
  readonly #allowance: Allowance;
  #working: Promise<void> | undefined;
  #cancelCount: (() => void) | undefined;
  /** Milliseconds since 1970 until which nothing is tried, for want of the right. */
  #refusedUntil = 0;
  #told = 0;
  #failed = 0;
  #dropped = 0;
  #trouble: string | undefined;

  constructor(parts: SinkParts, reporter: string) {
    this.#parts = parts;
    this.#reporter = reporter;
    const { eventBurst, eventEveryMs } = parts.settings;
    this.#allowance = new Allowance(eventBurst, eventEveryMs, parts.clock.now());
  }

  get standing(): {
    readonly told: number;
    readonly failed: number;
    readonly dropped: number;
    readonly trouble: string | undefined;
  } {
    return { told: this.#told, failed: this.#failed, dropped: this.#dropped, trouble: this.#trouble };
  }

  /** What happens in no namespace of this cluster is not told here. */
  tell(happening: Happening): void {
    const { clock, places, signal } = this.#parts;
    const { controller, model } = happening;
    const place = places().models.find((one) => one.controller === controller && one.model === model);
    if (place === undefined || signal.aborted) return;
    const regarding = regardingOf(happening, place);
    const key = seriesKey(happening, regarding);
    const now = clock.now();
    const known = this.#series.get(key);
    if (known !== undefined && now - known.seenAt < this.#parts.settings.seriesMs) this.#again(known, now);
    else this.#begin(key, { happening, regarding }, now);
  }

  async close(): Promise<void> {
    this.#cancelCount?.();
    await this.#working;
  }

  #again(series: Series, now: number): void {
    series.count += 1;
    series.seenAt = now;
    this.#countLater();
  }

  #begin(key: string, about: Pick<Series, 'happening' | 'regarding'>, now: number): void {
    if (!this.#allowance.take(now)) {
      this.#dropped += 1;
      this.#say('more happened at once than is told as Events; the report has it all');
      return;
    }
    const name = eventName(about.regarding, key, now);
    const series = { ...about, name, made: false, count: 1, toldCount: 0, toldAt: now, seenAt: now };
    this.#series.delete(key);
    this.#series.set(key, series);
    this.#forgetOldest();
    this.#waiting.add(series);
    this.#work();
  }

  #forgetOldest(): void {
    if (this.#series.size <= mostSeries) return;
    const [oldest] = this.#series.keys();
    if (oldest !== undefined) this.#series.delete(oldest);
  }

  /** Repetitions gather for a while, and are told as one number. */
  #countLater(): void {
    const { clock, settings } = this.#parts;
    this.#cancelCount ??= clock.after(settings.countEveryMs, () => {
      this.#cancelCount = undefined;
      for (const series of this.#series.values())
        if (series.count > series.toldCount) this.#waiting.add(series);
      this.#work();
    });
  }

  #work(): void {
    this.#working ??= this.#tellAll().finally(() => {
      this.#working = undefined;
      if (this.#waiting.size > 0 && !this.#parts.signal.aborted) this.#work();
    });
  }

  async #tellAll(): Promise<void> {
    const { clock, settings, signal } = this.#parts;
    for (const series of this.#waiting) {
      this.#waiting.delete(series);
      if (signal.aborted) return;
      if (clock.now() < this.#refusedUntil) this.#failed += 1;
      else await this.#tellOne(series);
      await clock.sleep(settings.betweenMs, signal).catch(() => undefined);
    }
  }

  async #tellOne(series: Series): Promise<void> {
    const { clock, settings, signal, random } = this.#parts;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      try {
        await this.#send(series);
        this.#told += 1;
        this.#trouble = undefined;
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.#failedWith(error);
        if (isLasting(error)) return;
        const wait = settings.firstRetryMs * 2 ** attempt * (1 + random.next() / 4);
        await clock.sleep(wait, signal).catch(() => undefined);
      }
    }
  }

  /** Events are forgotten by the cluster after an hour or so: then a count has nothing to be written on. */
  async #send(series: Series): Promise<void> {
    const { client, clock, signal } = this.#parts;
    const { regarding, happening, count } = series;
    const path = `/apis/events.k8s.io/v1/namespaces/${encodeURIComponent(regarding.namespace)}/events`;
    if (series.made) {
      const patch = {
        method: 'PATCH',
        path: `${path}/${series.name}`,
        body: seriesPatch(count, series.seenAt),
        contentType: 'application/merge-patch+json',
      } as const;
      const isThere = await client.ask(patch, signal).then(
        () => true,
        (error: unknown) => {
          if (isMissing(error)) return false;
          throw error;
        },
      );
      if (!isThere) series.name = eventName(regarding, series.name, clock.now());
      series.made = isThere;
    }
    if (!series.made) {
      const about = { regarding, name: series.name, reporter: this.#reporter, at: series.seenAt };
      await client.post(path, eventObject(happening, about), signal);
      series.made = true;
      series.toldCount = 1;
    } else series.toldCount = count;
  }

  #failedWith(error: unknown): void {
    const { clock, settings } = this.#parts;
    this.#failed += 1;
    if (isForbidden(error)) {
      this.#refusedUntil = clock.now() + settings.lookMs;
      this.#say('needs the permission to create and patch events.events.k8s.io');
    } else this.#say(`Events cannot be told: ${troubleOf(error)}`);
  }

  #say(trouble: string): void {
    if (trouble !== this.#trouble) this.#parts.log.warn({ trouble }, 'not everything is told as Events');
    this.#trouble = trouble;
  }
}
