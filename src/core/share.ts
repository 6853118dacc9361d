/**
 * Structural sharing: the newer value, built as far as possible from parts of the older one that say the same.
 * A fact that reads as before is the same object as before, its time included; the evaluation relies on that.
 */
export function share<T>(before: T | undefined, after: T): T {
  if (before === undefined) return after;
  return (saysTheSame(before, after) ? before : rebuilt(before, after)) as T;
}

type Branch = Readonly<Record<string, unknown>>;

/** Compared first, so that what did not change, nearly everything at nearly every look, costs no memory. */
function saysTheSame(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true;
  if (!isBranch(before) || !isBranch(after)) return false;
  if (Array.isArray(before) || Array.isArray(after)) return sameItems(before, after);
  return sameKeys(before, after);
}

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null;
}

function sameItems(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) return false;
  return after.every((item, index) => saysTheSame(before[index], item));
}

function sameKeys(before: Branch, after: Branch): boolean {
  const keys = Object.keys(after);
  if (keys.length !== Object.keys(before).length) return false;
  const fact = isFact(after) && isFact(before);
  for (const key of keys) {
    if (fact && key === 'at') continue;
    if (!Object.hasOwn(before, key) || !saysTheSame(before[key], after[key])) return false;
  }
  return true;
}

/** Facts carry the time of their reading, which alone makes no difference. */
function isFact(branch: Branch): boolean {
  return 'at' in branch && 'source' in branch;
}

const plain = { enumerable: true, writable: true, configurable: true } as const;

function rebuilt(before: unknown, after: unknown): unknown {
  if (!isBranch(before) || !isBranch(after)) return after;
  if (Array.isArray(after))
    return Array.isArray(before) ? after.map((item, index) => share<unknown>(before[index], item)) : after;
  if (Array.isArray(before)) return after;
  const copy = Object.create(Object.getPrototypeOf(after) as object | null) as Record<string, unknown>;
  for (const key of Object.keys(after)) {
    const value = share(Object.hasOwn(before, key) ? before[key] : undefined, after[key]);
    // As a plain key: assigning it would set the prototype.
    if (key === '__proto__') Object.defineProperty(copy, key, { ...plain, value });
    else copy[key] = value;
  }
  return copy;
}
