/**
 * How many values a value holds when each is counted wherever it stands: what only YAML's aliases can make more of than
 * there is text. Infinity for one that contains itself, as only they can make it, too. Takes time by what there is, not by the count.
 */
export function expandedSize(value: unknown): number {
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  const path: unknown[] = [value];
  for (let part = path.at(-1); path.length > 0; part = path.at(-1)) {
    if (!isGroup(part) || sizes.has(part)) {
      path.pop();
    } else if (open.has(part)) {
      sizes.set(part, sizeOf(part, sizes));
      open.delete(part);
      path.pop();
    } else {
      open.add(part);
      const inner = partsOf(part);
      if (inner.some((one) => isGroup(one) && open.has(one))) return Infinity;
      for (const one of inner) path.push(one);
    }
  }
  return isGroup(value) ? (sizes.get(value) ?? 1) : 1;
}

/** Of a group whose parts have theirs. */
function sizeOf(group: object, sizes: ReadonlyMap<object, number>): number {
  let sum = 1;
  for (const part of partsOf(group)) sum += isGroup(part) ? (sizes.get(part) ?? 1) : 1;
  return Math.min(sum, Number.MAX_VALUE);
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function partsOf(group: object): readonly unknown[] {
  return Object.values(group) as unknown[];
}
