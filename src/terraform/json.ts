/** An object read from Terraform's JSON: any key may be missing or of another shape than documented. */
export type Branch = Readonly<Record<string, unknown>>;

const nothing: Branch = Object.freeze(Object.create(null) as Record<string, unknown>);

export function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one for anything else. */
export function branch(value: unknown): Branch {
  return isBranch(value) ? value : nothing;
}

/** The elements that are objects; none for anything but a list. */
export function branches(value: unknown): readonly Branch[] {
  return Array.isArray(value) ? value.filter(isBranch) : [];
}

/** The text, or undefined when there is none. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** The parts of a list that the provider takes as one text with commas. */
export function listed(value: unknown): readonly string[] {
  return (text(value) ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
