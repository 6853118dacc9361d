import type { Dict } from '../../core/dict.js';

/** An entry of a table by a name from outside, which may be anything, `constructor` included. */
export function lookup<T>(table: Dict<T>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** All entries of a table that never changes, such as one of the knowledge: listed once. */
export function entriesOf<T>(table: Dict<T>): readonly (readonly [string, T])[] {
  let entries = listed.get(table);
  if (entries === undefined) listed.set(table, (entries = Object.entries(table)));
  return entries as readonly (readonly [string, T])[];
}

const listed = new WeakMap<Dict<unknown>, readonly (readonly [string, unknown])[]>();
