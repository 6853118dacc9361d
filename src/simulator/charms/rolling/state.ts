import type { SimApplication, SimUnit } from '../../world/state.js';
import type { Product, Serving } from './product.js';

export interface RollingState {
  readonly product: Product;
  /** Where the units are going. */
  target: Serving;
  /** How each unit is served now. */
  readonly served: Map<SimUnit, Serving>;
  /** Restarts that have yet to begin, in order. */
  readonly restarts: ((done: () => void) => void)[];
  restarting: boolean;
  /** Whether certificates will be looked for again. */
  looking: boolean;
}

const states = new WeakMap<SimApplication, RollingState>();

/** The state of an application whose charm was started. */
export function knownState(application: SimApplication): RollingState | undefined {
  return states.get(application);
}

/** As `knownState`, settled as its relations want it when it is asked for first. */
export function stateOf(product: Product, application: SimApplication): RollingState {
  const known = states.get(application);
  if (known !== undefined) return known;
  const target = product.wanted(application, undefined);
  const served = new Map(application.units.map((unit) => [unit, target]));
  const fresh = { product, target, served, restarts: [], restarting: false, looking: false };
  states.set(application, fresh);
  return fresh;
}

/** How a unit is served now; nothing is known of applications without such a charm. */
export function servedBy(unit: SimUnit): Serving {
  return states.get(unit.application)?.served.get(unit) ?? {};
}

/** One unit restarts at a time. */
export function enqueueRestart(state: RollingState, restart: RollingState['restarts'][number]): void {
  state.restarts.push(restart);
  if (!state.restarting) runNext(state);
}

function runNext(state: RollingState): void {
  const restart = state.restarts.shift();
  state.restarting = restart !== undefined;
  restart?.(() => {
    runNext(state);
  });
}
