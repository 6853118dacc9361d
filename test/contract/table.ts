/** How often each command was replayed, as one table at the end of a suite. */
export function countUp(counts: Map<string, number>, name: string | undefined): void {
  const key = name ?? '(none)';
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

export function printTable(title: string, counts: ReadonlyMap<string, number>): void {
  const lines = [...counts].sort().map(([name, count]) => `  ${name.padEnd(44)}${String(count).padStart(4)}`);
  process.stdout.write(`replayed ${title}\n${lines.join('\n')}\n`);
}
