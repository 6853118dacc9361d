import type { CliOutcome } from '../../core/ports/juju-cli.js';
import { actionVerdict } from './action-verdict.js';
import { brief, errorText } from './error-text.js';

/** A `juju` process that has ended, one way or another. */
export interface Ended {
  /** Absent when a signal ended it. */
  readonly exitCode?: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly argv: readonly string[];
}

export interface Verdict {
  readonly outcome: CliOutcome;
  readonly summary: string;
}

interface Rule {
  readonly outcome: CliOutcome;
  readonly pattern: RegExp;
  /** Put before what juju said. */
  readonly means: string;
}

/**
 * What failing calls say, the surest first: a block's message is free text of an administrator and must not be taken
 * for anything else, a refused login also says `not found`. Texts of Juju 3.6 and 4.x (Juju facts, as recorded).
 */
const failures: readonly Rule[] = [
  {
    outcome: 'blocked',
    pattern: /operation is blocked|operation has been blocked|juju enable-command /,
    means: 'a disabled command set forbids it',
  },
  {
    outcome: 'busy',
    pattern:
      /upgrade in progress|migration in progress|maintenance in progress|is being migrated|model is migrating/i,
    means: 'the controller or model is being upgraded or migrated',
  },
  { outcome: 'already', pattern: /already has .* access or greater/, means: 'the access is there already' },
  {
    outcome: 'already',
    pattern:
      /already exists|already been permanently deleted|already up-to-date|block not found|is not in error state/,
    means: 'it is so already, says Juju',
  },
  {
    outcome: 'retry',
    pattern:
      /try again|try refresh again|excessive contention|cannot acquire lock|is dying, but not yet removed|state changing too quickly/i,
    means: 'Juju asks for patience',
  },
  {
    outcome: 'retry',
    pattern: /timed out waiting for results/,
    means: 'Juju stopped waiting, but the task goes on: look at its operation first',
  },
  {
    outcome: 'denied',
    pattern:
      /permission denied|unauthorized|do not have permission|authorization failed|access not found for/i,
    means: 'our identity lacks the right',
  },
  {
    outcome: 'denied',
    pattern:
      /invalid entity name or password|cannot get discharge|please enter password|not logged|account details for controller .* not found|cannot load cookies/i,
    means: 'the login was refused',
  },
  {
    outcome: 'rejected',
    pattern: /x509:|failed to verify certificate|CA not trusted/,
    means: "the controller's certificate is not the expected one",
  },
  {
    outcome: 'retry',
    pattern:
      /unable to connect to API|cannot resolve|no such host|connection refused|connection reset|i\/o timeout|deadline exceeded|no controller API addresses|broken pipe|network is unreachable|\bEOF\b/i,
    means: 'the controller or a service behind it cannot be reached',
  },
  {
    outcome: 'rejected',
    pattern: /No controllers registered|no current controller|no active controller/,
    means: 'juju knows no controller: its data directory is not ours',
  },
  {
    outcome: 'not-found',
    pattern: /not found|does not exist|do not exist|has been removed from the controller|has been migrated/,
    means: 'it does not exist, or we may not see it',
  },
];

/** Exit 0 does not always mean that it was done. */
const quietFailures: readonly Rule[] = [
  {
    outcome: 'rejected',
    pattern: /is not defined in the current model configuration/,
    means: 'the model has no such setting',
  },
  { outcome: 'already', pattern: /already up-to-date/, means: 'it is so already, says Juju' },
];

/** Judges an ended call by its exit code first, then by standard error, for actions also by their own status. */
export function classify(ended: Ended): Verdict {
  if (ended.timedOut)
    return { outcome: 'retry', summary: 'juju did not finish within its deadline and was ended' };
  if (ended.exitCode === undefined) return { outcome: 'retry', summary: 'juju was ended by a signal' };
  if (ended.exitCode === 0) return succeeded(ended);
  const said = errorText(ended.stderr);
  const rule = failures.find(({ pattern }) => pattern.test(said));
  if (rule !== undefined) return told(rule, said);
  const kind = ended.exitCode === 2 ? 'juju did not understand the call' : 'juju refused';
  return { outcome: 'rejected', summary: sentence(kind, said === '' ? `exit code ${ended.exitCode}` : said) };
}

function succeeded(ended: Ended): Verdict {
  const verdict = actionVerdict(ended);
  if (verdict !== undefined) return verdict;
  const rule = quietFailures.find(({ pattern }) => pattern.test(ended.stderr));
  return rule === undefined ? { outcome: 'done', summary: 'done' } : told(rule, errorText(ended.stderr));
}

function told({ outcome, means }: Rule, said: string): Verdict {
  return { outcome, summary: sentence(means, said) };
}

function sentence(means: string, said: string): string {
  return brief(`${means}: ${said}`);
}
