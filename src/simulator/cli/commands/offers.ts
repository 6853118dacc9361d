import { argument, formatted, onModel, type Command } from '../command.js';
import { toController, modelOf, controllerOf, type Context } from '../context.js';
import { table, write, type Format } from '../output.js';
import { branches, filled, text, type Tree } from '../tree.js';
import { humanTime } from '../when.js';

export const offerCommands: Readonly<Record<string, Command>> = {
  offers: { options: { ...onModel, ...formatted }, formats: ['tabular', 'json', 'yaml'], run: offers },
  'find-offers': {
    options: { ...formatted, interface: 'text' },
    formats: ['tabular', 'json', 'yaml'],
    run: findOffers,
  },
};

async function offers(context: Context, format: Format): Promise<void> {
  const { controller, name } = modelOf(context);
  const connection = await toController(context, controller);
  const answer = await connection.call('ApplicationOffers', 'ListApplicationOffers', {
    Filters: [filterFor(name)],
  });
  const shown = branches(answer['results']).map((offer): [string, Tree] => [
    text(offer['offer-name']),
    offerShape(context, controller.name, offer),
  ]);
  if (format !== 'tabular') write(context, format, Object.fromEntries(shown));
  else
    context.out(
      table([
        ['Offer', 'Application'],
        ...shown.map(([offer, { application }]) => [offer, text(application)]),
      ]),
    );
}

function filterFor(name: string): object {
  const [owner, model] = name.split('/');
  return { 'owner-name': owner, 'model-qualifier': owner, 'model-name': model };
}

function offerShape(context: Context, store: string, offer: Tree): Tree {
  const connections = branches(offer['connections']).map((connection) =>
    connectionShape(context, connection),
  );
  return {
    application: offer['application-name'],
    store,
    charm: offer['charm-url'],
    'offer-url': offer['offer-url'],
    endpoints: endpointsShape(offer),
    ...filled({ connections }),
    users: usersShape(offer),
  };
}

function connectionShape({ clock }: Context, connection: Tree): Tree {
  const status = connection['status'] as Tree;
  const since = humanTime(status['since'], clock.now());
  return {
    'source-model-uuid': text(connection['source-model-tag']).slice('model-'.length),
    username: connection['username'],
    'relation-id': connection['relation-id'],
    endpoint: connection['endpoint'],
    status: { current: status['status'], since },
    ...filled({ 'ingress-subnets': connection['ingress-subnets'] }),
  };
}

function endpointsShape(offer: Tree): Tree {
  const shown = branches(offer['endpoints']).map(({ name, interface: kind, role }) => [
    name,
    { interface: kind, role },
  ]);
  return Object.fromEntries(shown) as Tree;
}

function usersShape(offer: Tree): Tree {
  const shown = branches(offer['users']).map(({ user, access, 'display-name': name }) => [
    user,
    { ...filled({ 'display-name': name }), access },
  ]);
  return Object.fromEntries(shown) as Tree;
}

async function findOffers(context: Context, format: Format): Promise<void> {
  const [store = '', path = ''] = argument(context, 0).split(':');
  const controller = controllerOf(context, store === '' ? undefined : store);
  const connection = await toController(context, controller);
  const Filters = path === '' ? [] : [filterFor(path)];
  const answer = await connection.call('ApplicationOffers', 'FindApplicationOffers', { Filters });
  const shown = branches(answer['results']).map((offer): [string, Tree] => [
    `${controller.name}:${text(offer['offer-url'])}`,
    { access: 'admin', endpoints: endpointsShape(offer), users: usersShape(offer) },
  ]);
  if (format !== 'tabular') write(context, format, Object.fromEntries(shown));
  else context.out(table([['Store', 'URL'], ...shown.map(([url]) => [controller.name, url])]));
}
