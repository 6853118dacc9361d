/**
 * A record with names from outside as keys. It has no prototype, so that a model called `constructor` or
 * `__proto__` is just a name.
 */
export type Dict<T> = Readonly<Record<string, T>>;

/** An empty dictionary to be filled by the code that made it. */
export function newDict<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

export function dictOf<T>(entries: Iterable<readonly [string, T]>): Dict<T> {
  const dict = newDict<T>();
  for (const [key, value] of entries) dict[key] = value;
  return dict;
}

/** A new dictionary with every value mapped. */
export function mapDict<T, U>(dict: Dict<T>, f: (value: T, key: string) => U): Dict<U> {
  const mapped = newDict<U>();
  for (const key of Object.keys(dict)) mapped[key] = f(dict[key] as T, key);
  return mapped;
}
