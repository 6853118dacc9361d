import { Command } from 'commander';
import { InputError } from '../core/input-error.js';
import { emit, jsonText } from './emit.js';
import { exitCodes } from './exit-codes.js';
import { addRoadOptions, type RoadOptions } from './options.js';
import { policyFileOf, policyOf } from './policy.js';
import type { Finish } from './finish.js';
import { guidesFor } from './guides-for.js';
import { readEstate, roadOf, type Road } from './read-estate.js';
import { clean } from './render/text.js';
import type { Services } from './services.js';

interface SnapshotOptions extends RoadOptions {
  readonly output?: string;
  readonly raw?: string;
}

const examples = `
Examples:
  holdfast snapshot --juju --output estate.json
  holdfast audit --snapshot estate.json     the same judgement, anywhere
  holdfast snapshot --juju --raw answers    what Juju said, secrets removed
  holdfast audit --recording answers

A snapshot holds no secrets, but it tells how the estate is built: handle it as
such.`;

/** `holdfast snapshot`: reads an estate once and keeps what was seen, to be judged later or elsewhere. */
export function snapshotCommand(services: Services, finish: Finish): Command {
  const command = new Command('snapshot').description(
    'read a Juju estate once and keep what was seen, to be judged later or elsewhere',
  );
  return addRoadOptions(command)
    .optionsGroup('Output:')
    .option('--output <file>', 'write the snapshot into a file instead of standard output')
    .option(
      '--raw <dir>',
      'write the answers of Juju themselves into a new folder, secrets removed; with --juju, or --policy',
    )
    .addHelpText('after', examples)
    .action(async (options: SnapshotOptions) => {
      await takeSnapshot(options, services);
      finish(exitCodes.fine);
    });
}

async function takeSnapshot(options: SnapshotOptions, services: Services): Promise<void> {
  const file = policyFileOf(options, services);
  const road = withRaw(roadOf(options, file), options.raw);
  const use = road.kind === 'controllers' ? 'controllers' : 'rules';
  const policy = await policyOf(file, await guidesFor(file, services), services, use);
  const { snapshot } = await readEstate(road, policy, services);
  if (options.raw !== undefined) services.io.err(`wrote the answers into ${clean(options.raw)}\n`);
  // Who asks for the answers alone wants no flood on the terminal.
  if (options.raw === undefined || options.output !== undefined)
    emit(jsonText(snapshot), options, services.io);
}

/** @throws InputError when there are no answers to be written. */
function withRaw(road: Road, raw: string | undefined): Road {
  if (raw === undefined) return road;
  if (road.kind === 'juju' || road.kind === 'controllers') return { ...road, raw };
  throw new InputError(
    `--raw writes the answers of a Juju that is asked now: use it with --juju, or with --policy, instead of --${road.kind}`,
  );
}
