import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { type Dict, dictOf } from '../core/dict.js';
import type { Knowledge } from '../core/knowledge.js';
import { parseJson } from './json-text.js';
import { parseStrictly } from './mistakes.js';
import { readTextFile } from './read-file.js';
import { KnowledgeDocument, KnowledgeOverlay, knowledgeTables } from './schemas/knowledge.js';

const shipped = fileURLToPath(new URL('../../data/knowledge.json', import.meta.url));

/**
 * The shipped knowledge, with `knowledge.json` of a folder laid over it entry by entry when one is named.
 * @throws InputError with all mistakes of the file that is wrong.
 */
export function loadKnowledge(folder?: string): Knowledge {
  const base = parseStrictly(KnowledgeDocument, readJson(shipped), shipped) as Knowledge;
  if (folder === undefined) return base;
  const file = join(folder, 'knowledge.json');
  return overlaid(base, parseStrictly(KnowledgeOverlay, readJson(file), file) as Partial<Knowledge>);
}

function readJson(file: string): unknown {
  return parseJson(readTextFile(file).content, file);
}

function overlaid(base: Knowledge, overlay: Partial<Knowledge>): Knowledge {
  const tables = Object.keys(knowledgeTables) as (keyof typeof knowledgeTables)[];
  const merged = tables.map((table) => [table, mergedTable(table, base, overlay)]);
  return { ...base, ...(Object.fromEntries(merged) as Partial<Knowledge>), date: overlay.date ?? base.date };
}

function mergedTable(
  table: keyof typeof knowledgeTables,
  base: Knowledge,
  overlay: Partial<Knowledge>,
): Dict<unknown> {
  const before: Dict<unknown> = base[table];
  const after: Dict<unknown> = overlay[table] ?? {};
  if (table !== 'workloadFloors') return merge(before, after);
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return dictOf(
    [...names].map((name) => [
      name,
      merge((before[name] ?? {}) as Dict<unknown>, (after[name] ?? {}) as Dict<unknown>),
    ]),
  );
}

function merge(before: Dict<unknown>, after: Dict<unknown>): Dict<unknown> {
  return dictOf([...Object.entries(before), ...Object.entries(after)]);
}
