/** A JSON object from a map, each value rewritten. */
export function fromMap<T, U>(map: ReadonlyMap<string, T>, entry: (value: T) => U): Record<string, U> {
  return Object.fromEntries([...map].map(([key, value]) => [key, entry(value)]));
}
