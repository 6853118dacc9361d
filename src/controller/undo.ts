/** Whether a change that did not work may be undone by itself, and what a person would have to do otherwise. */
import type { Action } from '../core/action/action.js';
import { argvOf, commandLine } from '../core/action/argv.js';
import { observed } from '../core/action/observed.js';

import type { Rails } from '../core/policy/rails.js';
import { applicationsOf, type World } from '../core/rails/index.js';
import { troubledUnits } from './settle.js';
import type { Pending } from './pending.js';
import type { Doubt } from './verify.js';

/** The actions that undo it; a sentence when a person has to decide. */
export type UndoChoice = { readonly actions: readonly Action[] } | { readonly refused: string };

/**
 * Only what was seen to fail is undone, only what Juju said that we did and is still as we left it, and never
 * encryption, unless it took the application down and the policy says so.
 */
export function undoOf(pending: Pending, doubt: Doubt, world: World, rails: Rails): UndoChoice {
  const refused = noWayBack(pending) ?? notOurs(pending, doubt, world) ?? forbidden(pending, world, rails);
  return refused === undefined ? { actions: pending.action.inverse ?? [] } : { refused };
}

function noWayBack({ action: { inverse = [], irreversible } }: Pending): string | undefined {
  return inverse.length > 0 ? undefined : `it cannot be undone: ${irreversible ?? 'no inverse is known'}`;
}

function notOurs(pending: Pending, doubt: Doubt, world: World): string | undefined {
  if (doubt.is !== 'waiting' || !doubt.failing) return 'it was not seen to fail, only not seen to work';
  if (!pending.ours) return 'it was so before, says Juju: it is not ours to undo';
  return observed(pending.action.args, world) === 'yes'
    ? undefined
    : 'it is not seen to be as it was left: someone else may be at work';
}

function forbidden(pending: Pending, world: World, rails: Rails): string | undefined {
  if (rails.rollback === 'never') return 'the policy undoes nothing by itself here';
  if (!removesEncryption(pending.action.inverse ?? [])) return undefined;
  return rails.plaintextRollback && isDown(pending, world)
    ? undefined
    : 'undoing it would take the application back to plain text';
}

function removesEncryption(inverse: readonly Action[]): boolean {
  return inverse.some(
    (action) =>
      action.type === 'remove-relation' &&
      action.ends.some(({ endpoint }) => endpoint.includes('certificates')),
  );
}

/** Every unit of some application that it touched is in trouble. */
function isDown(pending: Pending, { model }: World): boolean {
  return applicationsOf(pending).some((name) => {
    const app = model?.applications[name];
    if (app === undefined || !('value' in app.units)) return false;
    const units = Object.keys(app.units.value).length;
    return units > 0 && troubledUnits(app) >= units;
  });
}

/** The commands that a person would type to undo it. */
export function manualUndo({ action }: Pending): string {
  if (action.inverse === undefined || action.inverse.length === 0) return '';
  return `; to undo it by hand: ${action.inverse.map((inverse) => commandLine(argvOf(inverse))).join(' && ')}`;
}
