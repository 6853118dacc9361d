import { Command } from 'commander';
import { didYouMean } from '../config/suggest.js';
import { InputError } from '../core/input-error.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { policyFileOf } from './policy.js';
import type { Finish } from './finish.js';
import type { Services } from './services.js';

interface Options {
  readonly policy?: string;
  readonly test?: string;
}

const examples = `
Sends one message to a target of the policy that says it is a test: to an
Alertmanager an alert that ends a minute later.

Examples:
  holdfast notify --test chat --policy holdfast.yaml

Exit code: 0 it was delivered, 1 it was not.`;

/** `holdfast notify --test TARGET`: whether somebody can be told. */
export function notifyCommand(services: Services, finish: Finish): Command {
  return new Command('notify')
    .description('send a test to a target of notifications')
    .requiredOption('--test <target>', 'the target, as the policy names it')
    .option('--policy <file>', 'the policy (HOLDFAST_POLICY)')
    .addHelpText('after', examples)
    .action(async (options: Options) => {
      finish(await test(options, services));
    });
}

async function test(options: Options, services: Services): Promise<ExitCode> {
  const file = policyFileOf(options, services);
  if (file === undefined) throw new InputError('notify needs a policy that names targets: --policy FILE');
  if (services.notifyTest === undefined) throw new InputError('notify is not available in this build');
  const { loadPolicy } = await import('../config/policy/load.js');
  const { policy, notes } = loadPolicy(file, { credentials: 'optional' });
  const { targets = [], link } = policy.notify ?? {};
  const name = options.test ?? '';
  const target = targets.find((one) => one.name === name);
  if (target === undefined) {
    const note = notes.find((one) => one.startsWith(`notify: ${name}: `));
    const names = targets.map((one) => one.name);
    throw new InputError(note ?? `${file} names no target ${name}${didYouMean(name, names)}`);
  }
  const outcome = await services.notifyTest(target, link);
  if (outcome.state !== 'delivered')
    throw new InputError(
      `${name} was not told: ${outcome.reason}. Look at its entry under notify in ${file}`,
    );
  services.io.out(`${name} was told\n`);
  return exitCodes.fine;
}
