import type { Ended, Verdict } from './classify.js';
import { brief, errorText } from './error-text.js';

const acting: ReadonlySet<string> = new Set(['run', 'exec']);

/**
 * What an exit code of 0 of `juju run` or `exec` really means: it is also 0 when the action failed and when no task
 * could be started. Undefined when nothing speaks against success.
 */
export function actionVerdict({ argv, stdout, stderr }: Ended): Verdict | undefined {
  if (!acting.has(argv[0] ?? '')) return undefined;
  if (stderr.includes('failed to schedule any tasks')) return notScheduled(stderr);
  if (argv.includes('--background') || !asksForJson(argv)) return undefined;
  if (stdout.trim() === '')
    return { outcome: 'not-found', summary: 'juju started no task: is the unit there?' };
  return taskVerdict(stdout);
}

function asksForJson(argv: readonly string[]): boolean {
  return argv.includes('--format=json') || argv[argv.indexOf('--format') + 1] === 'json';
}

function notScheduled(stderr: string): Verdict {
  const said = errorText(stderr);
  return {
    outcome: said.includes('not found') ? 'not-found' : 'rejected',
    summary: brief(`juju started no task: ${said}`),
  };
}

function taskVerdict(stdout: string): Verdict | undefined {
  const tasks = tasksIn(stdout);
  if (tasks === undefined)
    return {
      outcome: 'retry',
      summary: 'the answer of the action could not be read: look at its operation first',
    };
  const bad = tasks.find(({ status }) => status !== 'completed');
  if (bad === undefined) return undefined;
  const message = bad.message === '' ? 'no reason given' : errorText(bad.message);
  return {
    outcome: 'rejected',
    summary: brief(`the action on ${bad.unit} ended as ${bad.status}: ${message}`),
  };
}

interface Task {
  readonly unit: string;
  readonly status: string;
  readonly message: string;
}

function tasksIn(stdout: string): readonly Task[] | undefined {
  try {
    const parsed = JSON.parse(stdout) as unknown;
    return typeof parsed === 'object' && parsed !== null ? Object.entries(parsed).map(taskOf) : undefined;
  } catch {
    return undefined;
  }
}

function taskOf([unit, raw]: [string, unknown]): Task {
  const { status, message } = (raw ?? {}) as { status?: unknown; message?: unknown };
  return {
    unit: errorText(unit),
    status: typeof status === 'string' ? errorText(status) : 'unknown',
    message: typeof message === 'string' ? message : '',
  };
}
