/** The score of each folder, and what no test noticed. */
import type { Mutant } from './instrument.js';
import { kept, type Kept } from './kept.js';
import type { Verdict } from './lane.js';

export interface Judged extends Mutant {
  readonly verdict: Verdict['verdict'] | 'kept';
  readonly by: string;
}

export interface Row {
  readonly folder: string;
  readonly mutants: number;
  readonly noticed: number;
  readonly kept: number;
  readonly left: number;
}

/** What survived although it is known to, is kept. */
export function judged(mutant: Mutant, { verdict, by }: Verdict): Judged {
  const isKept = verdict !== 'killed' && kept.some((one) => isSame(one, mutant));
  return { ...mutant, verdict: isKept ? 'kept' : verdict, by };
}

export function rowsOf(all: readonly Judged[]): readonly Row[] {
  const folders = [...new Set(all.map(folderOf))].toSorted();
  return [
    ...folders.map((folder) =>
      rowOf(
        folder,
        all.filter((one) => folderOf(one) === folder),
      ),
    ),
    rowOf('all', all),
  ];
}

function rowOf(folder: string, all: readonly Judged[]): Row {
  const count = (verdict: Judged['verdict']): number => all.filter((one) => one.verdict === verdict).length;
  return {
    folder,
    mutants: all.length,
    noticed: count('killed'),
    kept: count('kept'),
    left: count('survived') + count('unreached'),
  };
}

/** The report as Markdown. */
export function asMarkdown(all: readonly Judged[]): string {
  const table = rowsOf(all).map(
    ({ folder, mutants, noticed, kept: known, left }) =>
      `| ${folder} | ${mutants} | ${noticed} | ${known} | ${left} | ${share(noticed, mutants - known)} |`,
  );
  const left = all.filter(({ verdict }) => verdict === 'survived' || verdict === 'unreached');
  const unneeded = all.filter((one) => one.verdict === 'killed' && kept.some((known) => isSame(known, one)));
  return [
    '| folder | mutants | noticed | kept | left | score |',
    '|---|---|---|---|---|---|',
    ...table,
    '',
    ...left.map(line),
    ...unneeded.map((one) => `${line(one)}: is noticed, and need not be kept`),
    '',
  ].join('\n');
}

function line({ file, line: at, was, became, verdict }: Judged): string {
  const reached = verdict === 'unreached' ? ' (no test comes here)' : '';
  return `- ${file}:${at} \`${shortly(was)}\` became \`${shortly(became === '' ? 'nothing' : became)}\`${reached}`;
}

function shortly(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ');
  return flat.length > 100 ? `${flat.slice(0, 100)}…` : flat;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
}

function isSame(one: Kept, mutant: Mutant): boolean {
  return (
    one.file === mutant.file &&
    one.source === mutant.source &&
    one.was === mutant.was &&
    one.became === mutant.became
  );
}

/** `src/core/rails` of `src/core/rails/window.ts`; what stands in core itself is `src/core`. */
function folderOf({ file }: Mutant): string {
  const parts = file.split('/');
  return parts.slice(0, parts.length > 3 ? 3 : 2).join('/');
}
