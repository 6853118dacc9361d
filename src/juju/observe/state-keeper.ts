import type { Log, StateChange } from '../../core/ports/index.js';
import { share } from '../../core/share.js';
import type { ControllerState, ModelState } from '../../core/snapshot.js';
import { newDict } from '../../core/dict.js';
import { sentenceOf } from '../api/api-error.js';

type ControllerPart = Omit<ControllerState, 'name' | 'models'>;

/** The one state of a controller. What says the same as before keeps its identity, and nobody is told of it. */
export class StateKeeper {
  #state: ControllerState;
  readonly #log: Log;
  readonly #listeners = new Set<(change: StateChange) => void>();

  constructor(name: string, part: ControllerPart, log: Log) {
    this.#state = { name, ...part, models: newDict() };
    this.#log = log;
  }

  get current(): ControllerState {
    return this.#state;
  }

  onChange(listener: (change: StateChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setController(part: ControllerPart): void {
    const { name, models } = this.#state;
    const next = share(this.#state, { name, ...part, models });
    if (next === this.#state) return;
    this.#state = next;
    this.#tell({ controller: name });
  }

  /** Whether this changed anything. */
  setModel(model: ModelState): boolean {
    const before = this.#state.models[model.name];
    const next = share(before, model);
    if (next === before) return false;
    this.#replaceModels({ ...this.#state.models, [model.name]: next });
    const controller = this.#state.name;
    if (before === undefined) this.#tell({ controller });
    this.#tell({ controller, model: model.name });
    return true;
  }

  removeModel(name: string): void {
    if (this.#state.models[name] === undefined) return;
    const rest: Record<string, ModelState | undefined> = { ...this.#state.models };
    rest[name] = undefined;
    this.#replaceModels(rest);
    this.#tell({ controller: this.#state.name });
    this.#tell({ controller: this.#state.name, model: name });
  }

  #replaceModels(models: Readonly<Record<string, ModelState | undefined>>): void {
    const copy = newDict<ModelState>();
    for (const name of Object.keys(models)) {
      const model = models[name];
      if (model !== undefined) copy[name] = model;
    }
    this.#state = { ...this.#state, models: copy };
  }

  #tell(change: StateChange): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        this.#log.error({ ...change, trouble: sentenceOf(error) }, 'a listener failed');
      }
    }
  }
}
