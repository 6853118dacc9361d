import { InputError } from '../core/input-error.js';
import type { Io } from './io.js';
import type { OutputOptions } from './options.js';
import { clean } from './render/text.js';
import { writeWhole } from './write-whole.js';

/** Writes a result where the options say. @throws InputError when the file cannot be written. */
export function emit(text: string, options: Pick<OutputOptions, 'output'>, io: Io): void {
  if (options.output === undefined || options.output === '-') {
    io.out(text);
    return;
  }
  try {
    writeWhole(options.output, text);
  } catch (error) {
    throw new InputError(`${options.output} cannot be written: ${whyNot(error)}`);
  }
  io.err(`wrote ${clean(options.output)}\n`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder; make it first',
  ENOTDIR: 'what should be its folder is a file; name another one',
  EISDIR: 'it is a folder; name a file in it',
  EACCES: 'permission denied; name a file that this user may write',
  EPERM: 'permission denied; name a file that this user may write',
  EROFS: 'nothing can be written there; name a file elsewhere',
  ENOSPC: 'the disk is full; name a file elsewhere',
  EDQUOT: 'the disk has no room left for you (quota); name a file elsewhere',
  EFBIG: 'it is larger than a file may be here (ulimit -f)',
};

function whyNot(error: unknown): string {
  const { code, message } = error as Partial<NodeJS.ErrnoException>;
  return reasons[code ?? ''] ?? message ?? String(error);
}

/** JSON for programs and terminals alike: what a terminal would obey is escaped. */
export function jsonText(value: unknown): string {
  return `${escaped(JSON.stringify(value, null, 2))}\n`;
}

/** The same on one line, for what only programs read. */
export function compactText(value: unknown): string {
  return `${escaped(JSON.stringify(value))}\n`;
}

/** JSON's text with every character that a terminal would obey as an escape. */
export function escaped(json: string): string {
  const escape = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return json.replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, escape);
}

/** Several documents as one, told by its kind as every document of ours. */
export function listDocument(
  kind: 'PlanList' | 'RemediationList' | 'ControlList' | 'QuarantineList' | 'PauseList',
  items: readonly unknown[],
): object {
  return { kind, version: 'v1', items };
}
