/** SQLite's errors in words. */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Trouble } from '../sql/engine.js';

/** Primary result codes: https://sqlite.org/rescode.html */
const codes = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  inputOutput: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  noDatabase: 26,
} as const;

/** Extended codes: a file that was moved or removed while it was open, and one that ends before its pages do. */
const moved = 1032;
const shortRead = 522;

/** Undefined for what is no trouble of the file, such as a broken constraint. */
export function troubleOf(error: unknown, file: string): Trouble | undefined {
  const { errcode } = error as { errcode?: unknown };
  if (typeof errcode !== 'number') return undefined;
  switch (errcode & 0xff) {
    case codes.full:
      return full(file);
    case codes.busy:
    case codes.locked:
      return lost(`another process keeps the journal ${file} locked`);
    case codes.readOnly:
      return errcode === moved ? replaced(file) : lost(`the journal ${file} is read-only`);
    case codes.inputOutput:
      return inputOutput(errcode, file, detail(error));
    case codes.cannotOpen:
      return isFull(file) ? full(file) : lost(`the journal ${file} cannot be opened`);
    case codes.corrupt:
    case codes.noDatabase:
      return damaged(file, detail(error));
    default:
      return undefined;
  }
}

function inputOutput(errcode: number, file: string, what: string): Trouble {
  if (errcode === shortRead) return damaged(file, 'its end is missing');
  return isFull(file) ? full(file) : lost(`the disk under the journal ${file} fails: ${what}`);
}

export function damaged(file: string, what: string): Trouble {
  const reason =
    `the journal ${file} is damaged (${what}) and was left as it is. ` +
    'Stop holdfast, keep the file with its -wal and -shm files elsewhere, and put a backup in its place or nothing. ' +
    'A new journal knows no approvals, quarantines, pauses and changes under way';
  return { state: 'corrupt', reason };
}

export function replaced(file: string): Trouble {
  return lost(
    `the journal ${file} was removed or replaced while it was in use: put it back, or start holdfast again`,
  );
}

/** The folder takes no more files. */
export function shut(file: string): Trouble {
  const folder = dirname(file);
  return lost(
    `nothing can be written in ${folder}, where the journal is: let this user write there again (chmod u+rwx ${folder}), or mount its file system for writing`,
  );
}

function full(file: string): Trouble {
  return { state: 'full', reason: `the disk of the journal ${file} is full: make room` };
}

function lost(reason: string): Trouble {
  return { state: 'lost', reason };
}

function isFull(file: string): boolean {
  try {
    return statfsSync(dirname(file)).bavail === 0;
  } catch {
    return false;
  }
}

function detail(error: unknown): string {
  return (error as { message?: string }).message ?? String(error);
}
