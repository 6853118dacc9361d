/**
 * Whether two values say the same, the order of what is in them included: lists, sets, maps and plain objects by what is
 * in them, everything else (views, functions) only where it is the same one. For values without cycles.
 */
export function saySame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  const kind: unknown = Object.getPrototypeOf(a);
  if (kind !== Object.getPrototypeOf(b)) return false;
  if (kind === Object.prototype || kind === null) return haveSameKeys(a, b);
  return isMany(a) && isMany(b) && areSame([...a], [...b]);
}

type Keyed = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Keyed {
  return typeof value === 'object' && value !== null;
}

function isMany(value: unknown): value is Iterable<unknown> {
  return Array.isArray(value) || value instanceof Map || value instanceof Set;
}

function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => saySame(item, b[index]));
}

function haveSameKeys(a: Keyed, b: Keyed): boolean {
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.every((key, index) => key === others[index] && saySame(a[key], b[key]))
  );
}
