import { Command, CommanderError } from 'commander';
import { InputError } from '../core/input-error.js';
import { applyCommand } from './apply.js';
import { auditCommand } from './audit.js';
import { completionCommand } from './completion/command.js';
import { controlsCommand } from './controls.js';
import { dataCommand } from './data/command.js';
import { demoCommand } from './demo.js';
import { diffCommand } from './diff.js';
import { exitCodes } from './exit-codes.js';
import { explainCommand } from './explain.js';
import { auditLogCommand } from './journal/audit-log.js';
import { clearCommand } from './journal/clear.js';
import { approveCommand, denyCommand } from './journal/decide.js';
import { ordersCommand } from './journal/orders.js';
import { pauseCommand } from './journal/pause.js';
import { resumeCommand } from './journal/resume.js';
import type { Io } from './io.js';
import { withManners } from './manners.js';
import { planCommand } from './plan.js';
import { notifyCommand } from './notify.js';
import { policyCommand } from './policy-command.js';
import type { Finish } from './finish.js';
import { networkPolicyCommand } from './network-policy.js';
import { cleanLines } from './render/text.js';
import { rehearseCommand } from './rehearse.js';
import { reportCommand } from './report.js';
import { runCommand } from './run.js';
import type { Services } from './services.js';
import { snapshotCommand } from './snapshot.js';

export type CommandMaker = (services: Services, finish: Finish) => Command;

/** Every command, in the order of the help. */
const commands: readonly CommandMaker[] = [
  auditCommand,
  planCommand,
  rehearseCommand,
  applyCommand,
  reportCommand,
  diffCommand,
  policyCommand,
  snapshotCommand,
  networkPolicyCommand,
  runCommand,
  notifyCommand,
  ordersCommand,
  approveCommand,
  denyCommand,
  clearCommand,
  pauseCommand,
  resumeCommand,
  auditLogCommand,
  demoCommand,
  dataCommand,
  explainCommand,
  controlsCommand,
  completionCommand,
];

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
  const program = newProgram(services, (given) => {
    code = given;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return failureCode(error, services.io, services.environment.logLevel);
  }
}

/** The whole command line, told to nobody yet: also what the reference in docs is made from. */
export function newProgram(services: Services, finish: Finish): Command {
  const program = new Command('holdfast')
    .description('Holds Juju deployments fast at their security hardening guides.')
    .version(services.version, '-V, --version', 'print the version')
    .addHelpText('after', intro);
  for (const make of commands) program.addCommand(make(services, finish));
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
