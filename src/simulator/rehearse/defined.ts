/** Fields that may be undefined. */
type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Copies without the undefined fields, as exact optional fields want it. */
export function defined<T extends object>(fields: Loose<T>): T {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as T;
}
