import { Command } from 'commander';
import { observeOnly } from '../core/policy/policy.js';
import { emit } from './emit.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { addRoadOptions, type OutputOptions, type RoadOptions } from './options.js';
import { draftPolicy } from './policy-draft.js';
import type { Finish } from './finish.js';
import { readEstate, roadOf } from './read-estate.js';
import type { Services } from './services.js';

type InitOptions = RoadOptions & Pick<OutputOptions, 'output'>;

const examples = `
Writes down who has access, what is exposed and who may reach the offers, as far
as the source shows it: a beginning to be read line by line, for what is there
need not be right. It holds no secrets and changes nothing.

Examples:
  holdfast policy init --juju --output holdfast.yaml
  juju status --format json | holdfast policy init --status -`;

/** `holdfast policy init`: a commented policy of what is there. */
export function policyInitCommand(services: Services, finish: Finish): Command {
  const command = new Command('init').description('write a commented policy from what is there');
  addRoadOptions(command, { policy: false })
    .optionsGroup('Output:')
    .option('--output <file>', 'write the policy into a file instead of standard output')
    .addHelpText('after', examples)
    .action(async (options: InitOptions) => {
      finish(await init(options, services));
    });
  return command;
}

async function init(options: InitOptions, services: Services): Promise<ExitCode> {
  const estate = await readEstate(roadOf(options, undefined), observeOnly, services);
  emit(draftPolicy(estate, await services.guides()), options, services.io);
  return exitCodes.fine;
}
