import type { Command, Option } from 'commander';

/** What may be typed after a command. */
export interface CommandWords {
  /** The command below the program: `''` for itself, `policy check`. */
  readonly path: string;
  readonly description: string;
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly OptionWords[];
  readonly argument: 'nothing' | 'choice' | 'file';
  /** What its argument may be, when it is chosen among some. */
  readonly choices: readonly string[];
}

/** What may be named where a value is called so: `control` to the ids of the controls. */
export type Names = Readonly<Record<string, readonly string[]>>;

export interface OptionWords {
  /** With its dashes: `--format`. */
  readonly flag: string;
  readonly description: string;
  readonly takes: 'nothing' | 'choice' | 'file' | 'folder' | 'text';
  readonly choices: readonly string[];
}

/** The program and every command below it, in the order of the help. */
export function wordsOf(command: Command, names: Names, path = ''): readonly CommandWords[] {
  const below = command.commands;
  const own: CommandWords = {
    path,
    description: command.description(),
    subcommands: below.map((sub) => ({ name: sub.name(), description: sub.description() })),
    options: [...command.options.map((option) => optionWords(option, names)), help],
    ...argumentWords(command, names),
  };
  return [own, ...below.flatMap((sub) => wordsOf(sub, names, `${path} ${sub.name()}`.trim()))];
}

function argumentWords(
  { registeredArguments }: Command,
  names: Names,
): Pick<CommandWords, 'argument' | 'choices'> {
  const [first] = registeredArguments;
  if (first === undefined) return { argument: 'nothing', choices: [] };
  const choices = first.argChoices ?? names[first.name()];
  return choices === undefined ? { argument: 'file', choices: [] } : { argument: 'choice', choices };
}

const help: OptionWords = { flag: '--help', description: 'show help', takes: 'nothing', choices: [] };

function optionWords(option: Option, names: Names): OptionWords {
  const choices = option.argChoices ?? names[option.name()];
  return {
    flag: option.long ?? option.short ?? '',
    description: option.description,
    takes: choices === undefined ? takes(option) : 'choice',
    choices: choices ?? [],
  };
}

function takes({ flags }: Option): OptionWords['takes'] {
  const value = /[<[]([\w:-]+)/.exec(flags)?.[1];
  if (value === undefined) return 'nothing';
  if (value === 'file') return 'file';
  return value === 'dir' ? 'folder' : 'text';
}
