/** Commands that change applications and relations: they say nothing when all is well. */
import { CliError } from '../cli-error.js';
import { argument, onModel, type Command } from '../command.js';
import { resultsOf } from '../connection.js';
import { modelOf, toModel, type Context } from '../context.js';
import { refreshCommand } from './refresh.js';

export const changeCommands: Readonly<Record<string, Command>> = {
  integrate: {
    options: { ...onModel, via: 'text' },
    formats: [],
    blockedBy: 'change',
    deniedTo: 'integrate',
    run: (context) => relate(context, 'AddRelation', 'integrate'),
  },
  'remove-relation': {
    options: { ...onModel, force: 'flag', 'no-wait': 'flag' },
    formats: [],
    blockedBy: 'remove',
    run: (context) => relate(context, 'DestroyRelation', 'remove-relation'),
  },
  expose: {
    options: { ...onModel, endpoints: 'text', 'to-cidrs': 'text', 'to-spaces': 'text' },
    formats: [],
    blockedBy: 'change',
    run: expose,
  },
  unexpose: { options: { ...onModel, endpoints: 'text' }, formats: [], blockedBy: 'change', run: unexpose },
  trust: {
    options: { ...onModel, remove: 'flag', scope: 'text' },
    formats: [],
    blockedBy: 'change',
    run: trust,
  },
  refresh: refreshCommand,
};

async function relate(context: Context, method: string, command: string): Promise<void> {
  const address = modelOf(context);
  const endpoints = context.parsed.positional;
  if (endpoints.length !== 2) throw new CliError(`a relation must involve two applications`, 2);
  const connection = await toModel(context, address);
  const force = command === 'remove-relation' ? { force: context.parsed.options['force'] === 'true' } : {};
  await connection.call('Application', method, { endpoints, ...force });
}

async function expose(context: Context): Promise<void> {
  const connection = await toModel(context);
  const cidrs = words(context, 'to-cidrs');
  const spaces = words(context, 'to-spaces');
  const endpoints = words(context, 'endpoints');
  const open = {
    ...(cidrs.length > 0 && { 'expose-to-cidrs': cidrs }),
    ...(spaces.length > 0 && { 'expose-to-spaces': spaces }),
  };
  const named = endpoints.length > 0 ? endpoints : [''];
  const isPlain = endpoints.length === 0 && Object.keys(open).length === 0;
  const entries = Object.fromEntries(named.map((endpoint) => [endpoint, open]));
  const exposed = isPlain ? {} : { 'exposed-endpoints': entries };
  await connection.call('Application', 'Expose', { application: argument(context, 0), ...exposed });
}

async function unexpose(context: Context): Promise<void> {
  const connection = await toModel(context);
  const endpoints = words(context, 'endpoints');
  await connection.call('Application', 'Unexpose', {
    application: argument(context, 0),
    'exposed-endpoints': endpoints,
  });
}

async function trust(context: Context): Promise<void> {
  const connection = await toModel(context);
  const config = { trust: context.parsed.options['remove'] === 'true' ? 'false' : 'true' };
  const change = { application: argument(context, 0), generation: '', config, 'config-yaml': '' };
  resultsOf(await connection.call('Application', 'SetConfigs', { Args: [change] }));
}

function words({ parsed }: Context, option: string): readonly string[] {
  const value = parsed.options[option] ?? '';
  return value === '' ? [] : value.split(',');
}
