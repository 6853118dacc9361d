import type { Mistake } from '../mistakes.js';

const named = {
  controllers: 'name',
  clusters: 'name',
  observability: 'name',
  waivers: 'id',
  attestations: 'id',
  windows: 'name',
} as const;

/** What carries a name that another of its list has already. */
export function repeatedNames(value: unknown): Mistake[] {
  return Object.entries(named).flatMap(([list, key]) =>
    repeated(namesOf(itemsOf(value, list), key), list, key),
  );
}

/** The names in a list of the policy, well formed or not. */
export function namesIn(value: unknown, list: keyof typeof named): string[] {
  return namesOf(itemsOf(value, list), named[list]).filter((name) => typeof name === 'string');
}

function itemsOf(value: unknown, list: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const items = (value as Readonly<Record<string, unknown>>)[list];
  return Array.isArray(items) ? items : [];
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
