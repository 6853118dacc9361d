import type { Dict } from '../../core/dict.js';

/** An entry of a table by a name from outside, which may be anything, `constructor` included. */
export function lookup<T>(table: Dict<T>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
