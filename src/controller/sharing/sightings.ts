/**
 * Since when things look as they do, by our own clock. The times that others write into their leases are never looked
 * at: their clocks may be anywhere.
 */
export class Sightings {
  private readonly seen = new Map<string, { readonly what: string; readonly since: number }>();

  /** Notes how something looks now (ms), and returns since when it does. */
  note(name: string, what: string, now: number): number {
    const before = this.seen.get(name);
    if (before?.what === what) return before.since;
    this.seen.set(name, { what, since: now });
    return now;
  }

  /** Nobody looked for so long (ms): that time tells nothing. */
  skip(ms: number): void {
    for (const [name, { what, since }] of this.seen) this.seen.set(name, { what, since: since + ms });
  }

  /** Forgets all but these. */
  keep(names: ReadonlySet<string>): void {
    for (const name of this.seen.keys()) if (!names.has(name)) this.seen.delete(name);
  }
}
