import { Argument, Command } from 'commander';
import { emit } from '../emit.js';
import { exitCodes } from '../exit-codes.js';
import type { Finish } from '../finish.js';
import type { Services } from '../services.js';
import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { wordsOf } from './words.js';
import { zshScript } from './zsh.js';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
type Shell = keyof typeof scripts;

const examples = `
Examples:
  source <(holdfast completion bash)
  holdfast completion zsh > "\${fpath[1]}/_holdfast"
  holdfast completion fish > ~/.config/fish/completions/holdfast.fish`;

/** `holdfast completion SHELL`: a script that completes our commands, made from the commands themselves. */
export function completionCommand(services: Services, finish: Finish): Command {
  const command = new Command('completion')
    .description('print a script that lets your shell complete commands and options')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(scripts)))
    .addHelpText('after', examples);
  return command.action(async (shell: Shell) => {
    const guides = await services.guides();
    const names = {
      guide: guides.map(({ id }) => id),
      control: guides.flatMap(({ controls }) => controls.map(({ id }) => id)),
    };
    emit(scripts[shell](wordsOf(command.parent ?? command, names)), {}, services.io);
    finish(exitCodes.fine);
  });
}
