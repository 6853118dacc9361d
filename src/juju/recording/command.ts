import { branch, isBranch, text, textOr } from '../status/json.js';
import type { CliRecord } from './answers.js';

/** A call of `juju` by what it asks, whatever the order and the spelling of its arguments. */
export interface Command {
  readonly name: string;
  readonly controller: string | undefined;
  readonly model: ModelName | undefined;
  /** Arguments that are no flags. */
  readonly words: readonly string[];
  readonly format: string;
  /** `--all`: other things are listed, too. */
  readonly all: boolean;
}

export interface ModelName {
  readonly owner: string;
  readonly name: string;
}

/** Flags that take a value. */
const valued = new Set(['-m', '--model', '-c', '--controller', '--format', '-o', '--output', '--limit']);

/** @param argv without the program */
export function commandOf([name = '', ...rest]: readonly string[]): Command {
  const flags = new Map<string, string>();
  const words: string[] = [];
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    const [flag = '', value] = word.startsWith('--') ? word.split('=', 2) : [word];
    if (!word.startsWith('-')) words.push(word);
    else if (value !== undefined) flags.set(flag, value);
    else flags.set(flag, valued.has(flag) ? (rest[(at += 1)] ?? '') : '');
  }
  return aimed(name, flags, words);
}

function aimed(name: string, flags: ReadonlyMap<string, string>, words: readonly string[]): Command {
  // Some commands take the model or the controller as a word of its own.
  const [first, ...others] = words;
  const [target, rest] = name === 'show-model' ? [first, others] : [flagIn(flags, '-m', '--model'), words];
  const [controller, model] = target === undefined ? [] : splitModel(target);
  const common = { name, model, format: flags.get('--format') ?? '', all: flags.has('--all') };
  if (name === 'show-controller') return { ...common, controller: first, words: others };
  return { ...common, controller: flagIn(flags, '-c', '--controller') ?? controller, words: rest };
}

function flagIn(flags: ReadonlyMap<string, string>, short: string, long: string): string | undefined {
  return flags.get(short) ?? flags.get(long);
}

function splitModel(target: string): readonly [string | undefined, ModelName] {
  const colon = target.indexOf(':');
  const full = target.slice(colon + 1);
  const slash = full.indexOf('/');
  const model = { owner: full.slice(0, Math.max(0, slash)), name: full.slice(slash + 1) };
  return [colon < 0 ? undefined : target.slice(0, colon), model];
}

/**
 * What a recorded call asked. One that was made without naming its model asked about the current one, which some
 * answers tell themselves.
 */
export function recordedCommand({ argv, stdout }: CliRecord): Command {
  const command = commandOf(argv.slice(1));
  if (command.model !== undefined || command.format !== 'json') return command;
  const told = toldBy(command.name, jsonOr(stdout));
  if (told === undefined) return command;
  return { ...command, model: told.model, controller: command.controller ?? told.controller };
}

/** The model that an answer itself is of, and its controller where the answer tells that too. */
function toldBy(
  command: string,
  answer: unknown,
): { readonly model: ModelName; readonly controller: string | undefined } | undefined {
  if (command === 'status') {
    const { name, controller } = branch(branch(answer)['model']);
    return text(name) === '' ? undefined : placeOf('', text(name), controller);
  }
  const [shown] = command === 'show-model' ? Object.keys(branch(answer)) : [];
  if (shown === undefined) return undefined;
  const { name, 'controller-name': controller } = branch(branch(answer)[shown]);
  return placeOf(ownerIn(name), shown.slice(shown.indexOf('/') + 1), controller);
}

function placeOf(
  owner: string,
  name: string,
  controller: unknown,
): { readonly model: ModelName; readonly controller: string | undefined } {
  return { model: { owner, name }, controller: textOr(controller) };
}

function ownerIn(full: unknown): string {
  const name = text(full);
  return name.slice(0, Math.max(0, name.indexOf('/')));
}

function jsonOr(stdout: string): unknown {
  try {
    const value: unknown = JSON.parse(stdout);
    return isBranch(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a recorded call answers one that is made now. What was recorded without naming a place fits any. */
export function answers(recorded: Command, asked: Command): boolean {
  return (
    recorded.name === asked.name &&
    recorded.format === asked.format &&
    (asked.all || !recorded.all) &&
    isSame(recorded.controller, asked.controller) &&
    isSameModel(recorded.model, asked.model) &&
    [...recorded.words].sort().join(' ') === [...asked.words].sort().join(' ')
  );
}

function isSame(recorded: string | undefined, asked: string | undefined): boolean {
  return recorded === undefined || asked === undefined || recorded === asked;
}

function isSameModel(recorded: ModelName | undefined, asked: ModelName | undefined): boolean {
  if (recorded === undefined || asked === undefined) return true;
  return recorded.name === asked.name && isSame(recorded.owner || undefined, asked.owner || undefined);
}
