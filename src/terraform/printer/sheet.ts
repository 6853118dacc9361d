import type { Action, ModelRef } from '../../core/action/action.js';
import { argvOf, commandLine } from '../../core/action/argv.js';
import type { Addresses, Named } from './addresses.js';
import { commandComment, comment } from './hcl.js';

/** What every fragment is written from. */
export interface Sheet {
  readonly addresses: Addresses;
  /** The URL of the offer behind an application of another model; undefined for applications of the model itself. */
  readonly offerUrl: (model: ModelRef, application: string) => string | undefined;
  /** The command of an action, as a comment. */
  readonly command: (action: Action) => string;
}

export function sheetFor(addresses: Addresses, offerUrl: Sheet['offerUrl']): Sheet {
  return { addresses, offerUrl, command: (action) => commandComment(commandLine(argvOf(action))) };
}

/** Says that a name is guessed, and what would tell the real one. */
export function guessNote(named: Named, what: string): readonly string[] {
  if (named.resource !== undefined) return [];
  return comment(
    `${named.address} is a guess at the resource of ${what}: --terraform-state FILE tells its real name.`,
  );
}

export function withModuleNote(named: Named | undefined): readonly string[] {
  return named === undefined || named.module === ''
    ? []
    : comment(`This stands in ${named.module}, not in the root module.`);
}
