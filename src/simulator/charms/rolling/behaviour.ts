import { between } from '../../random.js';
import { queueHook, setWorkload } from '../../world/hooks.js';
import type { SimApplication, SimUnit, World } from '../../world/state.js';
import type { PortPlan } from '../../world/unit-ports.js';
import type { Behaviour } from '../behaviour.js';
import { signerAt } from '../certificates.js';
import { commonAction } from '../common-actions.js';
import type { Product, Serving, Verdict } from './product.js';
import { enqueueRestart, knownState, servedBy, stateOf, type RollingState } from './state.js';

const recheckMs = 5000;

/** The behaviour of a charm that restarts its units in turn whenever its relations ask for another kind of serving. */
export function rollingBehaviour(product: Product): Behaviour {
  return {
    start: (world, application) => {
      const { target } = stateOf(product, application);
      for (const unit of application.units) openPorts(world, unit, product.ports(application, target));
      show(world, application);
    },
    broken: ({ world, application }, _unit, finish) => {
      finish();
      reconcile(world, application);
    },
    refresh: (world, application) => {
      stateOf(product, application);
      reconcile(world, application);
    },
    action: product.action ?? commonAction,
    ...(product.disk === undefined ? {} : { disk: product.disk }),
  };
}

function reconcile(world: World, application: SimApplication): void {
  const state = knownState(application);
  if (state === undefined) return;
  const wanted = state.product.wanted(application, state.target);
  if (JSON.stringify(wanted) !== JSON.stringify(state.target)) {
    state.target = wanted;
    for (const [index, shown] of state.product.rounds.entries()) {
      const serving = index === state.product.rounds.length - 1 ? wanted : undefined;
      for (const unit of application.units) restart(world, state, { unit, shown, serving });
    }
  }
  if (isWaiting(application)) lookAgain(world, application, state);
  show(world, application);
}

interface Restart {
  readonly unit: SimUnit;
  readonly shown: Verdict;
  /** What is served afterwards; undefined: as before. */
  readonly serving: Serving | undefined;
}

function restart(world: World, state: RollingState, { unit, shown, serving }: Restart): void {
  enqueueRestart(state, (done) => {
    const run = (finish: () => void): void => {
      setWorkload(world, unit, shown.status, shown.message);
      world.clock.after(between(world.random, 700, 1500), () => {
        stopAndStart({ world, unit }, serving ?? servedBy(unit), () => {
          finish();
          done();
          settle(world, unit.application, state);
        });
      });
    };
    queueHook(world, unit, { name: 'restart-relation-changed hook', run });
  });
}

/** Ports that stay as they are stay open. */
function stopAndStart(
  { world, unit }: { readonly world: World; readonly unit: SimUnit },
  serving: Serving,
  done: () => void,
): void {
  const state = knownState(unit.application);
  const { application } = unit;
  const before = new Set((state?.product.ports(application, servedBy(unit)) ?? []).map(planText));
  const plans = state?.product.ports(application, serving) ?? [];
  const changed = plans.filter((plan) => !before.has(planText(plan)));
  for (const plan of changed) void world.ports.set(unit, { ...plan, mode: 'closed' });
  world.clock.after(between(world.random, 400, 900), () => {
    state?.served.set(unit, serving);
    void Promise.all(changed.map((plan) => world.ports.set(unit, plan))).then(done);
  });
}

function planText(plan: PortPlan): string {
  return JSON.stringify(plan);
}

/** Others act on it once the last unit is through. */
function settle(world: World, application: SimApplication, state: RollingState): void {
  show(world, application);
  if (state.restarting) return;
  for (const dependent of state.product.dependents?.(application) ?? []) reconcile(world, dependent);
}

function openPorts(world: World, unit: SimUnit, plans: readonly PortPlan[]): void {
  for (const plan of plans) void world.ports.set(unit, plan);
}

/** Units that restart keep what they show. */
function show(world: World, application: SimApplication): void {
  const state = knownState(application);
  if (state === undefined || state.restarting) return;
  for (const unit of application.units) {
    const { status, message } = state.product.verdict(application, servedBy(unit));
    setWorkload(world, unit, status, message);
  }
}

function isWaiting(application: SimApplication): boolean {
  return application.charm.endpoints.some(
    ({ name, role }) => role === 'requirer' && signerAt(application, name) === 'waiting',
  );
}

function lookAgain(world: World, application: SimApplication, state: RollingState): void {
  if (state.looking) return;
  state.looking = true;
  world.clock.after(recheckMs, () => {
    state.looking = false;
    reconcile(world, application);
  });
}
