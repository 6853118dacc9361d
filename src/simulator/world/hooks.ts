/** How a unit runs its hooks: one after the other, and idle when none is left. */
import { touch, type SimUnit, type World } from './state.js';

export interface Hook {
  /** As Juju shows it: `config-changed`, `certificates-relation-joined hook for etcd/0`. */
  readonly name: string;
  /** Does the hook's work and calls `finish` when done, at once or later. */
  run(finish: () => void): void;
}

export interface TimedHook {
  readonly name: string;
  readonly ms: number;
  readonly begin?: () => void;
  readonly end?: () => void;
}

/** A hook that takes `ms`, with work at its begin and its end. */
export function timedHook(world: World, { name, ms, begin, end }: TimedHook): Hook {
  return {
    name,
    run: (finish) => {
      begin?.();
      world.clock.after(ms, () => {
        end?.();
        finish();
      });
    },
  };
}

/** Queues a hook; the unit's agent runs it after those before it. */
export function queueHook(world: World, unit: SimUnit, hook: Hook): void {
  unit.hooks.push(hook);
  if (unit.hooks.length === 1) runFirst(world, unit);
}

function runFirst(world: World, unit: SimUnit): void {
  const hook = unit.hooks[0];
  if (hook === undefined || unit.gone) return;
  setAgent(world, unit, 'executing', `running ${hook.name}`);
  let finished = false;
  hook.run(() => {
    if (finished) return;
    finished = true;
    unit.hooks.shift();
    if (unit.hooks.length > 0) runFirst(world, unit);
    else setAgent(world, unit, 'idle', '');
  });
}

export function setAgent(world: World, unit: SimUnit, status: string, message: string): void {
  unit.agent = { status, message, since: world.clock.now() };
  touch(unit.application.model);
}

/** What a charm shows; during a refresh the refresh alone speaks. */
export function setWorkload(world: World, unit: SimUnit, status: string, message = ''): void {
  if (unit.application.refresh === undefined) putWorkload(world, unit, status, message);
}

export function putWorkload(world: World, unit: SimUnit, status: string, message = ''): void {
  if (unit.workload.status === status && unit.workload.message === message) return;
  unit.workload = { status, message, since: world.clock.now() };
  touch(unit.application.model);
}
