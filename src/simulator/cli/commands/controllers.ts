import { createHash } from 'node:crypto';
import { argument, formatted, onController, type Command } from '../command.js';
import { resultsOf } from '../connection.js';
import { controllerOf, modelOf, toController, uuidOf, type Context } from '../context.js';
import { table, write, type Format } from '../output.js';
import { branch, branches, entries, filled, mapValues, text, type Tree } from '../tree.js';
import { exactTime, humanTime } from '../when.js';
import { CliError } from '../cli-error.js';
import { modelInfo, usersShape } from './models.js';
import type { KnownController } from '../juju-data.js';

const lists: readonly Format[] = ['tabular', 'json', 'yaml'];

export const controllerCommands: Readonly<Record<string, Command>> = {
  controllers: { options: { ...formatted, refresh: 'flag' }, formats: lists, run: controllers },
  'show-controller': { options: formatted, formats: ['yaml', 'json'], run: showController },
  whoami: { options: formatted, formats: ['tabular', 'json', 'yaml'], run: whoami },
  users: {
    options: { ...onController, ...formatted, all: 'flag', 'exact-time': 'flag' },
    formats: lists,
    run: users,
  },
  clouds: {
    options: { ...onController, ...formatted, all: 'flag', client: 'flag' },
    formats: lists,
    run: clouds,
  },
  credentials: {
    options: { ...onController, ...formatted, client: 'flag', 'show-secrets': 'flag' },
    formats: lists,
    run: credentials,
  },
  'grant-cloud': { options: onController, formats: [], run: (context) => cloudAccess(context, 'grant') },
  'revoke-cloud': { options: onController, formats: [], run: (context) => cloudAccess(context, 'revoke') },
};

/** From the local files alone. */
function controllers(context: Context, format: Format): Promise<void> {
  const { data } = context;
  if (data.controllers.size === 0 && format === 'tabular') throw noneRegistered();
  const shown = [...data.controllers.values()].map((controller): [string, Tree] => [
    controller.name,
    controllerEntry(context, controller),
  ]);
  if (format === 'tabular') {
    const rows = shown.map(([name, { user, access, cloud }]) => [
      name,
      text(user),
      text(access),
      text(cloud),
    ]);
    context.out(table([['Controller', 'User', 'Access', 'Cloud/Region'], ...rows]));
  } else {
    const known = shown.length === 0 ? null : Object.fromEntries(shown);
    write(context, format, { controllers: known, 'current-controller': data.current ?? '' });
  }
  return Promise.resolve();
}

function noneRegistered(): CliError {
  const advice = `Please either create a new controller using "juju bootstrap" or connect to
another controller that you have been given access to using "juju register".

`;
  return new CliError(`No controllers registered.\n\n${advice}`);
}

function controllerEntry({ data, flavour }: Context, controller: KnownController): Tree {
  return {
    ...filled({ 'current-model': data.models.get(controller.name)?.current }),
    ...filled({ user: data.accounts.get(controller.name)?.user }),
    'recent-server': controller.addresses[0],
    uuid: controller.uuid,
    'api-endpoints': controller.addresses,
    'ca-cert': controller.caCert,
    cloud: controller.cloud,
    'agent-version': flavour === '3.6' ? '3.6.28' : '4.0.15',
  };
}

async function showController(context: Context, format: Format): Promise<void> {
  const named = argument(context, 0);
  if (named === '' && context.data.current === undefined) throw new CliError('there is no active controller');
  const controller = controllerOf(context, named === '' ? undefined : named);
  const connection = await toController(context, controller);
  const summaries = resultsOf(
    await connection.call('ModelManager', 'ListModelSummaries', {
      'user-tag': `user-${connection.user}`,
      all: connection.controllerAccess === 'superuser',
    }),
  );
  const models = summaries.map(({ result }) => modelEntry(branch(result)));
  const shown = {
    details: details(controller, connection.serverVersion),
    'controller-machines': {
      '0': { 'instance-id': 'manual:', ...(context.flavour === '3.6' ? { 'ha-status': 'ha-enabled' } : {}) },
    },
    models: Object.fromEntries(models),
    ...filled({ 'current-model': context.data.models.get(controller.name)?.current }),
    account: { user: connection.user, access: connection.controllerAccess },
  };
  write(context, format, { [controller.name]: shown });
}

function modelEntry(model: Tree): [string, Tree] {
  const machines = branches(model['counts']).find(({ entity }) => entity === 'machines');
  return [text(model['name']), { uuid: model['uuid'], 'machine-count': machines?.['count'] ?? 0 }];
}

function details(controller: KnownController, version: string): Tree {
  const der = Buffer.from(controller.caCert.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  const digest = createHash('sha256').update(der).digest('hex').toUpperCase();
  return {
    uuid: controller.uuid,
    'api-endpoints': controller.addresses,
    cloud: controller.cloud,
    'agent-version': version,
    'controller-model-version': version,
    'ca-fingerprint': (digest.match(/../g) ?? []).join(':'),
    'ca-cert': controller.caCert,
  };
}

/** From the local files alone; without a controller it says so on standard error and succeeds. */
function whoami(context: Context, format: Format): Promise<void> {
  const { data } = context;
  if (data.current === undefined) {
    context.err('There is no current controller.\nRun juju controllers to see available controllers.\n');
    return Promise.resolve();
  }
  const model = data.models.get(data.current)?.current;
  const shown = filled({
    controller: data.current,
    model: model?.slice(model.indexOf('/') + 1),
    user: data.accounts.get(data.current)?.user,
  });
  if (format === 'tabular')
    context.out(
      Object.entries(shown)
        .map(([key, value]) => `${key}: ${text(value)}\n`)
        .join(''),
    );
  else write(context, format, shown);
  return Promise.resolve();
}

async function users(context: Context, format: Format): Promise<void> {
  const model = argument(context, 0);
  if (model !== '') {
    await usersOfModel(context, format, model);
    return;
  }
  const connection = await toController(context);
  const params = { entities: [], 'include-disabled': context.parsed.options['all'] === 'true' };
  const found = resultsOf(await connection.call('UserManager', 'UserInfo', params));
  const shown = found.map(({ result }) => userShape(context, branch(result)));
  if (format !== 'tabular') write(context, format, shown);
  else
    context.out(
      table([
        ['Name', 'Access', 'Last connection'],
        ...shown.map((user) => [user['user-name'], user['access'], user['last-connection']].map(text)),
      ]),
    );
}

function userShape({ clock, parsed }: Context, user: Tree): Tree {
  const exact = parsed.options['exact-time'] === 'true';
  const when = (value: unknown): string => (exact ? exactTime(value) : humanTime(value, clock.now()));
  const isExternal = text(user['username']).includes('@');
  const times = {
    'date-created': when(user['date-created']),
    'last-connection': when(user['last-connection']),
  };
  return {
    'user-name': user['username'],
    ...filled({ 'display-name': user['display-name'] }),
    access: user['access'],
    ...(isExternal ? {} : times),
    ...filled({ disabled: user['disabled'] }),
  };
}

async function usersOfModel(context: Context, format: Format, name: string): Promise<void> {
  const address = modelOf(context, `${controllerOf(context).name}:${name}`);
  const uuid = await uuidOf(context, address);
  const connection = await toController(context, address.controller);
  const shown = usersShape(context, await modelInfo(connection, uuid));
  if (format !== 'tabular') write(context, format, shown);
  else
    context.out(
      table([['Name', 'Access'], ...entries(shown).map(([user, { access }]) => [user, text(access)])]),
    );
}

async function clouds(context: Context, format: Format): Promise<void> {
  const connection = await toController(context);
  const found = branch((await connection.call('Cloud', 'Clouds'))['clouds']);
  const tags = Object.keys(found);
  const infos = resultsOf(
    await connection.call('Cloud', 'CloudInfo', { entities: tags.map((tag) => ({ tag })) }),
  );
  const shown = tags.map((tag, index): [string, Tree] => [
    tag.slice('cloud-'.length),
    cloudEntry(branch(infos[index]?.['result'])),
  ]);
  if (format !== 'tabular') write(context, format, Object.fromEntries(shown));
  else context.out(table([['Cloud', 'Type'], ...shown.map(([name, { type }]) => [name, text(type)])]));
}

function cloudEntry(info: Tree): Tree {
  const regions = branches(info['regions']).map(({ name }) => [name, {}]);
  const people = branches(info['users']).map(({ user, access, 'display-name': display }) => [
    user,
    { ...filled({ 'display-name': display }), access },
  ]);
  return {
    defined: 'public',
    type: info['type'],
    'auth-types': info['auth-types'],
    regions: Object.fromEntries(regions) as Tree,
    users: Object.fromEntries(people) as Tree,
  };
}

async function credentials(context: Context, format: Format): Promise<void> {
  const connection = await toController(context);
  const answer = await connection.call('Cloud', 'CredentialContents', {
    credentials: [],
    'include-secrets': false,
  });
  const byCloud = new Map<string, Tree>();
  for (const { result } of resultsOf(answer)) {
    const content = branch(branch(result)['content']);
    const cloud = text(content['cloud']);
    byCloud.set(cloud, {
      ...byCloud.get(cloud),
      [text(content['name'])]: { 'auth-type': content['auth-type'] },
    });
  }
  const shown = mapValues(Object.fromEntries(byCloud), (own) => ({ 'cloud-credentials': own }));
  if (format !== 'tabular') write(context, format, filled({ 'controller-credentials': shown }));
  else
    context.out(
      table([
        ['Cloud', 'Credentials'],
        ...entries(shown).map(([cloud, own]) => [
          cloud,
          Object.keys(branch(own['cloud-credentials'])).join(', '),
        ]),
      ]),
    );
}

async function cloudAccess(context: Context, action: 'grant' | 'revoke'): Promise<void> {
  const [user = '', access = '', ...names] = context.parsed.positional;
  const connection = await toController(context);
  const changes = names.map((name) => ({
    'user-tag': `user-${user}`,
    'cloud-tag': `cloud-${name}`,
    action,
    access,
  }));
  resultsOf(await connection.call('Cloud', 'ModifyCloudAccess', { changes }));
}
