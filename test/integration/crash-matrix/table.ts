/** Kill points of each kind of action, as a table. */
import type { Kind } from './kinds.js';
import type { MatrixResult } from './matrix.js';

/** The writes on the way of every change, and both sides of each. */
export const targets: readonly string[] = ['intent', 'spawned', 'exited', 'Verifying', 'verified'].flatMap(
  (phase) => [`before ${phase}`, `after ${phase}`],
);

/** Where the daemon was killed, and how each kind ended after it. */
export function tableOf(kinds: readonly Kind[], results: readonly MatrixResult[]): string {
  const columns = targets.flatMap((target) => results.filter((result) => result.target === target));
  const width = Math.max(...kinds.map(({ name }) => name.length));
  const row = (first: string, cells: readonly string[]): string =>
    [
      first.padEnd(width),
      ...cells.map((cell, index) => cell.padEnd(columns[index]?.target.length ?? 0)),
    ].join('  ');
  const lines = kinds.map((kind) =>
    row(
      kind.name,
      columns.map((result) => cellOf(kind, result)),
    ),
  );
  return [
    row(
      '',
      columns.map(({ target }) => target),
    ),
    ...lines,
  ].join('\n');
}

function cellOf({ name, action }: Kind, { deaths, remediations }: MatrixResult): string {
  if (!deaths.includes(name)) return 'not killed';
  const own = remediations.filter((each) => JSON.stringify(each.action.args) === JSON.stringify(action));
  return own.at(-1)?.state ?? 'nothing';
}
