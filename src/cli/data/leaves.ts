/** The entries of a table, whatever the depth at which they lie: what names its own source. */
export function leavesOf(table: unknown): readonly object[] {
  if (typeof table !== 'object' || table === null) return [];
  if ('source' in table && typeof table.source === 'string') return [table];
  return Object.values(table).flatMap(leavesOf);
}
