/** `juju refresh`: asks the store, adds the charm to the model, and gives it to the application. */
import { argument, onModel, type Command } from '../command.js';
import { resultsOf, type Connection } from '../connection.js';
import { toModel, type Context } from '../context.js';
import { branch, text, type Tree } from '../tree.js';

export const refreshCommand: Command = {
  options: {
    ...onModel,
    channel: 'text',
    revision: 'text',
    base: 'text',
    trust: 'flag',
    resource: 'text',
  },
  formats: [],
  blockedBy: 'change',
  run: refresh,
};

/** All that it says goes to standard error; the units follow later. */
async function refresh(context: Context): Promise<void> {
  const connection = await toModel(context);
  const application = argument(context, 0);
  if (context.parsed.options['trust'] === 'true') await trust(connection, application);
  const present = await connection.call('Application', 'GetCharmURLOrigin', { application, branch: '' });
  const resolve = [
    { reference: text(present['url']), application, 'charm-origin': wishOf(context.parsed.options) },
  ];
  const [found = {}] = resultsOf(await connection.call('Charms', 'ResolveCharms', { resolve }));
  const name = nameIn(text(found['url']));
  if (isSame(present, found)) {
    context.err(`charm "${name}": already up-to-date\n`);
    return;
  }
  const origin = branch(found['charm-origin']);
  await connection.call('Charms', 'AddCharm', { url: found['url'], 'charm-origin': origin, force: false });
  const where = `revision ${text(origin['revision'])} in channel ${text(origin['channel'])}`;
  context.err(`Added charm-hub charm "${name}", ${where}, to the model\n`);
  await connection.call('Application', 'SetCharm', {
    application,
    'charm-url': found['url'],
    'charm-origin': { ...origin, 'by-number': context.parsed.options['revision'] !== undefined },
    'resource-ids': resourcesIn(context.parsed.options['resource']),
  });
  await sayEndpoints(context, connection, application);
}

async function trust(connection: Connection, application: string): Promise<void> {
  const change = { application, generation: '', config: { trust: 'true' }, 'config-yaml': '' };
  resultsOf(await connection.call('Application', 'SetConfigs', { Args: [change] }));
}

function wishOf({ channel, revision }: Context['parsed']['options']): object {
  return {
    ...(channel === undefined ? {} : { channel }),
    ...(revision === undefined ? {} : { revision: Number(revision) }),
  };
}

function isSame(present: Tree, found: Tree): boolean {
  const channelOf = (tree: Tree): string => text(branch(tree['charm-origin'])['channel']);
  return text(present['url']) === text(found['url']) && channelOf(present) === channelOf(found);
}

function nameIn(url: string): string {
  return /([a-z0-9-]+)-\d+$/.exec(url)?.[1] ?? '';
}

function resourcesIn(given: string | undefined): Readonly<Record<string, string>> {
  const [name = '', value = ''] = given?.split('=') ?? [];
  return name === '' ? {} : { [name]: value };
}

async function sayEndpoints(context: Context, connection: Connection, application: string): Promise<void> {
  const shown = await connection.call('Application', 'Get', { application, branch: '' });
  const endpoints = Object.keys(branch(shown['endpoint-bindings'])).filter((endpoint) => endpoint !== '');
  context.err(`no change to endpoints in space "alpha": ${endpoints.sort().join(', ')}\n`);
}
