/** Users and their levels, and disabled command sets. */
import { CliError } from '../cli-error.js';
import { argument, formatted, onController, onModel, type Command } from '../command.js';
import { resultsOf, type Answer, type Connection } from '../connection.js';
import { modelOf, toController, toModel, uuidOf, type Context } from '../context.js';
import { table, write, type Format } from '../output.js';
import { commandSetOf, blockTypeOf } from '../../world/blocks.js';

export const accessCommands: Readonly<Record<string, Command>> = {
  grant: { options: onController, formats: [], run: (context) => change(context, 'grant') },
  revoke: { options: onController, formats: [], run: (context) => change(context, 'revoke') },
  'disable-user': { options: onController, formats: [], run: (context) => switchUser(context, 'Disable') },
  'enable-user': { options: onController, formats: [], run: (context) => switchUser(context, 'Enable') },
  'disable-command': { options: onModel, formats: [], run: disableCommand },
  'enable-command': { options: onModel, formats: [], run: enableCommand },
  'disabled-commands': {
    options: { ...onModel, ...formatted, all: 'flag' },
    formats: ['tabular', 'json', 'yaml'],
    run: disabledCommands,
  },
};

const modelLevels = ['read', 'write', 'admin'];

/** `grant USER LEVEL [MODEL|OFFER …]`: without an object the level is the controller's. */
async function change(context: Context, action: 'grant' | 'revoke'): Promise<void> {
  const [user = '', access = '', ...objects] = context.parsed.positional;
  const base = { 'user-tag': `user-${user}`, action, access };
  if (objects.length === 0 && [...modelLevels, 'consume'].includes(access)) throw needsModel(action, access);
  const connection = await toController(context);
  if (objects.length === 0) {
    resultsOf(await connection.call('Controller', 'ModifyControllerAccess', { changes: [base] }));
    return;
  }
  for (const object of objects) {
    if (object.includes('.')) await changeOffer(connection, { ...base, 'offer-url': object });
    else await changeModel(context, connection, { base, model: object });
  }
}

function needsModel(action: string, access: string): CliError {
  return new CliError(
    `You have specified a model access permission "${access}".
If you intended to change model access, you need to specify one or more model names.
See 'juju help ${action}'.`,
    2,
  );
}

async function changeOffer(connection: Connection, entry: object): Promise<void> {
  resultsOf(await connection.call('ApplicationOffers', 'ModifyOfferAccess', { changes: [entry] }));
}

async function changeModel(
  context: Context,
  connection: Connection,
  { base, model }: { readonly base: object; readonly model: string },
): Promise<void> {
  const uuid = await uuidOf(context, modelOf(context, `${controllerName(context)}:${model}`));
  const changes = [{ ...base, 'model-tag': `model-${uuid}` }];
  resultsOf(await connection.call('ModelManager', 'ModifyModelAccess', { changes }));
}

function controllerName({ parsed, data }: Context): string {
  return parsed.options['controller'] ?? data.current ?? '';
}

async function switchUser(context: Context, verb: 'Disable' | 'Enable'): Promise<void> {
  const user = argument(context, 0);
  const connection = await toController(context);
  resultsOf(await connection.call('UserManager', `${verb}User`, { entities: [{ tag: `user-${user}` }] }));
  context.err(`User "${user}" ${verb.toLowerCase()}d\n`);
}

async function disableCommand(context: Context): Promise<void> {
  const connection = await toModel(context);
  const message = context.parsed.positional.slice(1).join(' ');
  checkAnswer(await connection.call('Block', 'SwitchBlockOn', { type: typeNamed(context), message }));
}

async function enableCommand(context: Context): Promise<void> {
  const connection = await toModel(context);
  checkAnswer(await connection.call('Block', 'SwitchBlockOff', { type: typeNamed(context) }));
}

function typeNamed(context: Context): string {
  const name = argument(context, 0);
  const type = blockTypeOf(name);
  if (type === undefined)
    throw new CliError(`bad command set, valid options: all, destroy-model, remove-object`, 2);
  return type;
}

function checkAnswer({ error }: Answer): void {
  if (error !== undefined) throw new CliError(String((error as Answer)['message']));
}

async function disabledCommands(context: Context, format: Format): Promise<void> {
  const shown =
    context.parsed.options['all'] === 'true' ? await ofAllModels(context) : await ofModel(context);
  if (format === 'tabular') {
    const rows = shown.map((entry) => Object.values(entry).map((value) => String(value)));
    context.out(shown.length === 0 ? 'No commands are currently disabled.\n' : table(rows));
    return;
  }
  write(context, format, shown);
}

async function ofModel(context: Context): Promise<readonly object[]> {
  const connection = await toModel(context);
  const results = resultsOf(await connection.call('Block', 'List'));
  return results.map(({ result }) => {
    const { type, message } = result as Readonly<Record<string, string>>;
    return { 'command-set': commandSetOf(type ?? ''), ...(message === '' ? {} : { message }) };
  });
}

async function ofAllModels(context: Context): Promise<readonly object[]> {
  const connection = await toController(context, modelOf(context).controller);
  const blocked = (await connection.call('Controller', 'ListBlockedModels'))['models'] as readonly Answer[];
  const params = { 'user-tag': `user-${connection.user}`, all: true };
  const models = resultsOf(await connection.call('ModelManager', 'ListModelSummaries', params));
  const entries = models.map(({ result }) => {
    const { name, uuid, 'owner-tag': owner = '' } = result as Readonly<Record<string, string>>;
    const types = blocked.find((model) => model['model-uuid'] === uuid)?.['blocks'] as
      readonly string[] | undefined;
    const person = owner.slice('user-'.length);
    const own = {
      name: `${person}/${name ?? ''}`,
      'model-uuid': uuid,
      ...(context.flavour === '3.6' ? { owner: person } : {}),
    };
    return types === undefined ? own : { ...own, 'disabled-commands': types.map(commandSetOf) };
  });
  return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
}
