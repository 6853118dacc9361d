/** Who says something, and why: it stays in the audit trail, so it has to be readable there. */
import { type Command } from 'commander';
import { InputError } from '../../core/input-error.js';
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

/** Letters, digits, signs and spaces; nothing that a terminal would obey or that cannot be seen. */
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]+$/u;

/** The name under which something is said; never empty. @throws InputError */
export function personOf({ as }: PersonOptions, { journal }: Services): string {
  const name = as ?? journal?.userName() ?? '';
  return checked(
    name,
    as === undefined ? 'your name on this machine (say who you are with --as)' : '--as',
    100,
  );
}

/** @throws InputError */
export function reasonOf({ reason }: PersonOptions): { readonly reason?: string } {
  return reason === undefined ? {} : { reason: checked(reason, '--reason', 500) };
}

function checked(text: string, what: string, most: number): string {
  const trimmed = text.trim();
  if (trimmed === '') throw new InputError(`${what} is empty`);
  if (trimmed.length > most) throw new InputError(`${what} is longer than ${most} characters`);
  if (!printable.test(trimmed)) throw new InputError(`${what} holds characters that cannot be printed`);
  return trimmed;
}
