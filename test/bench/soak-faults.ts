/** Twice a minute something goes wrong with every controller, and ends ten seconds later. */
import type { Faults, Simulator } from '../../src/simulator/index.js';

type Begin = (faults: Faults) => unknown;

const all: readonly Begin[] = [
  (faults) => {
    faults.dropSockets();
  },
  (faults) => faults.unreachable(true),
  (faults) => {
    faults.silent(true);
  },
  (faults) => {
    faults.slow(2000);
  },
  (faults) => {
    faults.hang('Client.FullStatus', true);
  },
  (faults) => {
    faults.upgrade('calls');
  },
  (faults) => {
    faults.upgrade('logins');
  },
  (faults) => {
    faults.denied('Client.FullStatus', true);
  },
  (faults) => {
    faults.staleReads(8000);
  },
];

export class Troubles {
  begun = 0;
  private readonly simulator: Simulator;

  constructor(simulator: Simulator) {
    this.simulator = simulator;
  }

  /** Told of every second of a minute. */
  async second(n: number): Promise<void> {
    if (n % 30 === 5) await this.begin();
    if (n % 30 === 15) await this.over();
  }

  async over(): Promise<void> {
    await Promise.all(this.simulator.controllers.map(({ faults }) => faults.clear()));
  }

  private async begin(): Promise<void> {
    const begin = all[this.begun % all.length];
    this.begun += 1;
    await Promise.all(this.simulator.controllers.map(({ faults }) => begin?.(faults)));
  }
}
