/** The client: one command from its arguments to its exit code. */
import type { Clock } from '../../core/ports/index.js';
import type { Flavour } from '../world/state.js';
import { parseArgv } from './argv.js';
import { ApiRefusal, CliError } from './cli-error.js';
import type { Command } from './command.js';
import { accessCommands } from './commands/access.js';
import { changeCommands } from './commands/change.js';
import { controllerCommands } from './commands/controllers.js';
import { infoCommands } from './commands/info.js';
import { modelCommands } from './commands/models.js';
import { offerCommands } from './commands/offers.js';
import { secretCommands } from './commands/secrets.js';
import { settingsCommands } from './commands/settings.js';
import { statusCommands } from './commands/status.js';
import { AlreadyPrinted, taskCommands } from './commands/tasks.js';
import type { Connection, Dial } from './connection.js';
import type { Context } from './context.js';
import type { JujuData } from './juju-data.js';
import { formatOf, write, type Format } from './output.js';

export interface JujuRun {
  readonly argv: readonly string[];
  /** The client's own major version. */
  readonly flavour: Flavour;
  readonly data: JujuData;
  /** File that stands for Charmhub; without it, it holds the charms that the simulation knows. */
  readonly store?: string;
  readonly dial: Dial;
  readonly clock: Clock;
  /** The whole of standard input; nothing unless said otherwise. */
  input?(): Promise<string>;
  /** A file of the machine that the client runs on. */
  readFile?(path: string): Promise<string>;
  out(text: string): void;
  err(text: string): void;
}

const retryDelayMs = 100;

const versionCommand: Command = {
  options: { format: 'text', all: 'flag' },
  formats: ['smart', 'json', 'yaml'],
  run: (context, format) => {
    const version = `${context.flavour === '3.6' ? '3.6.28' : '4.0.15'}-genericlinux-amd64`;
    const isAll = context.parsed.options['all'] === 'true';
    if (format === 'smart') context.out(`${version}\n`);
    else
      write(
        context,
        format,
        isAll ? { version, 'git-tree-state': 'archive', compiler: 'gc', official: false } : version,
      );
    return Promise.resolve();
  },
};

const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...accessCommands,
    ...changeCommands,
    ...controllerCommands,
    ...infoCommands,
    ...modelCommands,
    ...offerCommands,
    ...secretCommands,
    ...settingsCommands,
    ...statusCommands,
    ...taskCommands,
    version: versionCommand,
  }),
);

/** Runs one command and returns its exit code; never throws for what a controller refuses. */
export async function runJuju(run: JujuRun): Promise<number> {
  const [name = '', ...rest] = run.argv;
  const command = commands.get(name);
  if (command === undefined) {
    run.err(`ERROR juju: "${name}" is not a juju command. See "juju --help".\n`);
    return 1;
  }
  const opened: Connection[] = [];
  let format: Format | undefined;
  try {
    const parsed = parseArgv(rest, command.options);
    format = formatOf({ parsed }, command.formats);
    await attempt({ ...run, parsed, opened }, command, format);
    return 0;
  } catch (error) {
    return explain(run, { command, format }, error);
  } finally {
    for (const connection of opened) connection.close();
  }
}

async function attempt(context: Context, command: Command, format: Format): Promise<void> {
  for (let left = command.retries ?? 0; ; left -= 1) {
    try {
      await command.run(context, format);
      return;
    } catch (error) {
      const isUsage = error instanceof CliError && error.exitCode === 2;
      if (left <= 0 || isUsage) throw error;
      await context.clock.sleep(retryDelayMs);
    }
  }
}

interface Running {
  readonly command: Command;
  readonly format: Format | undefined;
}

/** Failing commands with a JSON or YAML output print an empty object as well (Juju facts 9.5). */
function explain(run: JujuRun, { command, format }: Running, error: unknown): number {
  if (!(error instanceof ApiRefusal || error instanceof CliError)) throw error;
  const exitCode = error instanceof CliError ? error.exitCode : 1;
  const isStructured = command.formats.length > 0 && (format === 'json' || format === 'yaml');
  if (isStructured && exitCode === 1 && !(error instanceof AlreadyPrinted)) run.out('{}\n');
  run.err(error instanceof ApiRefusal ? refusalText(command, error) : `ERROR ${error.message}\n`);
  return exitCode;
}

function refusalText(command: Command, { message, code }: ApiRefusal): string {
  const isDenied = code === 'unauthorized access' && command.deniedTo !== undefined;
  const before = isDenied ? deniedText(command.deniedTo) : '';
  const after = code === 'operation is blocked' ? blockText(command.blockedBy ?? 'change') : '';
  return `${before}ERROR ${message}${code === '' ? '' : ` (${code})`}\n${after}`;
}

function deniedText(command: string): string {
  return `
You do not have permission to ${command}.
You may ask an administrator to grant you access with "juju grant".

`;
}

function blockText(kind: 'change' | 'remove'): string {
  const [what, set] =
    kind === 'remove'
      ? ['All operations that remove machines, applications, units or\nrelations', 'remove-object']
      : ['All operations that change model', 'all'];
  const purpose = kind === 'remove' ? 'removal' : 'changes';
  return `
${what} have been disabled for the current model.
To enable ${purpose}, run

    juju enable-command ${set}


`;
}
