import { Command } from 'commander';
import { asChannelMap } from '../../core/charmhub/as-knowledge.js';
import type { CharmListing } from '../../core/charmhub/listing.js';
import { dictOf } from '../../core/dict.js';
import { isKnown, type Fact } from '../../core/fact.js';
import { InputError } from '../../core/input-error.js';
import { emit, jsonText } from '../emit.js';
import { exitCodes } from '../exit-codes.js';
import type { Finish } from '../finish.js';
import { progressOn } from '../progress.js';
import type { Services } from '../services.js';

const examples = `
Writes a data file with what the channels of these charms hold today, for
machines that have no way to Charmhub. It runs 'juju info', which needs neither a
login nor a controller.

Examples:
  holdfast data fetch charmed-etcd self-signed-certificates --output charmhub.json

Exit code: 0 Charmhub told of all of them, 1 it did not.`;

/** `holdfast data fetch CHARM…`: Charmhub's answers as a data file. */
export function dataFetchCommand(services: Services, finish: Finish): Command {
  return new Command('fetch')
    .description('ask Charmhub what the channels of charms hold, and write a data file of it')
    .argument('<charm...>', 'names of charms, as juju status shows them')
    .option('--output <file>', 'write the result into a file instead of standard output')
    .addHelpText('after', examples)
    .action(async (charms: readonly string[], options: { readonly output?: string }) => {
      emit(jsonText(await fetched(charms, services)), options, services.io);
      finish(exitCodes.fine);
    });
}

async function fetched(charms: readonly string[], { charmhub, io, now }: Services): Promise<object> {
  if (charmhub === undefined) throw new InputError('Charmhub cannot be asked in this build');
  const progress = progressOn(io, now);
  const answers = await charmhub(charms, progress.tell).finally(progress.done);
  const maps = answers.map((answer, index) => {
    const listing = listed(answer, charms[index] ?? '');
    return [listing.name, asChannelMap(listing)] as const;
  });
  return { kind: 'Knowledge', version: 'v1', channelMaps: dictOf(maps) };
}

/** @throws InputError where there is nothing to write down. */
function listed(answer: Fact<CharmListing>, charm: string): CharmListing {
  if (!isKnown(answer)) throw new InputError(answer.unknown.reason);
  if (!answer.value.listed)
    throw new InputError(`Charmhub knows no charm ${charm}: check its name, or leave it out`);
  return answer.value;
}
