import { isKnown, type Fact } from '../fact.js';
import type { Charm, Operation } from '../snapshot.js';
import type { JudgedTime } from '../time.js';

/** For how long the word of a check before a refresh holds. */
export const checkSeconds = 30 * 60;

/** How the check before a refresh stands. */
export type CheckState =
  /** It was not run lately, or something changed since. */
  | { readonly state: 'due' }
  | { readonly state: 'running'; readonly operation: Operation }
  | { readonly state: 'passed'; readonly operation: Operation }
  | { readonly state: 'failed'; readonly operation: Operation };

/** What is known about the checks of one application. */
export interface Checked {
  readonly application: string;
  readonly action: string;
  readonly charm: Fact<Charm>;
  /** Newest first. */
  readonly operations: readonly Operation[];
}

/** The state of the newest check; what was checked before the charm changed says nothing any more. */
export function checkState(checked: Checked, time: JudgedTime): CheckState {
  const operation = newestOf(checked.operations, checked.action, checked.application);
  if (operation === undefined) return { state: 'due' };
  const at = operation.completed ?? operation.enqueued;
  if (time.isOlder(at, checkSeconds)) return { state: 'due' };
  if (operation.completed === undefined) return { state: 'running', operation };
  if (operation.status !== 'completed') return { state: 'failed', operation };
  return isOfThisCharm(operation, checked.charm) ? { state: 'passed', operation } : { state: 'due' };
}

/** The newest operation of an action on units of an application. */
export function newestOf(
  operations: readonly Operation[],
  action: string,
  application: string,
): Operation | undefined {
  return operations.find(
    (each) => each.action === action && each.units.some((unit) => unit.startsWith(`${application}/`)),
  );
}

/** The revision that a way back leads to. */
export function rollbackRevision({ rollback }: Operation): number | undefined {
  const revision = / --revision (\d+)/.exec(rollback ?? '')?.[1];
  return revision === undefined ? undefined : Number(revision);
}

/** A check that names its revision is bound to it; another holds if the charm was seen unchanged since before it. */
function isOfThisCharm(operation: Operation, charm: Fact<Charm>): boolean {
  if (!isKnown(charm) || operation.completed === undefined) return false;
  const revision = rollbackRevision(operation);
  if (revision !== undefined) return revision === charm.value.revision;
  return Date.parse(charm.at) <= Date.parse(operation.completed);
}
