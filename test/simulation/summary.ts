/** What happened in many runs, as one table. */
import type { Outcome } from './simulation.js';

const day = 86_400_000;

export class Summary {
  readonly #began = performance.now();
  readonly #faults = new Map<string, number>();
  readonly #remediations = new Map<string, number>();
  #runs = 0;
  #simulated = 0;
  #changes = 0;
  #violations = 0;

  add({ simulatedMs, faults, remediations, changes, violations }: Outcome): void {
    this.#runs += 1;
    this.#simulated += simulatedMs;
    this.#changes += changes;
    this.#violations += violations.length;
    addUp(this.#faults, faults);
    addUp(this.#remediations, remediations);
  }

  text(): string {
    const seconds = (performance.now() - this.#began) / 1000;
    return [
      '',
      `seeds                  ${this.#runs}`,
      `simulated days         ${(this.#simulated / day).toFixed(1)}`,
      `faults injected        ${total(this.#faults)}`,
      ...rows(this.#faults),
      `changes begun          ${this.#changes}`,
      `remediations           ${total(this.#remediations)}`,
      ...rows(this.#remediations),
      `invariant violations   ${this.#violations}`,
      `wall time              ${seconds.toFixed(1)} s (${(this.#runs / seconds).toFixed(1)} seeds/s)`,
    ].join('\n');
  }
}

function addUp(sum: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [key, count] of more) sum.set(key, (sum.get(key) ?? 0) + count);
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function rows(counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `  ${name.padEnd(20)} ${count}`);
}
