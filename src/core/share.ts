/**
 * Structural sharing: the newer value, built as far as possible from parts of the older one that say the same.
 * A fact that reads as before is the same object as before, its time included; the evaluation relies on that.
 */
export function share<T>(before: T | undefined, after: T): T {
  return merged(before, after) as T;
}

type Branch = Readonly<Record<string, unknown>>;

/** Goes through both once, and takes memory only for what differs: at nearly every look that is next to nothing. */
function merged(before: unknown, after: unknown): unknown {
  if (Object.is(before, after)) return before;
  if (!isBranch(before) || !isBranch(after)) return after;
  if (Array.isArray(after)) return Array.isArray(before) ? mergedItems(before, after) : after;
  return Array.isArray(before) ? after : mergedKeys(before, after);
}

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null;
}

function mergedItems(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined = before.length === after.length ? undefined : [];
  for (let index = 0; index < after.length; index += 1) {
    const value = merged(before[index], after[index]);
    if (copy === undefined && !Object.is(value, before[index])) copy = before.slice(0, index);
    copy?.push(value);
  }
  return copy ?? before;
}

function mergedKeys(before: Branch, after: Branch): Branch {
  const keys = Object.keys(after);
  const pair = { before, after, keys, time: isFact(after) && isFact(before) ? 'at' : undefined };
  if (keys.length !== Object.keys(before).length) return rebuilt(pair, { index: -1, value: undefined });
  const difference = firstDifference(pair);
  return difference === undefined ? before : rebuilt(pair, difference);
}

interface Pair {
  readonly before: Branch;
  readonly after: Branch;
  readonly keys: readonly string[];
  /** The key that makes no difference: a fact's time of reading. */
  readonly time: string | undefined;
}

/** The first key that reads differently, with what has been merged for it. */
interface Difference {
  readonly index: number;
  readonly value: unknown;
}

function firstDifference({ before, after, keys, time }: Pair): Difference | undefined {
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? '';
    if (key === time) continue;
    if (!Object.hasOwn(before, key)) return { index, value: after[key] };
    const value = merged(before[key], after[key]);
    if (!Object.is(value, before[key])) return { index, value };
  }
  return undefined;
}

/** A copy of the newer one with the older one's parts, as far as they say the same. */
function rebuilt({ before, after, keys, time }: Pair, difference: Difference): Branch {
  const copy = Object.create(Object.getPrototypeOf(after) as object | null) as Record<string, unknown>;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? '';
    if (key === time) put(copy, key, after[key]);
    else if (index < difference.index) put(copy, key, before[key]);
    else if (index === difference.index) put(copy, key, difference.value);
    else put(copy, key, merged(Object.hasOwn(before, key) ? before[key] : undefined, after[key]));
  }
  return copy;
}

function isFact(branch: Branch): boolean {
  return 'at' in branch && 'source' in branch;
}

const plain = { enumerable: true, writable: true, configurable: true } as const;

/** As a plain key: assigning `__proto__` would set the prototype. */
function put(copy: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(copy, key, { ...plain, value });
  else copy[key] = value;
}
