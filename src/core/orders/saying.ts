/** Who says something, and why: it stays in the audit trail, so it has to be readable there. */
import { InputError } from '../input-error.js';

/** A person's word, wherever it is said. */
export interface Saying {
  /** The person's name, checked. */
  readonly by: string;
  readonly reason?: string;
  /** ms since the epoch. */
  readonly now: number;
  /** How what is said is called where it is said: `--valid` on a command line, `valid` elsewhere. */
  readonly called: (field: string) => string;
  /** How it is known who says it, for the audit trail; absent where the machine's own user says it. */
  readonly via?: Readonly<Record<string, string>>;
}

/** Letters, digits, signs and spaces; nothing that a terminal would obey or that cannot be seen. */
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]+$/u;

/** A person's name in at most 100 characters. @throws InputError; `what` names it there. */
export function personName(text: string, what: string): string {
  return checked(text, what, 100);
}

/** Why somebody wants something, in at most 500 characters. @throws InputError */
export function reasonText(reason: string | undefined, what: string): { readonly reason?: string } {
  return reason === undefined ? {} : { reason: checked(reason, what, 500) };
}

function checked(text: string, what: string, most: number): string {
  const trimmed = text.trim();
  if (trimmed === '') throw new InputError(`${what} is empty: write it`);
  if (trimmed.length > most) throw new InputError(`${what} is longer than ${most} characters: shorten it`);
  if (!printable.test(trimmed))
    throw new InputError(`${what} holds characters that cannot be printed: leave them out`);
  return trimmed;
}
