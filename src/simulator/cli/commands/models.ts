import { formatted, onController, onModel, argument, type Command } from '../command.js';
import { resultsOf, type Connection } from '../connection.js';
import { controllerOf, modelOf, toController, toModel, uuidOf, type Context } from '../context.js';
import { table, write, type Format } from '../output.js';
import { branch, branches, filled, text, type Tree } from '../tree.js';
import { exactTime, humanTime } from '../when.js';
import { CliError } from '../cli-error.js';

export const modelCommands: Readonly<Record<string, Command>> = {
  models: {
    options: { ...onController, ...formatted, all: 'flag', 'exact-time': 'flag', uuid: 'flag' },
    formats: ['tabular', 'json', 'yaml'],
    run: models,
  },
  'show-model': { options: { ...onModel, ...formatted }, formats: ['yaml', 'json'], run: showModel },
  'show-application': {
    options: { ...onModel, ...formatted },
    formats: ['yaml', 'json'],
    run: showApplication,
  },
  secrets: {
    options: { ...onModel, ...formatted, owner: 'text' },
    formats: ['tabular', 'json', 'yaml'],
    run: secrets,
  },
  'ssh-keys': { options: { ...onModel, full: 'flag' }, formats: [], run: sshKeys },
  resources: {
    options: { ...onModel, ...formatted, details: 'flag' },
    formats: ['tabular', 'json', 'yaml'],
    run: (context) => {
      context.err('No resources to display.\n');
      return Promise.resolve();
    },
  },
};

async function models(context: Context, format: Format): Promise<void> {
  const controller = controllerOf(context);
  if (!context.data.accounts.has(controller.name)) {
    throw new CliError(`account details for controller ${controller.name} not found`);
  }
  const connection = await toController(context);
  const all = context.parsed.options['all'] === 'true';
  const params = { 'user-tag': `user-${connection.user}`, all };
  const found = resultsOf(await connection.call('ModelManager', 'ListModelSummaries', params));
  const shown = found.map(({ result }) => modelShape(context, controller.name, branch(result)));
  if (format === 'tabular') {
    const rows = shown.map((model) =>
      [model['name'], model['cloud'], model['type'], model['access']].map(text),
    );
    context.out(
      `Controller: ${controller.name}\n\n${table([['Model', 'Cloud/Region', 'Type', 'Access'], ...rows])}`,
    );
    return;
  }
  const current = context.data.models.get(controller.name)?.current;
  write(context, format, { models: shown, ...filled({ 'current-model': current }) });
}

function modelShape(context: Context, controllerName: string, model: Tree): Tree {
  const own = model['user-access'] ?? '';
  return {
    ...identity(context, controllerName, model),
    life: model['life'],
    status: statusShape(context, branch(model['status'])),
    access: own === '' ? 'admin' : own,
    'last-connection': when(context, model['last-connection']),
    'agent-version': model['agent-version'],
  };
}

function identity(context: Context, controllerName: string, model: Tree): Tree {
  const owner = text(model['owner-tag']).slice('user-'.length);
  const isController = model['is-controller'] === true;
  return {
    name: `${owner}/${text(model['name'])}`,
    'short-name': model['name'],
    'model-uuid': model['uuid'],
    'model-type': model['type'],
    'controller-uuid': model['controller-uuid'],
    'controller-name': controllerName,
    'is-controller': isController,
    ...(context.flavour === '3.6' ? { owner } : {}),
    cloud: text(model['cloud-tag']).replace(/^cloud-/, ''),
    ...(isController ? {} : { type: model['provider-type'] }),
  };
}

function statusShape(context: Context, status: Tree): Tree {
  return filled({
    current: status['status'],
    message: status['info'],
    since: when(context, status['since']),
  });
}

function when(context: Context, value: unknown): string {
  return context.parsed.options['exact-time'] === 'true'
    ? exactTime(value)
    : humanTime(value, context.clock.now());
}

/** Takes the model as its argument or by `-m`. */
async function showModel(context: Context, format: Format): Promise<void> {
  const named = argument(context, 0);
  const address = named === '' ? modelOf(context) : modelOf(context, named);
  const uuid = await uuidOf(context, address);
  const connection = await toController(context, address.controller);
  const model = await modelInfo(connection, uuid);
  write(context, format, { [text(model['name'])]: infoShape(context, address.controller.name, model) });
}

export async function modelInfo(connection: Connection, uuid: string): Promise<Tree> {
  const answer = await connection.call('ModelManager', 'ModelInfo', { entities: [{ tag: `model-${uuid}` }] });
  return branch(resultsOf(answer)[0]?.['result']);
}

function infoShape(context: Context, controllerName: string, model: Tree): Tree {
  const tag = text(model['cloud-credential-tag'])
    .replace(/^cloudcred-/, '')
    .split('_');
  const [cloud = '', owner = '', name = ''] = tag;
  const valid = model['cloud-credential-validity'] === true ? 'valid' : 'invalid';
  return {
    ...identity(context, controllerName, model),
    life: model['life'],
    status: statusShape(context, branch(model['status'])),
    users: usersShape(context, model),
    ...filled({ machines: machinesShape(model), 'secret-backends': backendsShape(model) }),
    'agent-version': model['agent-version'],
    ...(name === '' ? {} : { credential: { name, owner, cloud, 'validity-check': valid } }),
    'supported-features': model['supported-features'],
  };
}

export function usersShape(context: Context, model: Tree): Tree {
  const users = branches(model['users']).map((user) => {
    const shown = filled({ 'display-name': user['display-name'] });
    // The client prints these humanised even with --exact-time.
    return [
      user['user'],
      {
        ...shown,
        access: user['access'],
        'last-connection': humanTime(user['last-connection'], context.clock.now()),
      },
    ];
  });
  return Object.fromEntries(users) as Tree;
}

function machinesShape(model: Tree): Tree {
  return Object.fromEntries(branches(model['machines']).map(({ id }) => [id, { cores: 0 }])) as Tree;
}

function backendsShape(model: Tree): Tree {
  const shown = branches(model['secret-backends']).map((backend) => {
    return [
      branch(backend['result'])['name'],
      { 'num-secrets': backend['num-secrets'], status: backend['status'] },
    ];
  });
  return Object.fromEntries(shown) as Tree;
}

async function showApplication(context: Context, format: Format): Promise<void> {
  const names = context.parsed.positional;
  const connection = await toModel(context);
  const entities = names.map((name) => ({ tag: `application-${name}` }));
  const found = resultsOf(await connection.call('Application', 'ApplicationsInfo', { entities }));
  const shown = found.map(({ result }) => {
    const { tag, base, ...rest } = branch(result);
    const { name, channel } = branch(base) as { name: string; channel: string };
    const { charm, ...others } = rest;
    return [text(tag).slice('application-'.length), { charm, base: `${name}@${channel}`, ...others }];
  });
  write(context, format, Object.fromEntries(shown));
}

async function secrets(context: Context, format: Format): Promise<void> {
  const connection = await toModel(context);
  const answer = await connection.call('Secrets', 'ListSecrets', { 'show-secrets': false, filter: {} });
  const shown = branches(answer['results']).map((secret): [string, Tree] => [
    text(secret['uri']).replace(/^secret:/, ''),
    secretShape(secret),
  ]);
  if (format !== 'tabular') write(context, format, Object.fromEntries(shown));
  else
    context.out(
      table([
        ['ID', 'Owner', 'Rotation'],
        ...shown.map(([id, { owner, rotation }]) => [id, text(owner), text(rotation)]),
      ]),
    );
}

function secretShape(secret: Tree): Tree {
  const ownerTag = text(secret['owner-tag']);
  const isModel = ownerTag.startsWith('model-');
  const label = secret['label'];
  return {
    revision: secret['latest-revision'],
    ...filled({ expires: secret['latest-expire-time'] }),
    rotation: secret['rotate-policy'],
    ...filled({ rotates: secret['next-rotate-time'] }),
    owner: isModel ? '<model>' : ownerTag.replace(/^application-/, ''),
    ...filled({ description: secret['description'], ...(isModel ? { name: label } : { label }) }),
    created: secret['create-time'],
    updated: secret['update-time'],
  };
}

async function sshKeys(context: Context): Promise<void> {
  const { controller } = modelOf(context);
  const connection = await toModel(context);
  const user = context.data.accounts.get(controller.name)?.user ?? 'admin';
  const params = {
    entities: { entities: [{ tag: `user-${user}` }] },
    mode: context.parsed.options['full'] === 'true',
  };
  const [found] = resultsOf(await connection.call('KeyManager', 'ListKeys', params));
  const keys = (found?.['result'] ?? []) as readonly string[];
  if (keys.length === 0) context.err('No keys to display.\n');
  else context.out(`Keys used in model: ${modelOf(context).name}\n${keys.join('\n')}\n`);
}
