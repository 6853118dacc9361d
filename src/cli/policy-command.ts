import { Command } from 'commander';
import { policyCheckCommand } from './policy-check/command.js';
import { policyInitCommand } from './policy-init.js';
import type { Finish } from './finish.js';
import type { Services } from './services.js';

const examples = `
Examples:
  holdfast policy init --juju --output holdfast.yaml
  holdfast policy check holdfast.yaml`;

/** `holdfast policy …`: writing and checking policy files. */
export function policyCommand(services: Services, finish: Finish): Command {
  return new Command('policy')
    .description('write a first policy from what is there, or check one')
    .addHelpText('after', examples)
    .addCommand(policyCheckCommand(services, finish))
    .addCommand(policyInitCommand(services, finish));
}
