/** Places that are left alone for a while, and what is to be done there before anything else. */
export class Waits {
  private readonly monotonic: () => number;
  private readonly places = new Map<string, { readonly until: number; readonly acts: readonly Act[] }>();

  /** `monotonic`: ms of a clock that only goes forward. */
  constructor(monotonic: () => number) {
    this.monotonic = monotonic;
  }

  add(key: string, ms: number, act: Act): void {
    const before = this.places.get(key);
    const until = Math.max(before?.until ?? 0, this.monotonic() + ms);
    this.places.set(key, { until, acts: [...(before?.acts ?? []), act] });
  }

  /** Does what is to be done if it is time; the milliseconds that are left until then, else 0. */
  async settle(key: string): Promise<number> {
    const place = this.places.get(key);
    if (place === undefined) return 0;
    const left = place.until - this.monotonic();
    if (left > 0) return left;
    for (const act of place.acts) await act();
    this.places.delete(key);
    return 0;
  }

  forget(key: string): void {
    this.places.delete(key);
  }
}

type Act = () => Promise<void>;
