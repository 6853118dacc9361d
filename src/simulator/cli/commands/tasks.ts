/** Actions and commands on units. Failed actions leave exit code 0, failed commands do not (Juju facts 9.4). */
import { CliError } from '../cli-error.js';
import { argument, formatted, onModel, type Command } from '../command.js';
import { resultsOf, type Connection } from '../connection.js';
import { toModel, type Context } from '../context.js';
import { write, type Format } from '../output.js';
import { branch, branches, filled, text, type Tree } from '../tree.js';
import { exactTime } from '../when.js';

const timing = { utc: 'flag', wait: 'text' } as const;

export const taskCommands: Readonly<Record<string, Command>> = {
  run: {
    options: {
      ...onModel,
      ...formatted,
      ...timing,
      background: 'flag',
      params: 'text',
      'string-args': 'flag',
    },
    formats: ['plain', 'json', 'yaml'],
    run: runAction,
  },
  exec: {
    options: {
      ...onModel,
      ...formatted,
      ...timing,
      unit: 'text',
      application: 'text',
      machine: 'text',
      all: 'flag',
      parallel: 'flag',
    },
    formats: ['plain', 'json', 'yaml'],
    blockedBy: 'change',
    run: exec,
  },
  operations: {
    options: {
      ...onModel,
      ...formatted,
      utc: 'flag',
      limit: 'text',
      offset: 'text',
      apps: 'text',
      units: 'text',
      status: 'text',
      actions: 'text',
    },
    formats: ['plain', 'json', 'yaml'],
    run: operations,
  },
  'show-operation': {
    options: { ...onModel, ...formatted, ...timing },
    formats: ['yaml', 'json'],
    run: showOperation,
  },
  'show-task': {
    options: { ...onModel, ...formatted, ...timing },
    formats: ['plain', 'json', 'yaml'],
    run: showTask,
  },
};

const pollMs = 50;
const defaultWaitMs = 60_000;

interface Enqueued {
  readonly operation: string;
  readonly tasks: readonly { readonly id: string; readonly unit: string }[];
  readonly errors: readonly string[];
}

async function runAction(context: Context, format: Format): Promise<void> {
  const units = context.parsed.positional.filter((word) => /^[^=]+\/(\d+|leader)$/.test(word));
  const [name = '', ...pairs] = context.parsed.positional.slice(units.length);
  const parameters = Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  const connection = await toModel(context);
  const actions = units.map((unit) => ({ receiver: receiverOf(unit), name, parameters }));
  const enqueued = readEnqueued(await connection.call('Action', 'EnqueueOperation', { actions }));
  if (enqueued.tasks.length === 0) {
    context.err(
      `\nOperation ${enqueued.operation} failed to schedule any tasks:\n${enqueued.errors.join('\n')}\n`,
    );
    return;
  }
  if (context.parsed.options['background'] === 'true') {
    sayScheduled(context, enqueued);
    return;
  }
  sayRunning(context, enqueued);
  writeTasks(context, format, await waitForAll(context, connection, enqueued));
}

function receiverOf(unit: string): string {
  return unit.endsWith('/leader') ? unit : `unit-${unit.replace('/', '-')}`;
}

function readEnqueued(answer: Tree): Enqueued {
  const actions = branches(answer['actions']);
  const made = actions.filter(({ error }) => error === undefined).map(({ action }) => branch(action));
  return {
    operation: text(answer['operation']).slice('operation-'.length),
    tasks: made.map(({ tag, receiver }) => ({
      id: text(tag).slice('action-'.length),
      unit: text(receiver)
        .slice('unit-'.length)
        .replace(/-(\d+)$/, '/$1'),
    })),
    errors: actions
      .filter(({ error }) => error !== undefined)
      .map(({ error }) => text(branch(error)['message'])),
  };
}

function sayScheduled(context: Context, { operation, tasks }: Enqueued): void {
  const [first] = tasks;
  context.err(`Scheduled operation ${operation} with task ${first?.id ?? ''}\n`);
  context.err(`Check operation status with 'juju show-operation ${operation}'\n`);
  context.err(`Check task status with 'juju show-task ${first?.id ?? ''}'\n`);
}

function sayRunning(context: Context, { operation, tasks }: Enqueued): void {
  const count = `${tasks.length} task${tasks.length === 1 ? '' : 's'}`;
  const lines = tasks.map(({ id, unit }) => `  - task ${id} on unit-${unit.replace('/', '-')}\n`).join('');
  context.err(`Running operation ${operation} with ${count}\n${lines}\n`);
  for (const { id } of tasks) context.err(`Waiting for task ${id}...\n`);
}

async function waitForAll(
  context: Context,
  connection: Connection,
  { tasks }: Enqueued,
): Promise<readonly Tree[]> {
  const end = context.clock.now() + waitMs(context);
  const entities = tasks.map(({ id }) => ({ tag: `action-${id}` }));
  for (;;) {
    const found = resultsOf(await connection.call('Action', 'Actions', { entities }));
    const open = found.filter(({ status }) => status === 'pending' || status === 'running');
    if (open.length === 0) return found;
    if (context.clock.now() >= end) {
      const units = tasks.map(({ unit }) => `unit ${unit}`).join('\n');
      throw new CliError(`timed out waiting for results from: ${units}`);
    }
    await context.clock.sleep(pollMs);
  }
}

function waitMs({ parsed }: Context): number {
  const match = /^(\d+)(ms|s|m|h)$/.exec(parsed.options['wait'] ?? '');
  if (match === null) return defaultWaitMs;
  const factors: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  return Number(match[1]) * (factors[match[2] ?? 's'] ?? 1000);
}

/** By unit; plain output shows what the tasks printed. */
function writeTasks(context: Context, format: Format, tasks: readonly Tree[]): void {
  const shown = tasks.map((task): [string, Tree] => {
    const entry = taskShape(task);
    return [text(entry['unit']), entry];
  });
  if (format !== 'plain') {
    write(context, format, Object.fromEntries(shown));
    return;
  }
  for (const [, { results }] of shown) context.out(plain(branch(results)));
}

const printedApart = ['stdout', 'stderr', 'return-code'];

function plain(output: Tree): string {
  const rest = Object.entries(output).filter(([key]) => !printedApart.includes(key));
  const lines = rest.map(([key, value]) => `${key}: ${text(value)}\n`);
  return `${text(output['stdout'])}${text(output['stderr'])}${lines.join('')}${lines.length > 0 ? '\n' : ''}`;
}

function taskShape(task: Tree): Tree {
  const action = branch(task['action']);
  const unit = text(action['receiver'])
    .slice('unit-'.length)
    .replace(/-(\d+)$/, '/$1');
  return {
    id: text(action['tag']).slice('action-'.length),
    ...filled({ message: task['message'] }),
    results: task['output'],
    status: task['status'],
    timing: { enqueued: exactTime(task['enqueued']), started: exactTime(task['started']) },
    unit,
  };
}

async function exec(context: Context, format: Format): Promise<void> {
  const connection = await toModel(context);
  const { unit, application } = context.parsed.options;
  const params = {
    commands: context.parsed.positional.join(' '),
    timeout: 300_000_000_000,
    units: unit === undefined ? [] : unit.split(',').map(receiverOf),
    applications: application === undefined ? [] : application.split(','),
  };
  const enqueued = readEnqueued(await connection.call('Action', 'Run', params));
  if (enqueued.tasks.length === 0) return;
  const tasks = await waitForAll(context, connection, enqueued);
  writeTasks(context, format, tasks);
  const failed = tasks.filter(({ output }) => branch(output)['return-code'] !== 0);
  if (failed.length > 0) throw new AlreadyPrinted(failureText(failed));
}

/** Fails after its output was printed: no `{}` follows. */
export class AlreadyPrinted extends CliError {}

function failureText(failed: readonly Tree[]): string {
  const lines = failed.map(({ action, output }) => {
    const id = text(branch(action)['tag']).slice('action-'.length);
    return ` - id "${id}" with return code ${text(branch(output)['return-code'])}\n`;
  });
  const head = failed.length === 1 ? 'the following task failed:' : 'the following tasks failed:';
  return `${head}\n${lines.join('')}\nuse 'juju show-task' to inspect the failure${failed.length === 1 ? '' : 's'}\n\n`;
}

async function operations(context: Context, format: Format): Promise<void> {
  const connection = await toModel(context);
  const { limit = '50', offset = '0', apps, units, actions } = context.parsed.options;
  const params = {
    limit: Number(limit),
    offset: Number(offset),
    applications: apps?.split(',') ?? [],
    units: units?.split(',') ?? [],
    actions: actions?.split(',') ?? [],
  };
  const found = branches((await connection.call('Action', 'ListOperations', params))['results']);
  const shown = found.map((operation): [string, Tree] => [operationId(operation), operationShape(operation)]);
  if (format !== 'plain') write(context, format, Object.fromEntries(shown));
  else
    context.out(
      shown.map(([id, { status, summary }]) => `${id}  ${text(status)}  ${text(summary)}\n`).join(''),
    );
}

function operationId(operation: Tree): string {
  return text(operation['operation']).slice('operation-'.length);
}

function operationShape(operation: Tree): Tree {
  const tasks = branches(operation['actions']).map((task): [string, Tree] => [
    taskId(task),
    taskOfOperation(task),
  ]);
  const [first] = branches(operation['actions']).map(({ action }) => branch(action));
  const completed = text(operation['completed']);
  return {
    summary: operation['summary'],
    status: operation['status'],
    action: { name: first?.['name'], parameters: first?.['parameters'] ?? {} },
    timing: filled({
      enqueued: exactTime(operation['enqueued']),
      completed: completed.startsWith('0001') ? '' : exactTime(completed),
    }),
    tasks: Object.fromEntries(tasks),
  };
}

function taskId(task: Tree): string {
  return text(branch(task['action'])['tag']).slice('action-'.length);
}

function taskOfOperation(task: Tree): Tree {
  const { unit, status, timing: times, message } = taskShape(task);
  return { host: unit, status, timing: times, ...filled({ message }) };
}

async function showOperation(context: Context, format: Format): Promise<void> {
  const connection = await toModel(context);
  const entities = [{ tag: `operation-${argument(context, 0)}` }];
  const [found] = resultsOf(await connection.call('Action', 'Operations', { entities }));
  write(context, format, operationShape(branch(found)));
}

async function showTask(context: Context, format: Format): Promise<void> {
  const connection = await toModel(context);
  const entities = [{ tag: `action-${argument(context, 0)}` }];
  const [found] = resultsOf(await connection.call('Action', 'Actions', { entities }));
  if (format === 'plain') context.out(plain(branch(branch(found)['output'])));
  else write(context, format, taskShape(branch(found)));
}
