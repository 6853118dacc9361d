/** Compares what two JSON values are made of: keys and types, not what they say. */
interface Shape {
  readonly types: Set<string>;
  readonly keys: Map<string, Shape>;
  readonly items?: Shape;
}

/** Objects under these keys are maps by name: their entries are taken together. */
const maps = new Set([
  'applications',
  'units',
  'machines',
  'users',
  'models',
  'relations',
  'subordinates',
  'offers',
  'application-endpoints',
  'remote-applications',
  'exposed-endpoints',
  'endpoints',
  'secret-backends',
  'controller-machines',
  'network-interfaces',
  'tasks',
  'results',
  'parameters',
]);

/** Paths that only one of both has, or that have other types; empty when both are made alike. */
export function differences(recorded: unknown, simulated: unknown, topIsMap: boolean): readonly string[] {
  return compare(shapeOf(recorded, topIsMap), shapeOf(simulated, topIsMap), '');
}

function shapeOf(value: unknown, isMap = false): Shape {
  if (Array.isArray(value)) {
    return { types: new Set(['array']), keys: new Map(), items: merged(value.map((item) => shapeOf(item))) };
  }
  if (typeof value !== 'object' || value === null) {
    return { types: new Set([value === null ? 'null' : typeof value]), keys: new Map() };
  }
  const entries = Object.entries(value).map(([key, entry]): [string, Shape] => [
    key,
    shapeOf(entry, maps.has(key)),
  ]);
  const keys = isMap ? new Map([['*', merged(entries.map(([, shape]) => shape))]]) : new Map(entries);
  return {
    types: new Set(['object']),
    keys: isMap && entries.length === 0 ? new Map<string, Shape>() : keys,
  };
}

function merged(shapes: readonly Shape[]): Shape {
  const types = new Set(shapes.flatMap((shape) => [...shape.types]));
  const names = new Set(shapes.flatMap((shape) => [...shape.keys.keys()]));
  const keys = new Map<string, Shape>(
    [...names].map((name) => [name, merged(shapes.flatMap((shape) => shape.keys.get(name) ?? []))]),
  );
  const items = shapes.flatMap((shape) => shape.items ?? []);
  return items.length === 0 ? { types, keys } : { types, keys, items: merged(items) };
}

function compare(recorded: Shape, simulated: Shape, path: string): readonly string[] {
  const found: string[] = [];
  if (recorded.types.size > 0 && simulated.types.size > 0 && !overlap(recorded.types, simulated.types)) {
    found.push(
      `${path}: ${[...recorded.types].join('|')} recorded, ${[...simulated.types].join('|')} simulated`,
    );
  }
  for (const [key, shape] of recorded.keys) {
    const other = simulated.keys.get(key);
    if (other === undefined) found.push(`${path}.${key}: only recorded`);
    else found.push(...compare(shape, other, `${path}.${key}`));
  }
  for (const key of simulated.keys.keys())
    if (!recorded.keys.has(key)) found.push(`${path}.${key}: only simulated`);
  if (recorded.items !== undefined && simulated.items !== undefined) {
    found.push(...compare(recorded.items, simulated.items, `${path}[]`));
  }
  return found;
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((type) => other.has(type));
}
