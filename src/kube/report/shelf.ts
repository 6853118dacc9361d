/** What is known of our reports in the cluster, and which of them belong there no longer. */
import { labelValue } from '../../core/openreports/names.js';
import type { ReportObject } from '../../core/openreports/types.js';
import type { SinkPlaces } from './shared.js';
import { spotKey, type Spot, type StoredReport } from './stored.js';

interface Kept extends StoredReport {
  /** Of what we sent; 0 for what an earlier run did. */
  readonly bytes: number;
  /** Milliseconds since 1970; 0 for what an earlier run did. */
  readonly writtenAt: number;
}

export class Shelf {
  readonly #kept = new Map<string, Kept>();

  get size(): number {
    return this.#kept.size;
  }

  get namespaces(): readonly string[] {
    return [...this.#kept.values()].flatMap(({ spot }) => spot.namespace ?? []);
  }

  get bytes(): number {
    return [...this.#kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** All that there is of one kind, in one namespace or everywhere: what somebody else changed since is to be written anew. */
  found(of: Omit<Spot, 'name'>, reports: readonly StoredReport[]): void {
    const before = new Map(this.#kept);
    for (const [key, { spot }] of before) if (isOf(spot, of)) this.#kept.delete(key);
    for (const report of reports) {
      const key = spotKey(report.spot);
      const known = before.get(key);
      const { bytes, writtenAt } = known ?? { bytes: 0, writtenAt: 0 };
      const isOurs = known === undefined || known.version === report.version;
      const { content, ...rest } = report;
      const told = isOurs && content !== undefined ? { content } : {};
      this.#kept.set(key, { ...rest, ...told, bytes, writtenAt });
    }
  }

  /** Whether what is stored says what this object says. */
  holds(spot: Spot, { content, body }: ReportObject): boolean {
    const kept = this.#kept.get(spotKey(spot));
    if (kept?.content !== content) return false;
    if (kept.bytes === 0) this.#kept.set(spotKey(spot), { ...kept, bytes: Buffer.byteLength(body) });
    return true;
  }

  /** When it was last written, ms; 0 when not by us. */
  writtenAt(spot: Spot): number {
    return this.#kept.get(spotKey(spot))?.writtenAt ?? 0;
  }

  put(spot: Spot, object: ReportObject, at: { readonly version: string; readonly now: number }): void {
    const { controller, model, content, body } = object;
    this.#kept.set(spotKey(spot), {
      ...{ spot, content, version: at.version, writtenAt: at.now, bytes: Buffer.byteLength(body) },
      controller: labelValue(controller),
      ...(model === undefined ? {} : { model: labelValue(model) }),
    });
  }

  drop(spot: Spot): void {
    this.#kept.delete(spotKey(spot));
  }

  /** What is there and not wanted, but for what is not ours to judge. */
  strays(wanted: ReadonlySet<string>, { known, others = [] }: SinkPlaces): readonly Spot[] {
    const controllers = new Set(known.map(labelValue));
    const left = new Set(others.map(labelsOf));
    return [...this.#kept.values()]
      .filter((kept) => !wanted.has(spotKey(kept.spot)))
      .filter((kept) => controllers.has(kept.controller) && !left.has(pair(kept)))
      .map(({ spot }) => spot);
  }
}

type Named = Pick<StoredReport, 'controller' | 'model'>;

function labelsOf({ controller, model }: Named): string {
  const labels = { controller: labelValue(controller) };
  return pair(model === undefined ? labels : { ...labels, model: labelValue(model) });
}

function pair({ controller, model = '' }: Named): string {
  return `${controller}/${model}`;
}

function isOf(spot: Spot, { group, plural, namespace }: Omit<Spot, 'name'>): boolean {
  return (
    spot.group === group &&
    spot.plural === plural &&
    (namespace === undefined || spot.namespace === namespace)
  );
}
