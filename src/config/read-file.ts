import { readFileSync, statSync } from 'node:fs';
import { InputError } from '../core/input-error.js';
import { refuseNoText } from './no-text.js';

const MiB = 1024 * 1024;

/** The largest file that is read, in bytes: an estate of 10 000 applications is smaller. */
const limit = 64 * MiB;

/** The largest text that is read as YAML, in bytes: its parser takes a hundred times the memory and time of JSON's. */
const yamlLimit = 8 * MiB;

export interface TextFile {
  readonly content: string;
  /** When the file was last written, ms since the epoch. */
  readonly modified: number;
  /** Permission bits, as in 0o600. */
  readonly mode: number;
  /** Whose it is, a user id. */
  readonly owner: number;
}

/** Reads a text file that a person named. @throws InputError that says what is wrong with it. */
export function readTextFile(file: string): TextFile {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) throw new InputError(`${file} is a folder, not a file: name a file in it`);
    if (stat.isCharacterDevice() || stat.isBlockDevice())
      throw new InputError(`${file} is a device, not a file: name a file`);
    if (stat.size > limit)
      throw new InputError(`${file} is larger than ${limit / MiB} MiB: is it the right file?`);
    const content = textOf(readFileSync(file), file);
    return { content, modified: stat.mtimeMs, mode: stat.mode & 0o777, owner: stat.uid };
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(`${file} cannot be read: ${reason(error)}`);
  }
}

/**
 * Refuses a file that others may read. One of root's may be shown to a group: Kubernetes (`fsGroup`) and systemd
 * (`LoadCredential=`) hand secrets to programs that are not root in this way; PostgreSQL takes its keys by the same rule.
 * `what` is put between the file and the refusal.
 * @throws InputError that names the mode.
 */
export function refuseReadableByOthers(
  file: string,
  { mode, owner }: Pick<TextFile, 'mode' | 'owner'>,
  what = '',
): void {
  const handedOut = owner === 0 && process.geteuid?.() !== 0;
  if ((mode & (handedOut ? 0o037 : 0o077)) !== 0)
    throw new InputError(`${file} ${what}may be read by others (mode ${mode.toString(8)}): chmod 600 it`);
}

/** The text in what was read from `source`. @throws InputError when it is none, or too long for what it is. */
export function textOf(bytes: Buffer, source: string): string {
  if (bytes.length > limit)
    throw new InputError(`${source} is larger than ${limit / MiB} MiB: is it the right one?`);
  refuseNoText(bytes, source);
  if (bytes.length > yamlLimit && !beginsAsJson(bytes))
    throw new InputError(
      `${source} is not JSON, and larger than the ${yamlLimit / MiB} MiB that are read of anything else: save it as JSON`,
    );
  return bytes.toString('utf8');
}

function beginsAsJson(bytes: Buffer): boolean {
  return /^\ufeff?\s*[[{]/.test(bytes.toString('utf8', 0, 1024));
}

function reason(error: unknown): string {
  const { code, message } = error as Partial<NodeJS.ErrnoException>;
  if (code === 'ENOENT') return 'there is no such file; check its path';
  if (code === 'EACCES') return 'permission denied; let this user read it';
  if (code === 'ENOTDIR') return 'what should be its folder is a file; check its path';
  return message ?? String(error);
}
