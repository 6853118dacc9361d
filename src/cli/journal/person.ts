/** Who says something on a command line, and why. */
import { type Command } from 'commander';
import { personName, reasonText, type Saying } from '../../core/orders/saying.js';
import type { Services } from '../services.js';

export interface PersonOptions {
  readonly as?: string;
  readonly reason?: string;
}

export function addPersonOptions(command: Command): Command {
  return command
    .option('--as <name>', 'in whose name; yours on this machine unless given')
    .option('--reason <text>', 'why, for those who read the audit trail');
}

/** The name under which something is said; never empty. @throws InputError */
export function personOf({ as }: PersonOptions, { journal }: Services): string {
  const name = as ?? journal?.userName() ?? '';
  return personName(
    name,
    as === undefined ? 'your name on this machine (say who you are with --as)' : '--as',
  );
}

/** What is said with a command, by whom and when. @throws InputError */
export function sayingOf(options: PersonOptions, services: Services): Saying {
  return {
    by: personOf(options, services),
    ...reasonText(options.reason, '--reason'),
    now: services.now(),
    called: (field) => `--${field}`,
  };
}
