/** Watches a simulated estate: which units restart when, and how long nobody answers at their ports. */
import type { SimModel, SimUnit, World } from '../world/state.js';
import type { PortPlan, UnitPorts } from '../world/unit-ports.js';

/** Times in ms of the world's clock. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export interface Seen {
  readonly model: string;
  readonly controller: string;
  readonly application: string;
  readonly unit: string;
}

export interface SeenRestart extends Seen, Span {}

/** A time during which a port of the unit did not answer: what listens there was being started anew. */
export interface SeenAbsence extends Seen, Span {}

/** What the charms' own words say while a unit is restarted. */
const restarting =
  /^running restart-relation-changed|^(?:Enabling|Disabling) (?:client|peer) TLS|^upgrading unit/;

export class Witness implements UnitPorts {
  readonly restarts: SeenRestart[] = [];
  readonly absences: SeenAbsence[] = [];
  /** When something last changed, ms. */
  changedAt: number;
  readonly #ports: UnitPorts;
  readonly #now: () => number;
  readonly #busy = new Map<SimUnit, number>();
  readonly #closed = new Map<string, number>();
  #isWatching = false;

  constructor(ports: UnitPorts, now: () => number) {
    this.#ports = ports;
    this.#now = now;
    this.changedAt = now();
  }

  /** Begins to watch; what the world did while it was built counts for nothing. */
  watch(world: World): void {
    this.#isWatching = true;
    for (const controller of world.controllers.values())
      for (const model of controller.models.values())
        model.watchers.add(() => {
          this.#look(model);
        });
  }

  async set(unit: SimUnit, plan: PortPlan): Promise<void> {
    if (this.#isWatching) this.#notePort(unit, plan);
    await this.#ports.set(unit, plan);
  }

  settled(): Promise<void> {
    return this.#ports.settled();
  }

  close(): Promise<void> {
    return this.#ports.close();
  }

  #look(model: SimModel): void {
    this.changedAt = this.#now();
    for (const application of model.applications.values())
      for (const unit of application.units) this.#lookAt(unit);
  }

  #lookAt(unit: SimUnit): void {
    const isRestarting = restarting.test(unit.agent.message) || restarting.test(unit.workload.message);
    const from = this.#busy.get(unit);
    if (isRestarting && from === undefined) this.#busy.set(unit, this.#now());
    if (isRestarting || from === undefined) return;
    this.#busy.delete(unit);
    this.restarts.push({ ...whereIs(unit), from, until: this.#now() });
  }

  #notePort(unit: SimUnit, { port, mode }: PortPlan): void {
    const key = `${unit.address}:${port} ${unit.name}`;
    const from = this.#closed.get(key);
    if (mode === 'closed') {
      if (from === undefined) this.#closed.set(key, this.#now());
      return;
    }
    this.#closed.delete(key);
    if (from !== undefined) this.absences.push({ ...whereIs(unit), from, until: this.#now() });
  }
}

function whereIs({ application, name }: SimUnit): Seen {
  const { model } = application;
  return {
    controller: model.controller.name,
    model: model.name,
    application: application.name,
    unit: name,
  };
}
