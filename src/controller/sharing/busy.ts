/** What is under way in each part: a part is given up, or begun anew, only once nothing is. */
export class Busy {
  private readonly counts = new Map<number, number>();
  private readonly waiting = new Map<number, (() => void)[]>();

  /** Something begins; the function returned ends it. */
  enter(part: number): () => void {
    this.counts.set(part, (this.counts.get(part) ?? 0) + 1);
    return () => {
      const left = (this.counts.get(part) ?? 1) - 1;
      this.counts.set(part, left);
      if (left > 0) return;
      for (const resolve of this.waiting.get(part) ?? []) resolve();
      this.waiting.delete(part);
    };
  }

  /** Resolves once nothing is under way. */
  idle(part: number): Promise<void> {
    if ((this.counts.get(part) ?? 0) === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting.set(part, [...(this.waiting.get(part) ?? []), resolve]);
    });
  }
}
