/** `config`, `model-config` and `controller-config`: read, set, reset. */
import type { Command } from '../command.js';
import { argument, formatted, onController, onModel } from '../command.js';
import { resultsOf, type Answer } from '../connection.js';
import { toController, toModel, type Context } from '../context.js';
import { table, write, type Format } from '../output.js';
import { CliError } from '../cli-error.js';
import { text } from '../tree.js';

export const settingsCommands: Readonly<Record<string, Command>> = {
  config: {
    options: { ...onModel, ...formatted, reset: 'text', file: 'text' },
    formats: ['yaml', 'json'],
    blockedBy: 'change',
    run: config,
  },
  'model-config': {
    options: { ...onModel, ...formatted, reset: 'text' },
    formats: ['tabular', 'json', 'yaml'],
    blockedBy: 'change',
    run: modelConfig,
  },
  'controller-config': {
    options: { ...onController, ...formatted },
    formats: ['tabular', 'json', 'yaml'],
    run: controllerConfig,
  },
  'model-secret-backend': { options: onModel, formats: [], run: modelSecretBackend },
};

interface Asked {
  readonly sets: Readonly<Record<string, string>>;
  readonly keys: readonly string[];
  readonly resets: readonly string[];
}

function asked({ parsed }: Context, words: readonly string[]): Asked {
  const assignments = words.filter((word) => word.includes('='));
  const sets = assignments.map((word): [string, string] => [
    word.slice(0, word.indexOf('=')),
    word.slice(word.indexOf('=') + 1),
  ]);
  const reset = parsed.options['reset'] ?? '';
  return {
    sets: Object.fromEntries(sets),
    keys: words.filter((word) => !word.includes('=')),
    resets: reset === '' ? [] : reset.split(','),
  };
}

function hasAny(record: object): boolean {
  return Object.keys(record).length > 0;
}

async function config(context: Context, format: Format): Promise<void> {
  const application = argument(context, 0);
  const { sets, keys, resets } = asked(context, context.parsed.positional.slice(1));
  const connection = await toModel(context);
  if (resets.length > 0) {
    const Args = [{ application, branch: '', options: resets }];
    resultsOf(await connection.call('Application', 'UnsetApplicationsConfig', { Args }));
  }
  if (hasAny(sets)) {
    const Args = [{ application, generation: '', config: sets, 'config-yaml': '' }];
    resultsOf(await connection.call('Application', 'SetConfigs', { Args }));
  }
  if (resets.length > 0 || hasAny(sets)) return;
  const found = await connection.call('Application', 'Get', { application, branch: '' });
  const [key] = keys;
  if (key !== undefined) printKey(context, found, key);
  else write(context, format, configShape(found));
}

function configShape(found: Answer): object {
  const { application, charm, config: settings, 'application-config': own } = found;
  return { application, 'application-config': own, charm, settings };
}

function printKey(context: Context, found: Answer, key: string): void {
  const entry = (found['config'] as Readonly<Record<string, Answer>>)[key];
  const trust =
    key === 'trust' ? (found['application-config'] as Readonly<Record<string, Answer>>)['trust'] : undefined;
  const option = entry ?? trust;
  if (option === undefined)
    throw new CliError(
      `key "${key}" not found in "${String(found['application'])}" application config or charm settings.`,
    );
  context.out(`${text(option['value'])}\n`);
}

async function modelConfig(context: Context, format: Format): Promise<void> {
  const { sets, keys, resets } = asked(context, context.parsed.positional);
  const connection = await toModel(context);
  const present = (await connection.call('ModelConfig', 'ModelGet'))['config'] as Readonly<
    Record<string, Answer>
  >;
  if (resets.length > 0) await connection.call('ModelConfig', 'ModelUnset', { keys: resets });
  if (hasAny(sets)) {
    for (const key of Object.keys(sets)) warnOfMisspelling(context, present, key);
    await connection.call('ModelConfig', 'ModelSet', { config: sets });
  }
  if (resets.length > 0 || hasAny(sets)) return;
  const [key] = keys;
  if (key !== undefined) printModelKey(context, present, key);
  else printModelConfig(context, format, present);
}

function warnOfMisspelling(context: Context, present: Readonly<Record<string, Answer>>, key: string): void {
  if (key in present) return;
  context.err(
    `WARNING key "${key}" is not defined in the current model configuration: possible misspelling\n`,
  );
}

function printModelKey(context: Context, present: Readonly<Record<string, Answer>>, key: string): void {
  const entry = present[key];
  if (entry === undefined)
    throw new CliError(`key "${key}" not found in "${context.parsed.options['model'] ?? ''}" model.`);
  context.out(`${text(entry['value'])}\n`);
}

const hiddenModelKeys = ['name', 'type', 'uuid', 'authorized-keys'];

/** The one answer whose keys begin with capitals. */
function printModelConfig(context: Context, format: Format, present: Readonly<Record<string, Answer>>): void {
  const shown = Object.entries(present).filter(([key]) => !hiddenModelKeys.includes(key));
  const entries = shown.map(([key, { value, source }]): [string, unknown, unknown] => [key, value, source]);
  if (format === 'tabular') {
    context.out(
      table([
        ['Attribute', 'From', 'Value'],
        ...entries.map(([key, value, source]) => [key, String(source), text(value)]),
      ]),
    );
    return;
  }
  write(context, format, Object.fromEntries(entries.map(([key, Value, Source]) => [key, { Value, Source }])));
}

async function controllerConfig(context: Context, format: Format): Promise<void> {
  const { sets, keys } = asked(context, context.parsed.positional);
  const connection = await toController(context);
  if (hasAny(sets)) {
    await connection.call('Controller', 'ConfigSet', { config: sets });
    return;
  }
  const found = (await connection.call('Controller', 'ControllerConfig'))['config'] as Answer;
  const [key] = keys;
  if (key !== undefined) context.out(`${text(found[key])}\n`);
  else if (format === 'tabular')
    context.out(
      table([['Attribute', 'Value'], ...Object.entries(found).map(([name, value]) => [name, text(value)])]),
    );
  else write(context, format, found);
}

async function modelSecretBackend(context: Context): Promise<void> {
  const connection = await toModel(context);
  const { result } = await connection.call('ModelConfig', 'GetModelSecretBackend');
  context.out(`${text(result)}\n`);
}
