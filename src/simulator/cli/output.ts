import { stringify } from 'yaml';
import { CliError } from './cli-error.js';
import type { Context } from './context.js';

export type Format =
  'json' | 'yaml' | 'tabular' | 'plain' | 'summary' | 'oneline' | 'line' | 'short' | 'smart';

/** The format asked for, else the command's own. */
export function formatOf({ parsed }: Pick<Context, 'parsed'>, known: readonly Format[]): Format {
  const asked = parsed.options['format'];
  const own = known[0] ?? 'tabular';
  if (asked === undefined) return own;
  const format = known.find((each) => each === asked);
  if (format !== undefined) return format;
  throw new CliError(`invalid value "${asked}" for option --format: unknown format "${asked}"`, 2);
}

/** Writes a value as one line of JSON with HTML's characters escaped, as Go writes it, or as YAML. */
export function write(context: Context, format: Format, value: unknown): void {
  context.out(format === 'json' ? `${goJson(value)}\n` : stringify(value));
}

export function goJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026');
}

/** Left-aligned columns two spaces apart. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  const lines = rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
