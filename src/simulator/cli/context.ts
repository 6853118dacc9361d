/** What a command works with: the files, the connections, and where it writes. */
import type { Clock } from '../../core/ports/index.js';
import type { Flavour } from '../world/state.js';
import { ApiRefusal, CliError } from './cli-error.js';
import { logIn, resultsOf, type Connection, type Dial } from './connection.js';
import type { Account, JujuData, KnownController } from './juju-data.js';
import type { Parsed } from './argv.js';

export interface Context {
  readonly flavour: Flavour;
  readonly data: JujuData;
  readonly store?: string;
  readonly clock: Clock;
  readonly parsed: Parsed;
  readonly dial: Dial;
  readonly opened: Connection[];
  input?(): Promise<string>;
  readFile?(path: string): Promise<string>;
  out(text: string): void;
  err(text: string): void;
}

export interface ModelAddress {
  readonly controller: KnownController;
  /** `owner/name`. */
  readonly name: string;
}

const noControllers = `No controllers registered.

Please either create a new controller using "juju bootstrap" or connect to
another controller that you have been given access to using "juju register".

`;

/** The controller named by `-c`, or the current one. */
export function controllerOf(context: Context, name?: string, exitCode = 1): KnownController {
  const wanted = name ?? context.parsed.options['controller'] ?? context.data.current;
  if (wanted === undefined) throw new CliError(noControllers, exitCode);
  const controller = context.data.controllers.get(wanted);
  if (controller === undefined) throw new CliError(`controller ${wanted} not found`, exitCode);
  return controller;
}

/** The model named by `-m` (`[controller:][owner/]name`), or the current one. */
export function modelOf(context: Context, text = context.parsed.options['model'] ?? ''): ModelAddress {
  const colon = text.indexOf(':');
  const controller = controllerOf(context, colon < 0 ? undefined : text.slice(0, colon), 2);
  const named = text.slice(colon + 1);
  const name = named === '' ? context.data.models.get(controller.name)?.current : named;
  if (name === undefined) throw new CliError('No selected model.', 2);
  return { controller, name: name.includes('/') ? name : `${userOf(context, controller)}/${name}` };
}

function userOf({ data }: Context, { name }: KnownController): string {
  return data.accounts.get(name)?.user ?? 'admin';
}

export async function toController(
  context: Context,
  controller = controllerOf(context),
): Promise<Connection> {
  return connect(context, controller, '/api');
}

/** Connects to the model; asks the controller for its UUID when the files do not know it. */
export async function toModel(context: Context, address = modelOf(context)): Promise<Connection> {
  const uuid = await uuidOf(context, address);
  return connect(context, address.controller, `/model/${uuid}/api`);
}

async function connect(context: Context, controller: KnownController, path: string): Promise<Connection> {
  const account = accountFor(context, controller);
  if (account.password === undefined) throw promptFails(context, controller, account);
  const connection = await logIn(await context.dial(controller, path), account);
  context.opened.push(connection);
  return connection;
}

function accountFor(context: Context, { name }: KnownController): Account {
  const account = context.data.accounts.get(name);
  if (account === undefined) throw new CliError(`controller "${name}": not logged`);
  return account;
}

/** Standard input is closed: the prompt gets nothing (Juju facts 9.8). */
function promptFails(context: Context, controller: KnownController, { user }: Account): CliError {
  context.err(`please enter password for ${user} on ${controller.name}: \n`);
  return new CliError(`cannot get discharge from "https://${controller.addresses[0] ?? ''}/auth": EOF`);
}

/** Without a known UUID the client asks first, and says so when that fails. */
function whileRefreshing(error: unknown): never {
  if (error instanceof ApiRefusal) throw new ApiRefusal(`refreshing models: ${error.message}`, error.code);
  const isPrompt = error instanceof CliError && error.message.startsWith('cannot get discharge');
  if (error instanceof CliError && !isPrompt)
    throw new CliError(`refreshing models: ${error.message}`, error.exitCode);
  throw error;
}

/** The model's UUID, from the files or from the controller. */
export async function uuidOf(context: Context, { controller, name }: ModelAddress): Promise<string> {
  const known = context.data.models.get(controller.name)?.uuids;
  const short = name.slice(name.indexOf('/') + 1);
  const uuid = known?.get(name) ?? [...(known?.values() ?? [])].find((each) => each === short);
  if (uuid !== undefined) return uuid;
  const connection = await toController(context, controller).catch(whileRefreshing);
  const all = connection.controllerAccess === 'superuser';
  const params = { 'user-tag': `user-${connection.user}`, all };
  const found = resultsOf(await connection.call('ModelManager', 'ListModelSummaries', params)).find(
    ({ result }) => {
      const model = result as Readonly<Record<string, string>>;
      return (
        `${(model['owner-tag'] ?? '').slice('user-'.length)}/${model['name'] ?? ''}` === name ||
        model['uuid'] === short
      );
    },
  );
  if (found === undefined) throw new CliError(`model ${controller.name}:${name} not found`);
  return String((found['result'] as Readonly<Record<string, unknown>>)['uuid']);
}
