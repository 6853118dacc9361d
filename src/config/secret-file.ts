import { InputError } from '../core/input-error.js';
import { readTextFile } from './read-file.js';

/** The one line of a file that only its owner may read. @throws InputError that never quotes the content. */
export function secretIn(file: string): string {
  const { content, mode } = readTextFile(file);
  if ((mode & 0o077) !== 0)
    throw new InputError(`${file} may be read by others (mode ${mode.toString(8)}): chmod 600 it`);
  const text = content.trim();
  if (text === '' || text.includes('\n')) throw new InputError(`${file}: one line is expected`);
  return text;
}
