import type { Command } from 'commander';
import { everyCommand, newProgram } from '../../src/cli/program.js';
import { readEnvironment } from '../../src/config/environment.js';
import { guides } from '../../src/guides/index.js';

/** The whole program, of which no command does anything but read its line. */
export async function idleProgram(err: (text: string) => void): Promise<Command> {
  const io = {
    out: () => undefined,
    err,
    color: false,
    interactive: false,
    readInput: () => Promise.resolve(''),
    ask: () => Promise.resolve(''),
  };
  const program = newProgram(
    await everyCommand(),
    {
      io,
      environment: readEnvironment({}),
      version: '',
      now: () => 0,
      // Commands that have others below them look before they act.
      guides: () => Promise.resolve(guides),
      roads: {},
    },
    () => undefined,
  );
  runNothing(program);
  return program;
}

/** What the program says to a command line that it does not understand; nothing is run. */
export async function refusalOf(words: readonly string[]): Promise<string> {
  let said = '';
  const program = await idleProgram((text) => {
    said += text;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return '';
  } catch (error) {
    const { code } = error as { readonly code?: string };
    return code === 'commander.helpDisplayed' ? '' : said || String(error);
  }
}

/** The program itself does nothing; what has commands below it may do something of its own all the same. */
function runNothing(program: Command): void {
  for (const command of program.commands) {
    command.action(() => undefined);
    runNothing(command);
  }
}
