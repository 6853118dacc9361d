import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../core/input-error.js';
import { recordIn, type ApiRecord, type CliRecord } from './answers.js';

/** All answers in a folder. */
export interface Recording {
  readonly folder: string;
  readonly api: readonly ApiRecord[];
  readonly cli: readonly CliRecord[];
  /** When the last question was asked; without any such time, when the newest file was written. Ms since the epoch. */
  readonly at: number;
}

/** The largest file and the most files of a recording that are read. */
const largest = 64 * 1024 * 1024;
const most = 20_000;

/**
 * Reads the answers of a folder: the JSON files in it, in its `cli` and in its `ws`. Which call a file answers is told
 * by its contents, never by its name.
 * @throws InputError when it is no folder, holds no answers, or one of its files cannot be read.
 */
export function loadRecording(folder: string): Recording {
  const files = filesOf(folder);
  const api: ApiRecord[] = [];
  const cli: CliRecord[] = [];
  let modified = 0;
  for (const file of files) {
    const { content, written } = textOf(file);
    const record = recordIn(content, file);
    if (record === undefined) continue;
    if ('api' in record) api.push(record.api);
    else cli.push(record.cli);
    modified = Math.max(modified, written);
  }
  if (api.length + cli.length > 0) return { folder, api, cli, at: lastOf([...api, ...cli]) ?? modified };
  throw new InputError(
    `${folder} holds no recorded answers of Juju: it needs cli/*.json (argv, exit, stdout, stderr) or ws/*.json (request, response); "holdfast snapshot --juju --raw DIR" writes both forms`,
  );
}

function lastOf(records: readonly { readonly at?: number }[]): number | undefined {
  const times = records.flatMap(({ at }) => (at === undefined ? [] : [at]));
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b));
}

function filesOf(folder: string): readonly string[] {
  const parts = [folder, join(folder, 'cli'), join(folder, 'ws')];
  const files = parts.flatMap((part) => (part === folder || existsSync(part) ? jsonFilesIn(part) : []));
  if (files.length <= most) return files;
  throw new InputError(`${folder} holds more than ${most} files: is it the right folder?`);
}

function jsonFilesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    throw new InputError(`${folder} ${whyNoFolder(error)}`);
  }
}

function whyNoFolder(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'cannot be read: there is no such folder; check its path';
  if (code === 'ENOTDIR') return 'is a file, and a recording is a folder: name the folder that it lies in';
  return `cannot be read: ${code === 'EACCES' ? 'permission denied; let this user read it' : message}`;
}

function textOf(file: string): { readonly content: string; readonly written: number } {
  try {
    const { size, mtimeMs } = statSync(file);
    if (size > largest)
      throw new InputError(
        `${file} is larger than ${largest / 1024 / 1024} MiB: is it a recorded answer? Take it out of the folder`,
      );
    return { content: readFileSync(file, 'utf8'), written: mtimeMs };
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(`${file} cannot be read: ${reasonOf(code) ?? message}`);
  }
}

function reasonOf(code: string | undefined): string | undefined {
  if (code === 'EISDIR') return 'it is a folder; take it out of the recording';
  return code === 'EACCES' ? 'permission denied; let this user read it' : undefined;
}
