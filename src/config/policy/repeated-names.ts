import type { Mistake } from '../mistakes.js';

const named = { controllers: 'name', waivers: 'id', attestations: 'id' } as const;

/** What carries a name that another of its list has already. */
export function repeatedNames(value: unknown): Mistake[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(named).flatMap(([list, key]) => {
    const items = (value as Readonly<Record<string, unknown>>)[list];
    return Array.isArray(items) ? repeated(namesOf(items, key), list, key) : [];
  });
}

function namesOf(items: readonly unknown[], key: string): unknown[] {
  return items.map((item) =>
    typeof item === 'object' && item !== null ? (item as Readonly<Record<string, unknown>>)[key] : undefined,
  );
}

function repeated(names: readonly unknown[], list: string, key: string): Mistake[] {
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    if (typeof name !== 'string' || first === index) return [];
    return [`${list}[${index}].${key} "${name}" is taken by ${list}[${first}] already`];
  });
}
