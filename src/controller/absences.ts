/**
 * What is no longer there, and since when. A controller that is followed anew shows its models one after the other:
 * what is absent is taken for gone only when it stays away.
 */
export class Absences {
  private readonly since = new Map<string, number>();

  /** Notes that it is absent now (ms), and returns for how long it has been, in ms. */
  note(key: string, now: number): number {
    const since = Math.min(this.since.get(key) ?? now, now);
    this.since.set(key, since);
    return now - since;
  }

  /** It is back, or taken for gone. */
  clear(key: string): void {
    this.since.delete(key);
  }

  /** What is noted as absent. */
  keys(): readonly string[] {
    return [...this.since.keys()];
  }
}
