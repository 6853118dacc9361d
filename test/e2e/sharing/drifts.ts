/** What drifts in the models of a simulated controller, and what is done about it, by the controller's own word. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Simulator } from '../../../src/simulator/index.js';

const key = 'logging-config';
const drifted = '<root>=INFO;juju.rpc=TRACE';

export class Drifts {
  /** Seconds from each drift to its end. */
  readonly mended: number[] = [];
  /** Settings of a model that was as wanted already. */
  twice = 0;
  begun = 0;
  readonly #open = new Map<string, number>();
  readonly #models: readonly string[];
  readonly #set: (model: string) => void;
  #isOver = false;

  constructor(simulator: Simulator, controller: string) {
    const { operations } = simulator.controller(controller);
    const own = simulator.world.controllers.get(controller);
    const models = [...(own?.models.values() ?? [])].filter(({ name }) => name.startsWith('m'));
    this.#models = models.map(({ name }) => name);
    this.#set = (model) => {
      operations.setModelConfig(model, { [key]: drifted });
    };
    for (const { name, config } of models) this.#listen(name, config);
  }

  get open(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** Lets a model drift every so often (ms), at most so many at once, until it is told to end. */
  async run(every: number, most: number): Promise<void> {
    for (let next = 0; !this.#isOver; next += 7) {
      await sleep(every);
      const model = this.#models[next % this.#models.length] ?? '';
      if (this.#open.has(model) || this.#open.size >= most) continue;
      this.#open.set(model, Date.now());
      this.begun += 1;
      this.#set(model);
    }
  }

  end(): void {
    this.#isOver = true;
  }

  /** Whoever sets it, in whatever process. */
  #listen(model: string, config: Map<string, { readonly value: unknown }>): void {
    const set = config.set.bind(config);
    config.set = (name, setting) => {
      if (name === key && setting.value !== drifted) this.#wasMended(model);
      return set(name, setting);
    };
  }

  #wasMended(model: string): void {
    const since = this.#open.get(model);
    this.#open.delete(model);
    if (since === undefined) this.twice += 1;
    else this.mended.push((Date.now() - since) / 1000);
  }
}
