import { Command, CommanderError } from 'commander';
import { InputError } from '../core/input-error.js';
import { exitCodes } from './exit-codes.js';
import type { Io } from './io.js';
import { withManners } from './manners.js';
import type { Finish } from './finish.js';
import { cleanLines } from './render/text.js';
import type { Services } from './services.js';

export type CommandMaker = (services: Services, finish: Finish) => Command;

/**
 * Every command, in the order of the help. Each loads what it is made of when it is asked for: reading all of them takes
 * longer than most of what they do.
 */
const commands: Readonly<Record<string, () => Promise<CommandMaker>>> = {
  audit: async () => (await import('./audit.js')).auditCommand,
  plan: async () => (await import('./plan.js')).planCommand,
  rehearse: async () => (await import('./rehearse.js')).rehearseCommand,
  apply: async () => (await import('./apply.js')).applyCommand,
  report: async () => (await import('./report.js')).reportCommand,
  diff: async () => (await import('./diff.js')).diffCommand,
  policy: async () => (await import('./policy-command.js')).policyCommand,
  snapshot: async () => (await import('./snapshot.js')).snapshotCommand,
  'network-policy': async () => (await import('./network-policy.js')).networkPolicyCommand,
  run: async () => (await import('./run.js')).runCommand,
  notify: async () => (await import('./notify.js')).notifyCommand,
  orders: async () => (await import('./journal/orders.js')).ordersCommand,
  approve: async () => (await import('./journal/decide.js')).approveCommand,
  deny: async () => (await import('./journal/decide.js')).denyCommand,
  clear: async () => (await import('./journal/clear.js')).clearCommand,
  pause: async () => (await import('./journal/pause.js')).pauseCommand,
  resume: async () => (await import('./journal/resume.js')).resumeCommand,
  'audit-log': async () => (await import('./journal/audit-log.js')).auditLogCommand,
  demo: async () => (await import('./demo.js')).demoCommand,
  data: async () => (await import('./data/command.js')).dataCommand,
  explain: async () => (await import('./explain.js')).explainCommand,
  controls: async () => (await import('./controls.js')).controlsCommand,
  completion: async () => (await import('./completion/command.js')).completionCommand,
};

/** All of them: for help, completion, and a name that is none of them. */
export function everyCommand(): Promise<readonly CommandMaker[]> {
  return Promise.all(Object.values(commands).map((load) => load()));
}

/** The one that a command line asks for. */
async function commandsFor([name = '']: readonly string[]): Promise<readonly CommandMaker[]> {
  const load = name !== 'completion' && Object.hasOwn(commands, name) ? commands[name] : undefined;
  return load === undefined ? everyCommand() : [await load()];
}

const intro = `
Start here:
  juju status --format json | holdfast audit --status -
  holdfast explain ETCD-ENC-01

Exit codes: 0 fine, 1 bad input or a failure of its own, 2 something to put
right, 3 with --fail-on-unknown when something could not be seen.
NO_COLOR turns colours off; so does a pipe.`;

/** Runs one command line. Never rejects: every trouble ends as a sentence on standard error and an exit code. */
export async function runProgram(argv: readonly string[], services: Services): Promise<number> {
  let code: number = exitCodes.fine;
  try {
    const makers = await commandsFor(argv);
    const program = newProgram(makers, services, (given) => {
      code = given;
    });
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return failureCode(error, services.io, services.environment.logLevel);
  }
}

/** A command line of some commands, told to nobody yet: of all of them, also what the reference in docs is made from. */
export function newProgram(makers: readonly CommandMaker[], services: Services, finish: Finish): Command {
  const program = new Command('holdfast')
    .description('Holds Juju deployments fast at their security hardening guides.')
    .version(services.version, '-V, --version', 'print the version')
    .addHelpText('after', intro);
  for (const make of makers) program.addCommand(make(services, finish));
  withManners(program, services.io);
  return program;
}

/** The exit code for whatever a command threw, after saying so. */
export function failureCode(error: unknown, io: Pick<Io, 'err'>, logLevel: string): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.failed;
  if (error instanceof InputError) {
    io.err(`holdfast: ${cleanLines(error.message)}\n`);
    return exitCodes.failed;
  }
  const trace = logLevel === 'debug' || logLevel === 'trace';
  const what = error instanceof Error ? error.message : String(error);
  io.err(`holdfast: failed unexpectedly: ${cleanLines(what.split('\n', 1).join(''))}\n`);
  io.err(
    trace && error instanceof Error ? `${error.stack ?? ''}\n` : 'HOLDFAST_LOG_LEVEL=debug shows where.\n',
  );
  return exitCodes.failed;
}
