/** Passwords of users and secrets of models. */
import { parse } from 'yaml';
import { CliError } from '../cli-error.js';
import { argument, formatted, onController, onModel, type Command } from '../command.js';
import { resultsOf } from '../connection.js';
import { toController, toModel, type Context } from '../context.js';
import { write, type Format } from '../output.js';
import { branch, text, type Tree } from '../tree.js';

const content = { ...onModel, file: 'text', info: 'text' } as const;

export const secretCommands: Readonly<Record<string, Command>> = {
  'change-user-password': {
    options: { ...onController, 'no-prompt': 'flag', reset: 'flag' },
    formats: [],
    run: changePassword,
  },
  'add-secret': { options: content, formats: [], blockedBy: 'change', run: addSecret },
  'update-secret': { options: content, formats: [], blockedBy: 'change', run: updateSecret },
  'grant-secret': { options: onModel, formats: [], blockedBy: 'change', run: grantSecret },
  'show-secret': {
    options: { ...onModel, ...formatted, reveal: 'flag', revision: 'text' },
    formats: ['yaml', 'json'],
    run: showSecret,
  },
};

/** `--no-prompt` takes one line of standard input. */
async function changePassword(context: Context): Promise<void> {
  if (context.parsed.options['no-prompt'] !== 'true') throw new CliError('cannot read password: EOF');
  const [password = ''] = ((await context.input?.()) ?? '').split('\n');
  if (password === '') throw new CliError('you must enter a password');
  const connection = await toController(context);
  const user = argument(context, 0) === '' ? connection.user : argument(context, 0);
  const changes = [{ tag: `user-${user}`, password }];
  resultsOf(await connection.call('UserManager', 'SetPassword', { changes }));
  const whose = user === connection.user ? 'Your password' : `Password for "${user}"`;
  context.err(`${whose} has been changed.\n`);
}

async function addSecret(context: Context): Promise<void> {
  const args = [{ label: argument(context, 0), content: { data: await dataFor(context) } }];
  const connection = await toModel(context);
  const [made] = resultsOf(await connection.call('Secrets', 'CreateSecrets', { args }));
  context.out(`${text(made?.['result'])}\n`);
}

async function updateSecret(context: Context): Promise<void> {
  const args = [{ 'existing-label': argument(context, 0), content: { data: await dataFor(context) } }];
  const connection = await toModel(context);
  resultsOf(await connection.call('Secrets', 'UpdateSecrets', { args }));
}

async function grantSecret(context: Context): Promise<void> {
  const [label = '', applications = ''] = context.parsed.positional;
  const connection = await toModel(context);
  const params = { label, applications: applications.split(',') };
  resultsOf(await connection.call('Secrets', 'GrantSecret', params));
}

const keyForm = /^[a-z](?:-?[a-z0-9]){2,}$/;

/** From the file, and from `key=value`; texts go over the wire in base64. */
async function dataFor(context: Context): Promise<Readonly<Record<string, string>>> {
  const { file } = context.parsed.options;
  const read = file === undefined ? {} : branch(parse((await context.readFile?.(file)) ?? ''));
  const pairs = context.parsed.positional.slice(1).map((pair): [string, string] => {
    const equals = pair.indexOf('=');
    return [pair.slice(0, equals), pair.slice(equals + 1)];
  });
  const all = [...Object.entries(read).map(([key, value]): [string, string] => [key, text(value)]), ...pairs];
  const wrong = all.find(([key]) => !keyForm.test(key));
  if (wrong !== undefined) throw new CliError(`key "${wrong[0]}" not valid`, 2);
  if (all.length === 0) throw new CliError('missing secret value or filename', 2);
  return Object.fromEntries(all.map(([key, value]) => [key, Buffer.from(value).toString('base64')]));
}

async function showSecret(context: Context, format: Format): Promise<void> {
  const connection = await toModel(context);
  const reveals = context.parsed.options['reveal'] === 'true';
  const params = { 'show-secrets': reveals, filter: { label: argument(context, 0) } };
  const [found] = resultsOf(await connection.call('Secrets', 'ListSecrets', params));
  const secret = branch(found);
  write(context, format, { [text(secret['uri']).replace(/^secret:/, '')]: shape(secret, reveals) });
}

function shape(secret: Tree, reveals: boolean): Tree {
  const data = Object.entries(branch(branch(secret['value'])['data'])).map(([key, value]) => [
    key,
    Buffer.from(text(value), 'base64').toString(),
  ]);
  return {
    revision: secret['latest-revision'],
    rotation: secret['rotate-policy'],
    owner: '<model>',
    name: secret['label'],
    created: secret['create-time'],
    updated: secret['update-time'],
    ...(reveals ? { content: { Data: Object.fromEntries(data) as Tree } } : {}),
  };
}
