/** What a unit would print, by what lies on it: for units that are simulated. */
import type { Look } from '../../core/ports/workload-reader.js';
import { extract } from './extract/extract.js';
import { inquiries, looksOf } from './inquiries.js';
import { scriptOf } from './script.js';

/** A file or folder, as far as looks see it. */
interface DiskFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
  readonly owner: string;
  readonly group: string;
}

export interface Disk {
  readonly files: readonly DiskFile[];
  readonly programs: Readonly<Record<string, string>>;
}

let known: ReadonlyMap<string, readonly Look[]> | undefined;

/** Answers the commands that Holdfast itself runs on units, and no others. */
export function printedBy(
  disk: Disk,
  command: string,
): { readonly code: number; readonly stdout: string } | undefined {
  known ??= new Map(inquiries.map((inquiry) => [scriptOf(looksOf(inquiry)), looksOf(inquiry)]));
  const looks = known.get(command);
  if (looks === undefined) return undefined;
  const parts = looks.map((look, index) => `== ${index}\n${marked(answerTo(look, disk))}`);
  return { code: 0, stdout: parts.join('') };
}

function marked(text: string): string {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => `|${line}\n`)
    .join('');
}

function answerTo(look: Look, { files, programs }: Disk): string {
  const at = (path: string): DiskFile | undefined => files.find((file) => file.path === path);
  switch (look.kind) {
    case 'keys': {
      if (look.each === true)
        return eachOf(
          look,
          look.paths.flatMap((path) => at(path) ?? []),
        );
      const found = look.paths.map(at);
      if (found[0] === undefined) return '?absent\n';
      return `${extract(look.format, found.map((file) => `${file?.text ?? ''}\n`).join(''), look.keys)}?0\n`;
    }
    case 'stat':
      return `${look.paths.map((path) => standing(at(path))).join('')}?0\n`;
    case 'certificates':
      return `${look.paths.map((path) => certificates(at(path))).join('')}?0\n`;
    case 'program': {
      const text = programs[look.program];
      return text === undefined ? '?127\n' : `${text.endsWith('\n') ? text : `${text}\n`}?0\n`;
    }
  }
}

function eachOf({ format, keys }: Extract<Look, { kind: 'keys' }>, files: readonly DiskFile[]): string {
  if (files.length === 0) return '?absent\n';
  return `${files.map(({ path, text }) => `#${path}\n${extract(format, text, keys)}`).join('')}?0\n`;
}

function standing(file: DiskFile | undefined): string {
  if (file === undefined) return '';
  return `${file.mode.toString(8)} ${file.owner} ${file.group} ${file.path}\n`;
}

function certificates(file: DiskFile | undefined): string {
  const blocks = file?.text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return file === undefined || blocks.length === 0 ? '' : `#${file.path}\n${blocks.join('\n')}\n`;
}
