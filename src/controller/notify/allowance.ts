/** How many messages one target may be sent: so many an hour, a few of them at once. */
export class Allowance {
  private left: number;
  private at: number | undefined;
  private perHour: number;

  constructor(perHour: number) {
    this.perHour = perHour;
    this.left = this.burst();
  }

  /** What is left now (ms), rounded down. */
  available(now: number): number {
    const passed = Math.max(0, now - (this.at ?? now));
    this.left = Math.min(this.burst(), this.left + (passed / 3_600_000) * this.perHour);
    this.at = now;
    return Math.floor(this.left);
  }

  spend(count: number): void {
    this.left -= count;
  }

  adopt(perHour: number): void {
    this.perHour = perHour;
    this.left = Math.min(this.left, this.burst());
  }

  private burst(): number {
    return Math.max(1, this.perHour / 5);
  }
}
