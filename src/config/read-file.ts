import { readFileSync, statSync } from 'node:fs';
import { InputError } from '../core/input-error.js';
import { refuseNoText } from './no-text.js';

/** The largest file that is read, in bytes. */
const limit = 256 * 1024 * 1024;

export interface TextFile {
  readonly content: string;
  /** When the file was last written, ms since the epoch. */
  readonly modified: number;
  /** Permission bits, as in 0o600. */
  readonly mode: number;
}

/** Reads a text file that a person named. @throws InputError that says what is wrong with it. */
export function readTextFile(file: string): TextFile {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) throw new InputError(`${file} is a folder, not a file: name a file in it`);
    if (stat.isCharacterDevice() || stat.isBlockDevice())
      throw new InputError(`${file} is a device, not a file`);
    if (stat.size > limit)
      throw new InputError(`${file} is larger than ${limit / 1024 / 1024} MiB: is it the right file?`);
    const bytes = readFileSync(file);
    refuseNoText(bytes, file);
    return { content: bytes.toString('utf8'), modified: stat.mtimeMs, mode: stat.mode & 0o777 };
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(`${file} cannot be read: ${reason(error)}`);
  }
}

function reason(error: unknown): string {
  const { code, message } = error as Partial<NodeJS.ErrnoException>;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'permission denied';
  return message ?? String(error);
}
