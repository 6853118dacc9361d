import { Command } from 'commander';
import { controlFolders } from '../../config/policy/control-folders.js';
import { mistakesAgainst } from '../../config/policy/against-guides.js';
import { inspectPolicy } from '../../config/policy/load.js';
import { InputError } from '../../core/input-error.js';
import { emit, jsonText } from '../emit.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { addOutputOptions, addRoadOptions, type OutputOptions, type RoadOptions } from '../options.js';
import type { Finish } from '../finish.js';
import { readEstate, roadOf, type Estate } from '../read-estate.js';
import { renderPolicyCheck } from '../render/policy-check.js';
import type { Services } from '../services.js';
import { checkOf, isAllAtWork, type PolicyCheck } from './check.js';

interface CheckOptions extends RoadOptions, OutputOptions {}

const examples = `
Says what the policy would do, all of its mistakes at once, and which changes it
would make by half. Held against an estate it also says which rules and waivers
match nothing there, and which blocks of Juju would stop our own fixes.

Examples:
  holdfast policy check holdfast.yaml
  holdfast policy check holdfast.yaml --status status.json
  holdfast policy check holdfast.yaml --juju --format json

Exit code: 0 all is well, 2 something in it does nothing, 1 it has mistakes.`;

/** `holdfast policy check FILE`: everything that is wrong with a policy, and what it would do. */
export function policyCheckCommand(services: Services, finish: Finish): Command {
  const command = new Command('check')
    .description('say what is wrong with a policy, and what it would do')
    .argument('<file>', 'the policy');
  addOutputOptions(addRoadOptions(command, { policy: false }))
    .addHelpText('after', examples)
    .action(async (file: string, options: CheckOptions) => {
      finish(await check(file, options, services));
    });
  return command;
}

async function check(file: string, options: CheckOptions, services: Services): Promise<ExitCode> {
  const guides = await services.guides(controlFolders(file));
  const inspected = inspectPolicy(file);
  const mistakes = [...inspected.mistakes, ...mistakesAgainst(inspected.policy, guides)];
  const notes = [...inspected.notes, ...((await services.clusterMistakes?.(inspected.policy)) ?? [])];
  const estate = mistakes.length === 0 ? await estateOf(options, services) : undefined;
  const dataDir = options.data ?? services.environment.dataDir ?? inspected.policy.dataDir;
  const found = checkOf(
    { ...inspected, mistakes, notes, file },
    { guides, estate, asOf: services.now(), dataDir },
  );
  show(found, options, services);
  if (mistakes.length > 0) return exitCodes.failed;
  return isAllAtWork(found) ? exitCodes.fine : exitCodes.found;
}

function show(found: PolicyCheck, options: CheckOptions, { io }: Services): void {
  const toFile = options.output !== undefined;
  const look = { columns: toFile ? undefined : io.columns, color: io.color && !toFile };
  const document = { kind: 'PolicyCheck', version: 'v1', ...found };
  emit(options.format === 'json' ? jsonText(document) : renderPolicyCheck(found, look), options, io);
}

/** The estate, where the options name one. */
async function estateOf(options: RoadOptions, services: Services): Promise<Estate | undefined> {
  const road = roadOf(options, 'none');
  if (road.kind === 'controllers') return undefined;
  const { observeOnly } = await import('../../core/policy/policy.js');
  const estate = await readEstate(road, observeOnly, services);
  if (Object.keys(estate.snapshot.controllers).length === 0)
    throw new InputError(`${estate.source.name} shows no controller to hold the policy against`);
  return estate;
}
