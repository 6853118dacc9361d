import type { Charm } from '../../charms/charm.js';
import { charmsNamed } from '../../charms/table.js';
import { CliError } from '../cli-error.js';
import { argument, formatted, type Command } from '../command.js';
import type { Context } from '../context.js';
import { write, type Format } from '../output.js';
import { branch, type Tree } from '../tree.js';

const own = { arch: 'text', base: 'text', channel: 'text', track: 'text', config: 'flag' } as const;

export const infoCommands: Readonly<Record<string, Command>> = {
  info: { options: { ...formatted, ...own }, formats: ['tabular', 'json', 'yaml'], run: info },
};

/** When the revisions that the simulated charms bear came into their channels. */
const releasedAt = '2026-08-31T00:00:00.000000+00:00';

/** Asks no controller: the store is one of its own. */
async function info(context: Context, format: Format): Promise<void> {
  const name = argument(context, 0);
  const shown = (await published(context))[name] ?? known(name);
  if (shown === undefined)
    throw new CliError(`No information found for charm or bundle with the name ${JSON.stringify(name)}`);
  if (format !== 'tabular') write(context, format, shown);
  else context.out(`name: ${name}\npublisher: ${String(branch(shown)['publisher'])}\n`);
}

/** What somebody put into the simulated store, by charm: it goes before the charms that are known anyway. */
async function published(context: Context): Promise<Tree> {
  const { store } = context;
  if (store === undefined) return {};
  try {
    return branch(JSON.parse((await context.readFile?.(store)) ?? '{}'));
  } catch (error) {
    throw new CliError(`Get "file://${store}": ${error instanceof Error ? error.message : String(error)}`);
  }
}

function known(name: string): Tree | undefined {
  const charms = charmsNamed(name);
  if (charms.length === 0) return undefined;
  const tracks = charms.map(({ track }) => track);
  return {
    type: 'charm',
    id: `simulated-${name}`,
    name,
    description: '',
    publisher: 'Canonical',
    summary: '',
    'store-url': `https://charmhub.io/${name}`,
    channels: Object.fromEntries(charms.map((charm) => [charm.track, { stable: [revisionOf(charm)] }])),
    tracks,
  };
}

function revisionOf({ track, revision, base }: Charm): Tree {
  return {
    track,
    risk: 'stable',
    version: String(revision),
    revision,
    'released-at': releasedAt,
    size: 1,
    architectures: ['amd64', 'arm64'],
    bases: [{ name: 'ubuntu', channel: base }],
  };
}
