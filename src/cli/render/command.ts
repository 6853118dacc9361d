import { quoted } from '../../core/action/argv.js';
import { clean, width } from './text.js';

/**
 * A command line as a person would type it, broken between arguments with backslashes so that it can still be copied.
 * Arguments with anything but plain characters are quoted for a POSIX shell.
 */
export function commandLines(argv: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const argument of argv.map((one) => quoted(clean(one)))) {
    const longer = line === '' ? argument : `${line} ${argument}`;
    if (line !== '' && width(longer) > columns - 2) {
      lines.push(`${line} \\`);
      line = `  ${argument}`;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
