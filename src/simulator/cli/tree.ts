/** Walking the answers of the API, whose shapes this simulation made itself. */
export type Tree = Readonly<Record<string, unknown>>;

export function branch(value: unknown): Tree {
  return typeof value === 'object' && value !== null ? (value as Tree) : {};
}

export function branches(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value.map(branch) : [];
}

export function entries(value: unknown): readonly (readonly [string, Tree])[] {
  return Object.entries(branch(value)).map(([key, entry]) => [key, branch(entry)]);
}

/** As the client prints a plain value; objects as JSON, nothing as nothing. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** The entries of which the value says something: what Go leaves out with `omitempty`. */
export function filled(record: Tree): Tree {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

export function mapValues(value: unknown, map: (entry: Tree, key: string) => unknown): Tree {
  return Object.fromEntries(entries(value).map(([key, entry]) => [key, map(entry, key)]));
}
