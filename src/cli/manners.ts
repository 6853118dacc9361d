import { InvalidArgumentError, type Command, type Option } from 'commander';
import type { Io } from './io.js';
import { cleanLines } from './render/text.js';

/** Gives a command and all below it the same way of complaining: one sentence, harmless on a terminal, and where to read on. */
export function withManners(command: Command, io: Io): void {
  command
    .exitOverride()
    .showHelpAfterError(`(${pathOf(command)} --help tells more)`)
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      outputError: (text, write) => {
        write(cleanLines(text.replace(/^error: /, 'holdfast: ')));
      },
      getOutHelpWidth: () => Math.min(io.columns ?? 80, 100),
      getErrHelpWidth: () => 80,
    });
  const flags = new Set(command.options.flatMap(({ long }) => (long == null ? [] : [long])));
  for (const option of command.options)
    if (takesText(option)) option.argParser(textParser(option.name(), flags));
  for (const below of command.commands) withManners(below, io);
}

/** `holdfast policy check`. */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** A file, a folder or an address: whatever is checked by nobody else. */
function takesText({ required, variadic, parseArg, argChoices }: Option): boolean {
  return required && !variadic && parseArg === undefined && argChoices === undefined;
}

/** A value that is one of the command's own options was forgotten rather than meant. */
function textParser(name: string, flags: ReadonlySet<string>): (value: string) => string {
  return (value) => {
    if (value.trim() === '') throw new InvalidArgumentError('It is empty.');
    if (flags.has(value))
      throw new InvalidArgumentError(`It is an option, and the value of --${name} is missing.`);
    return value;
  };
}
