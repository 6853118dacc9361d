/** One program at a time may change an estate from one state directory. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../core/input-error.js';

/**
 * Takes the state directory, making it where it is missing; the function returned gives it back.
 * @throws InputError when another Holdfast that still runs has it, or nothing can be written there.
 */
export function takeStateDirectory(folder: string): () => void {
  const file = join(folder, 'holdfast.pid');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    takeAnew(folder, file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw unusable(folder, error);
  }
  return () => {
    rmSync(file, { force: true });
  };
}

function takeAnew(folder: string, file: string): void {
  if (take(file)) return;
  const holder = holderOf(file);
  if (holder !== undefined) throw inUse(folder, `process ${holder}`);
  rmSync(file, { force: true });
  if (!take(file)) throw inUse(folder, 'it was quicker');
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it cannot be made there',
  EROFS: 'nothing can be written there',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENOTDIR: 'what should be a folder is a file',
  EEXIST: 'what should be a folder is a file',
};

function unusable(folder: string, error: unknown): InputError {
  const { code, message } = error as Partial<NodeJS.ErrnoException>;
  const why = reasons[code ?? ''] ?? message ?? String(error);
  return new InputError(
    `the state directory ${folder} cannot be used: ${why}. Name another one (HOLDFAST_STATE_DIR, --state-dir)`,
  );
}

/** Whether the file was not there, and now is ours. */
function take(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid}\n`, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') return false;
    throw error;
  }
}

function inUse(folder: string, who: string): InputError {
  return new InputError(
    `${folder} is in use by another holdfast (${who}): approve, pause or clear there, or end it first`,
  );
}

/** The process that has it and still runs; what a crash left behind counts for nothing. */
function holderOf(file: string): number | undefined {
  let pid: number;
  try {
    pid = Number(readFileSync(file, 'utf8').trim());
  } catch {
    return undefined;
  }
  return pid !== process.pid && Number.isInteger(pid) && pid > 0 && runs(pid) ? pid : undefined;
}

/** Process ids are given anew: it is another Holdfast only if it was started as one. */
function runs(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('holdfast');
  } catch {
    return false;
  }
}
