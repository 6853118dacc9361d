/** An object read from Juju's JSON or YAML: any key may be missing or of another shape than documented. */
export type Branch = Readonly<Record<string, unknown>>;

const nothing: Branch = Object.freeze(Object.create(null) as Record<string, unknown>);
const none: readonly string[] = Object.freeze([]);

export function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one for anything else. */
export function branch(value: unknown): Branch {
  return isBranch(value) ? value : nothing;
}

/** The text; numbers as YAML reads unquoted ones count as text too. Everything else is empty. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

/** The text, or undefined when there is none. */
export function textOr(value: unknown): string | undefined {
  const read = text(value);
  return read === '' ? undefined : read;
}

/** The texts in a list. The list itself where there is nothing else in it: a filtered one keeps room for sixteen more. */
export function texts(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return none;
  return value.every(isText) ? value : value.filter(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A whole number of at least 0, or undefined. */
export function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** What Juju says of an object that it could not read itself: any of them may be `{"status-error": "…"}`. */
export function statusError(value: Branch): string | undefined {
  const error = value['status-error'];
  return error === undefined ? undefined : text(error);
}

/** Copies with the undefined fields left out, as exact optional fields want it. */
export function defined<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  const copy: Partial<T> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) copy[key] = value;
  }
  return copy as T;
}
