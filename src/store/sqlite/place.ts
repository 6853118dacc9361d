/** Where the journal lies: for its owner's eyes only, and the same file all the time. */
import { accessSync, chmodSync, closeSync, constants, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../../core/input-error.js';

/** Makes folder (0700) and file (0600) where they are not there yet. @throws InputError */
export function makePlace(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    const { mode } = statSync(file);
    if ((mode & 0o077) !== 0) chmodSync(file, 0o600);
  } catch (error) {
    const { message } = error as Error;
    throw new InputError(`the journal ${file} cannot be made or written: ${message}`);
  }
}

/** The files of a journal in use: removing any of them would part us from everybody else who opens it. */
export class Place {
  private readonly folder: string;
  private readonly files: ReadonlyMap<string, string>;

  constructor(file: string) {
    this.folder = dirname(file);
    const there = [file, `${file}-wal`, `${file}-shm`].map((name) => [name, identity(name)] as const);
    this.files = new Map(there.filter(([, id]) => id !== undefined).map(([name, id]) => [name, id ?? '']));
  }

  /** Whether every file is still the one that was opened. */
  isSame(): boolean {
    for (const [name, id] of this.files) if (identity(name) !== id) return false;
    return true;
  }

  /** Whether files can be made there: what was opened before can be written for longer. */
  mayWrite(): boolean {
    return attempt(() => {
      accessSync(this.folder, constants.W_OK | constants.X_OK);
      return true;
    }, false);
  }
}

/** Undefined also for what cannot be looked at. */
function identity(file: string): string | undefined {
  const stats = attempt(() => statSync(file, { throwIfNoEntry: false }), undefined);
  return stats === undefined ? undefined : `${stats.dev}:${stats.ino}`;
}

function attempt<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
