import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Dict, dictOf, newDict } from '../core/dict.js';
import { InputError } from '../core/input-error.js';
import type { Knowledge, KnowledgeTables } from '../core/knowledge.js';
import { parseJson } from './json-text.js';
import { parseStrictly } from './mistakes.js';
import { readTextFile } from './read-file.js';
import { KnowledgeDocument, tablesByName, tablesByTrack } from './schemas/knowledge.js';

type Table = keyof KnowledgeTables;
export type KnowledgeFile = Partial<KnowledgeTables> & { readonly date?: string };

const shipped = fileURLToPath(new URL('../guides/data', import.meta.url));
const tables = Object.keys({ ...tablesByName, ...tablesByTrack }) as readonly Table[];

/**
 * The shipped knowledge, with that of a folder or file laid over it entry by entry when one is named. A folder holds JSON
 * files, each with any of the tables; among the files of a folder, the later by name wins.
 * @throws InputError with all mistakes of the file that is wrong, or when there is none.
 */
export function loadKnowledge(overlay?: string): Knowledge {
  return knowledgeFiles(overlay)
    .map(({ content }) => content)
    .reduce(overlaid, nothingKnown);
}

/** A file of knowledge, and whether it came with Holdfast. */
export interface LoadedFile {
  readonly file: string;
  readonly shipped: boolean;
  readonly content: KnowledgeFile;
}

/** The files of which the knowledge is made, the later ones over the earlier. @throws InputError as `loadKnowledge` */
export function knowledgeFiles(overlay?: string): readonly LoadedFile[] {
  const own = filesOf(shipped).map((file) => ({ file, shipped: true, content: readShipped(file) }));
  const laid = overlay === undefined ? [] : filesOf(overlay);
  return [...own, ...laid.map((file) => ({ file, shipped: false, content: readKnowledge(file) }))];
}

const nothingKnown = {
  ...Object.fromEntries(tables.map((table) => [table, newDict()])),
  dates: Object.fromEntries(tables.map((table) => [table, '1970-01-01'])),
} as unknown as Knowledge;

function filesOf(folder: string): string[] {
  if (isFile(folder)) return [folder];
  const names = namesIn(folder).filter((name) => name.endsWith('.json'));
  if (names.length === 0)
    throw new InputError(`${folder} holds no .json file with knowledge: "holdfast data fetch" writes one`);
  return names.sort().map((name) => join(folder, name));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(
      `${folder} cannot be read: ${code === 'ENOENT' ? 'there is no such folder; check its path' : message}`,
    );
  }
}

/** What came with Holdfast is held to its schema by tests: doing so in every command would take a part of its start. */
function readShipped(file: string): KnowledgeFile {
  return parseJson(readTextFile(file).content, file, withoutPrototype) as KnowledgeFile;
}

/** Names from outside are looked up in it, `constructor` among them. */
function withoutPrototype(_: string, value: unknown): unknown {
  const isTable = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isTable ? Object.assign(newDict<unknown>(), value) : value;
}

function readKnowledge(file: string): KnowledgeFile {
  return parseStrictly(KnowledgeDocument, parseJson(readTextFile(file).content, file), file) as KnowledgeFile;
}

function overlaid(base: Knowledge, file: KnowledgeFile): Knowledge {
  const given = tables.filter((table) => file[table] !== undefined);
  const merged = given.map((table) => [table, mergedTable(table, base[table], file[table] ?? {})]);
  const { date } = file;
  const dates = date === undefined ? [] : given.map((table) => [table, date]);
  return {
    ...base,
    ...(Object.fromEntries(merged) as Partial<KnowledgeTables>),
    dates: { ...base.dates, ...(Object.fromEntries(dates) as Partial<Knowledge['dates']>) },
  };
}

function mergedTable(table: Table, before: Dict<unknown>, after: Dict<unknown>): Dict<unknown> {
  if (!(table in tablesByTrack)) return merge(before, after);
  const tracks = Object.entries(after) as [string, Dict<unknown>][];
  const own = tracks.map(([name, entries]) => [name, merge((before[name] ?? {}) as Dict<unknown>, entries)]);
  return merge(before, dictOf(own as [string, Dict<unknown>][]));
}

function merge(before: Dict<unknown>, after: Dict<unknown>): Dict<unknown> {
  return dictOf([...Object.entries(before), ...Object.entries(after)]);
}
