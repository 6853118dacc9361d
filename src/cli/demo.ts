import { Command, InvalidArgumentError } from 'commander';
import { InputError } from '../core/input-error.js';
import type { Finish } from './finish.js';
import type { Services } from './services.js';

interface Options {
  readonly once?: true;
  readonly port: number;
  readonly seed: number;
  readonly speed: number;
}

const examples = `
Everything is simulated and nothing of yours is touched: a Juju controller with an
estate that falls short of its guides, watched and put right before your eyes.

Examples:
  holdfast demo
  holdfast demo --once          runs to the end and exits 0 when all was put right
  holdfast demo --port 0 --seed 7 --speed 10`;

/** `holdfast demo`: the whole loop on the embedded simulator. */
export function demoCommand(services: Services, finish: Finish): Command {
  return new Command('demo')
    .description('see the whole loop at work on a simulated estate')
    .option('--once', 'end when the estate has been put right')
    .option('--port <port>', 'port of the page on 127.0.0.1; 0 chooses one', wholeNumber(65_535), 8420)
    .option('--seed <n>', 'seed of everything that is random', wholeNumber(2 ** 32 - 1), 1)
    .option('--speed <n>', 'how many times faster than real time the estate lives', positive, 1)
    .addHelpText('after', examples)
    .action(async (options: Options) => {
      if (services.demo === undefined) throw new InputError('demo is not available in this build');
      const { environment, io } = services;
      finish(await services.demo({ ...options, once: options.once === true, environment, io }));
    });
}

function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value > most)
      throw new InvalidArgumentError(`write a whole number up to ${most}`);
    return value;
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value <= 0) throw new InvalidArgumentError('write a number above 0');
  return value;
}
