import type { Command, Option } from 'commander';

/** What may be typed after a command. */
export interface CommandWords {
  /** The command below the program: `''` for itself, `policy check`. */
  readonly path: string;
  readonly description: string;
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly OptionWords[];
  /** What its arguments may be; empty for file names. */
  readonly choices: readonly string[];
}

export interface OptionWords {
  /** With its dashes: `--format`. */
  readonly flag: string;
  readonly description: string;
  readonly takes: 'nothing' | 'choice' | 'file' | 'folder' | 'text';
  readonly choices: readonly string[];
}

/** The program and every command below it, in the order of the help. */
export function wordsOf(command: Command, path = ''): readonly CommandWords[] {
  const below = command.commands;
  const own: CommandWords = {
    path,
    description: command.description(),
    subcommands: below.map((sub) => ({ name: sub.name(), description: sub.description() })),
    options: [...command.options.map(optionWords), help],
    choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
  return [own, ...below.flatMap((sub) => wordsOf(sub, `${path} ${sub.name()}`.trim()))];
}

const help: OptionWords = { flag: '--help', description: 'show help', takes: 'nothing', choices: [] };

function optionWords(option: Option): OptionWords {
  return {
    flag: option.long ?? option.short ?? '',
    description: option.description,
    takes: takes(option),
    choices: option.argChoices ?? [],
  };
}

function takes({ flags, argChoices }: Option): OptionWords['takes'] {
  if (argChoices !== undefined) return 'choice';
  const value = /[<[]([\w:-]+)/.exec(flags)?.[1];
  if (value === undefined) return 'nothing';
  if (value === 'file') return 'file';
  return value === 'dir' ? 'folder' : 'text';
}
