/** A controller whose models drift, seen and mended by several units. */
import type { CallOptions, CliResult, JujuApi, JujuCli, StateChange } from '../../../src/core/ports/index.js';
import type { Attend, Attention } from '../../../src/core/ports/sharing.js';
import { share } from '../../../src/core/share.js';
import type { ControllerState, ModelState } from '../../../src/core/snapshot.js';
import { instant } from '../../../src/core/time.js';
import { application, controller, estate, model, unit, unknownFact, user } from '../../support/world.js';
import type { Chance } from '../chance.js';
import type { Kernel } from '../kernel.js';
import type { Host } from './host.js';

export interface Spawned {
  readonly unit: Host;
  readonly model: string;
  readonly at: number;
  /** Whether there was anything to mend. */
  readonly wasExposed: boolean;
  /** Whether another process was at work in the model. */
  readonly beside: boolean;
}

/** Between two looks at a model, ms. */
export const pollEvery = 4000;
/** `juju` is ended after so long, ms. */
export const cliDeadline = 40_000;

const elsewhere = 'another unit watches it';

export class SharedEstate {
  readonly exposed = new Map<string, boolean>();
  readonly spawned: Spawned[] = [];
  /** Moments of looks at each model, by any unit. */
  readonly looks = new Map<string, number[]>();
  /** The share of processes that take as long as they may. */
  longest = 0.1;
  /** Told of every process right before it runs. */
  onSpawn: (process: Spawned) => void = () => undefined;
  readonly #kernel: Kernel;
  /** Models by the processes that are at work in them. */
  readonly #atWork = new Map<number, string>();
  readonly #models = new Map<string, ModelState>();
  readonly #controller: ControllerState;

  constructor(kernel: Kernel, models: number) {
    this.#kernel = kernel;
    const users = [user('admin', { lastConnection: instant(kernel.now()) })];
    const made = estate({ controllers: { prod: controller({ users }) } }).controllers['prod'];
    if (made === undefined) throw new Error('no controller');
    this.#controller = made;
    for (let n = 0; n < models; n += 1) this.exposed.set(`m${n}`, false);
  }

  /** How one unit follows it. */
  api(host: Host, attend: Attend): JujuApi {
    const listeners = new Set<(change: StateChange) => void>();
    const attention = new Map<string, Attention>();
    const seen = new Map<string, boolean>();
    const read = new Map<string, number>();
    let state = this.#state(seen);
    const show = (changed: readonly string[]): void => {
      state = share(state, this.#state(seen));
      for (const listener of listeners) {
        listener({ controller: 'prod' });
        for (const name of changed) listener({ controller: 'prod', model: name });
      }
    };
    const look = async (name: string): Promise<void> => {
      const now = await host.call('juju', 20, () => {
        this.looks.set(name, [...(this.looks.get(name) ?? []), this.#kernel.now()]);
        return this.exposed.get(name) ?? false;
      });
      const isNew = seen.get(name) !== now;
      seen.set(name, now);
      read.set(name, this.#kernel.now());
      if (isNew) show([name]);
    };
    const reattend = (): void => {
      for (const name of this.exposed.keys()) {
        attention.set(name, attend({ shown: name, name, owner: 'admin' }));
        if (attention.get(name) === 'none') seen.delete(name);
      }
      show([...this.exposed.keys()]);
      for (const name of this.exposed.keys())
        if (attention.get(name) === 'own' && !seen.has(name)) look(name).catch(() => undefined);
    };
    const poll = (): void => {
      for (const name of this.exposed.keys())
        if (attention.get(name) === 'own') look(name).catch(() => undefined);
      host.clock.after(pollEvery, poll);
    };
    return {
      controller: 'prod',
      start: () => {
        reattend();
        poll();
      },
      current: () => state,
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      refresh: (name) => (name === undefined ? Promise.resolve() : look(name)),
      refreshController: () => Promise.resolve(),
      reattend,
      health: () => ({
        ...{ controller: 'prod', connected: true, calls: 0, errors: 0, reconnects: 0 },
        models: [...seen.keys()].map((name) => ({
          ...{ model: name, interval: 2 },
          lastRead: instant(read.get(name) ?? 0),
        })),
      }),
      close: () => Promise.resolve(),
    };
  }

  /** A process outlives the unit that started it, and does what it does. */
  cli(host: Host, chance: Chance): JujuCli {
    return {
      controller: 'prod',
      run: (argv, options = {}) => this.#run(argv, { host, chance, options }),
    };
  }

  /** What is left of a process of a unit that was killed is ended on its own machine. */
  kill(pid: number): void {
    this.#atWork.delete(pid);
  }

  async #run(argv: readonly string[], { host, chance, options }: Call): Promise<CliResult> {
    // The driver writes files before it starts the process.
    await host.call('juju', chance.between(1, 30), () => undefined);
    if (options.mayStart?.() === false) return told(argv, 'busy');
    const name = /admin\/(m\d+)/.exec(argv.join(' '))?.[1] ?? '';
    const beside = [...this.#atWork.values()].includes(name);
    const process = {
      ...{ unit: host, model: name, at: this.#kernel.now(), beside },
      wasExposed: this.exposed.get(name) === true,
    };
    this.spawned.push(process);
    this.onSpawn(process);
    const pid = this.spawned.length;
    options.onSpawn?.(pid);
    const ms = chance.happens(this.longest) ? cliDeadline : chance.between(200, 8000);
    this.#atWork.set(pid, name);
    await this.#kernel.sleep(ms);
    if (this.#atWork.delete(pid)) this.exposed.set(name, false);
    return host.call('juju', 1, () => told(argv, 'done'));
  }

  #state(seen: ReadonlyMap<string, boolean>): ControllerState {
    const models = [...this.exposed.keys()].map((name) => [name, this.#model(name, seen.get(name))] as const);
    return { ...this.#controller, models: Object.fromEntries(models) };
  }

  #model(name: string, exposed: boolean | undefined): ModelState {
    const key = `${name} ${exposed ?? 'unseen'}`;
    const before = this.#models.get(key);
    if (before !== undefined) return before;
    const made = estate({
      controllers: { prod: controller({ models: { [name]: model(modelSpec(exposed)) } }) },
    });
    const state = made.controllers['prod']?.models[name];
    if (state === undefined) throw new Error(`no ${name}`);
    this.#models.set(key, state);
    return state;
  }
}

interface Call {
  readonly host: Host;
  readonly chance: Chance;
  readonly options: CallOptions;
}

function modelSpec(exposed: boolean | undefined): Parameters<typeof model>[0] {
  const gap = unknownFact(elsewhere);
  if (exposed === undefined) return { info: gap, relations: gap, machines: gap };
  return {
    applications: {
      db: application({ exposure: { exposed, endpoints: {} }, units: { 'db/0': unit('db/0') } }),
    },
  };
}

function told(argv: readonly string[], outcome: 'done' | 'busy'): CliResult {
  return {
    outcome,
    argv,
    exitCode: 0,
    timedOut: false,
    stdout: '',
    stderr: '',
    durationMs: 1,
    summary: outcome,
  };
}
