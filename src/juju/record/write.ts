import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../../core/input-error.js';
import type { RecordedFile } from './to-files.js';

/** Makes sure that a recording can be written there. @throws InputError when something is there already. */
export function prepareFolder(folder: string): void {
  attempt(folder, () => {
    if (!existsSync(folder)) return;
    if (!statSync(folder).isDirectory()) throw new InputError(`${folder} is a file: name a new folder`);
    if (readdirSync(folder).length > 0)
      throw new InputError(
        `${folder} is not empty: name a new folder, for a recording is one look at one time`,
      );
  });
}

/** Writes beside the folder first, so that there is a whole recording or none. @throws InputError */
export function writeFolder(folder: string, files: readonly RecordedFile[]): void {
  const place = resolve(folder);
  const draft = `${place}.partial-${process.pid}`;
  attempt(folder, () => {
    try {
      for (const { path, content } of files) {
        const file = join(draft, path);
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`, { mode: 0o600 });
      }
      // An empty folder may be in the place.
      renameSync(draft, place);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  });
}

function attempt(folder: string, task: () => void): void {
  try {
    task();
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'EACCES' ? 'permission denied' : message;
    throw new InputError(`${folder} cannot be written: ${why}`);
  }
}
