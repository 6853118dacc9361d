/** How many things may be under way at once for each name. */
export class Slots {
  private readonly most: number;
  private readonly taken = new Map<string, number>();

  constructor(most: number) {
    this.most = most;
  }

  /** Whether there was a slot to take. Who takes one gives it back. */
  take(name: string): boolean {
    const taken = this.taken.get(name) ?? 0;
    if (taken >= this.most) return false;
    this.taken.set(name, taken + 1);
    return true;
  }

  give(name: string): void {
    const left = (this.taken.get(name) ?? 0) - 1;
    if (left > 0) this.taken.set(name, left);
    else this.taken.delete(name);
  }
}
