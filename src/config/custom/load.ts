/** Folders of custom controls: one YAML file each, with the cases of `NAME.yaml` in `NAME.test.yaml`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { CustomCheck, CustomControl, Placed } from '../../core/custom/document.js';
import { InputError } from '../../core/input-error.js';
import { mistakesOf, type Mistake } from '../mistakes.js';
import { readTextFile } from '../read-file.js';
import { parseYamlText } from '../yaml-text.js';
import { CustomControlFile } from './schema.js';

/** Files of one folder, at most. */
const mostFiles = 500;

export interface LoadedControls {
  readonly controls: readonly CustomControl[];
  readonly mistakes: readonly Mistake[];
}

/** The controls in folders, with all that is wrong with their form. @throws InputError for a folder that cannot be read. */
export function loadCustomControls(folders: readonly string[]): LoadedControls {
  const read = folders.flatMap((folder) => controlFiles(folder).map(readControl));
  return {
    controls: read.flatMap(({ control }) => (control === undefined ? [] : [control])),
    mistakes: read.flatMap(({ mistakes }) => mistakes),
  };
}

/** The files with cases in a folder, in the order of their names. @throws InputError */
export function caseFiles(folder: string): readonly string[] {
  return yamlFiles(folder).filter(isCases);
}

function controlFiles(folder: string): readonly string[] {
  const files = yamlFiles(folder).filter((file) => !isCases(file));
  if (files.length === 0) throw new InputError(`${folder} holds no control: write one as NAME.yaml`);
  if (files.length > mostFiles)
    throw new InputError(`${folder} holds more than ${mostFiles} files of YAML: is it the right folder?`);
  return files;
}

function isCases(file: string): boolean {
  return /\.test\.ya?ml$/.test(file);
}

function yamlFiles(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'));
    return names.sort().map((name) => join(folder, name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such folder' : (code ?? String(error));
    throw new InputError(`the folder of controls ${folder} cannot be read: ${why}`);
  }
}

interface ReadControl {
  readonly control?: CustomControl;
  readonly mistakes: readonly Mistake[];
}

function readControl(file: string): ReadControl {
  try {
    const { content } = readTextFile(file);
    const result = CustomControlFile.safeParse(parseYamlText(content, file), { reportInput: true });
    if (result.success) return { control: controlFrom(result.data, file, content), mistakes: [] };
    return { mistakes: mistakesOf(CustomControlFile, result.error.issues).map((line) => `${file}: ${line}`) };
  } catch (error) {
    if (error instanceof InputError) return { mistakes: [error.message] };
    throw error;
  }
}

function controlFrom(given: CustomControlFile, file: string, content: string): CustomControl {
  const { id, title, severity, scope, rationale, manual, references = [], appliesTo = {} } = given;
  const { charms = [], endpoints = [] } = appliesTo;
  const place = placer(file, content);
  const checks = given.checks.map((check, index): CustomCheck => {
    const at = (key: 'when' | 'pass' | 'message', text: string): Placed =>
      place(['checks', index, key], text);
    return {
      ...(check.when === undefined ? {} : { when: at('when', check.when) }),
      pass: at('pass', check.pass),
      reason: check.reason,
      message: at('message', check.message),
    };
  });
  const said = { id, title, severity, scope, rationale, manual, references };
  return { file, ...said, appliesTo: { charms, endpoints }, checks };
}

type CustomControlFile = z.output<typeof CustomControlFile>;

/** Finds the line at which a text begins; that of a block (`|`, `>`) begins below its mark. */
function placer(file: string, content: string): (path: readonly (string | number)[], text: string) => Placed {
  const lineCounter = new LineCounter();
  const document = parseDocument(content, {
    lineCounter,
    logLevel: 'silent',
    prettyErrors: false,
    uniqueKeys: false,
  });
  return (path, text) => {
    const node = document.getIn(path, true);
    const offset = isScalar(node) ? (node.range?.[0] ?? 0) : 0;
    const block = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
    const line = lineCounter.linePos(offset).line + (block ? 1 : 0);
    return { text, file, path: `${String(path[0])}[${String(path[1])}].${String(path[2])}`, line };
  };
}
