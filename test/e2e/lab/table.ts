import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Row {
  readonly trouble: string;
  /** Seconds, and from when they count. */
  readonly seconds: number;
  readonly since: string;
  /** Changes made while the trouble lasted. */
  readonly changes: number;
  readonly missed: number;
  /** Lists read anew for it, all resources together. */
  readonly relists: number;
}

/** Leaves the rows as a table in build/e2e, which `make e2e` prints. */
export function writeTable(rows: readonly Row[]): void {
  const cells = rows.map(({ trouble, seconds, since, changes, missed, relists }) => [
    ...[trouble, `${seconds.toFixed(2)} s`, since, `${changes}`, `${missed}`, `${relists}`],
  ]);
  const head = ['trouble', 'recovered', 'counted from', 'changes', 'missed', 'relists'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const lines = [head, ...cells].map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '),
  );
  const file = join(import.meta.dirname, '../../../build/e2e/recovery.txt');
  writeFileSync(file, `${lines.map((line) => line.trimEnd()).join('\n')}\n`);
}
