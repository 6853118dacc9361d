import { Command } from 'commander';
import { InputError } from '../core/input-error.js';
import { emit } from './emit.js';
import { exitCodes } from './exit-codes.js';
import type { Finish } from './finish.js';
import { guidesFor } from './guides-for.js';
import { addRoadOptions, type RoadOptions } from './options.js';
import { policyFileOf, policyOf } from './policy.js';
import { readEstate, roadOf } from './read-estate.js';
import type { Services } from './services.js';

interface NetworkPolicyOptions extends RoadOptions {
  readonly model?: string;
  readonly egress: boolean;
  readonly output?: string;
}

const examples = `
Examples:
  holdfast network-policy --juju --model data
  holdfast network-policy --policy holdfast.yaml --output policies.yaml
  kubectl apply --dry-run=server -f policies.yaml

Changes nothing. Each rule says why it is there; what nobody could tell stands at
the top. Whom else to admit, parameters peers and cidrs of K8S-NET-01 say.`;

/** `holdfast network-policy`: NetworkPolicies for databases and brokers, from the relations of their models. */
export function networkPolicyCommand(services: Services, finish: Finish): Command {
  const command = new Command('network-policy').description(
    'write NetworkPolicies for databases and brokers on Kubernetes, from their relations',
  );
  return addRoadOptions(command)
    .optionsGroup('What to write:')
    .option('--model <pattern>', 'only for these models (patterns know * and ?)')
    .option('--no-egress', 'do not limit what the pods themselves may reach')
    .optionsGroup('Output:')
    .option('--output <file>', 'write the result into a file instead of standard output')
    .addHelpText('after', examples)
    .action(async (options: NetworkPolicyOptions) => {
      emit(await policies(options, services), options, services.io);
      finish(exitCodes.fine);
    });
}

async function policies(options: NetworkPolicyOptions, services: Services): Promise<string> {
  if (services.networkPolicies === undefined)
    throw new InputError('network-policy is not available in this build');
  const { model, egress } = options;
  const file = policyFileOf(options, services);
  const road = roadOf(options, file);
  const use = road.kind === 'controllers' ? 'controllers' : 'rules';
  const policy = await policyOf(file, await guidesFor(file, services), services, use);
  const { snapshot } = await readEstate(road, policy, services);
  return services.networkPolicies({ snapshot, policy, egress, ...(model === undefined ? {} : { model }) });
}
