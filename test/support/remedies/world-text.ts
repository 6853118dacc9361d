/** A simulated world as text: two worlds of one text are the same in all that a person or a charm could tell apart. */
import { tellingActions } from '../../../src/core/ports/workload-reader.js';
import type { SimController, SimModel, SimOperation, World } from '../../../src/simulator/world/state.js';

/** What looking alone changes, and what is no part of the estate. */
const leftOut: ReadonlySet<string> = new Set([
  // Looks log in, and looks into units leave numbered operations.
  'lastConnection',
  'nextTask',
  // What the simulation itself runs on.
  ...['world', 'clock', 'random', 'ports', 'shell', 'watchers', 'faults'],
]);

/** The actions that only tell; all else that runs on units is part of the world. */
const looks: ReadonlySet<string> = new Set(['juju-exec', ...tellingActions]);

export function worldText(world: World): string {
  const named = new Map<object, string>();
  return JSON.stringify(
    [...world.controllers.values()].map((one) => plain(one, one.name, named)),
    null,
    1,
  );
}

/** Everything once, by value; where it is met again, by the place where it was first. */
function plain(value: unknown, place: string, named: Map<object, string>): unknown {
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  const first = named.get(value);
  if (first !== undefined) return `(${first})`;
  named.set(value, place);
  const inside = (part: unknown, name: string): unknown => plain(part, `${place}/${name}`, named);
  if (Array.isArray(value)) return value.map((part, index) => inside(part, String(index)));
  if (value instanceof Map || value instanceof Set)
    return [...value].map((part: unknown, index) => inside(part, String(index)));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !leftOut.has(key))
      .map(([key, part]) => [key, inside(key === 'tasks' ? changing(part as SimModel['tasks']) : part, key)]),
  );
}

function changing(operations: SimModel['tasks'] | SimOperation['tasks']): unknown {
  return operations.filter((one) => !('tasks' in one) || one.tasks.some(({ action }) => !looks.has(action)));
}

/** The controller of that name. @throws Error where there is none. */
export function controllerIn(world: World, name: string): SimController {
  const found = world.controllers.get(name);
  if (found === undefined) throw new Error(`the world has no controller ${name}`);
  return found;
}
