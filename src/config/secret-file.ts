import { InputError } from '../core/input-error.js';
import { readTextFile, refuseReadableByOthers } from './read-file.js';

/** The one line of a file that only its owner may read. @throws InputError that never quotes the content. */
export function secretIn(file: string): string {
  const read = readTextFile(file);
  refuseReadableByOthers(file, read);
  const text = read.content.trim();
  if (text === '' || text.includes('\n'))
    throw new InputError(`${file}: one line is expected: write nothing but the secret into it`);
  return text;
}
