import { InputError } from '../../core/input-error.js';
import type { Clock } from '../../core/ports/time.js';
import { brief, errorText } from './error-text.js';
import { isController } from './names.js';
import { spawn } from './spawn.js';

/** Whom a person's own `juju` is logged in as. */
export interface LoggedIn {
  readonly controller: string;
  readonly user: string;
}

export interface Caller {
  readonly binary: string;
  /** The caller's: HOME, PATH, JUJU_DATA, JUJU_CONTROLLER and the like. */
  readonly environment: Readonly<Record<string, string>>;
  readonly deadlineMs: number;
  readonly clock: Clock;
}

/**
 * Asks `juju whoami`, which looks into the caller's own files only.
 * @throws InputError when there is no login.
 */
export async function loggedIn({ binary, environment, deadlineMs, clock }: Caller): Promise<LoggedIn> {
  const request = {
    file: binary,
    args: ['whoami', '--format', 'json'],
    env: environment,
    cwd: '/',
    deadlineMs,
  };
  const ended = await spawn(request, clock);
  const found = ended.exitCode === 0 ? parsed(ended.stdout) : undefined;
  if (found !== undefined) return found;
  const said = ended.startError ?? errorText(ended.stderr);
  const why = said === '' ? '' : ` (${brief(said)})`;
  throw new InputError(
    `juju is not logged in to a controller${why}: run "juju login", or "juju switch" to choose one`,
  );
}

function parsed(stdout: string): LoggedIn | undefined {
  try {
    const { controller, user } = JSON.parse(stdout) as { controller?: unknown; user?: unknown };
    const whole =
      typeof controller === 'string' && typeof user === 'string' && isController(controller) && user !== '';
    return whole ? { controller, user } : undefined;
  } catch {
    return undefined;
  }
}
