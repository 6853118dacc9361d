/**
 * Operations as both roads tell them. What a task was given and what it answered never gets past here, but for the
 * steps of a refresh: why one failed, and the command with which the charm says how to go back.
 */
import type { Operation } from '../../core/snapshot.js';
import { plainText } from '../api/plain-text.js';
import { isBranch } from './json.js';

/** An operation with the numbers of its tasks, by which their answers can be asked for. */
export interface ListedOperation {
  readonly operation: Operation;
  readonly tasks: readonly string[];
}

/** What the task of a refresh's step answered. */
export type StepAnswer = Pick<Operation, 'message' | 'rollback'>;

const checks: ReadonlySet<string> = new Set(['pre-refresh-check', 'pre-upgrade-check']);

/** The actions that a refresh is made of, as the charms call them. */
export const refreshSteps: readonly string[] = [...checks, 'resume-refresh', 'resume-upgrade'];

const steps: ReadonlySet<string> = new Set(refreshSteps);

/** So many of the newest are kept, and of each application's steps of a refresh the newest of a kind besides. */
const kept = 50;
const longestMessage = 200;

/** Commands of `juju exec` count as `exec`, whatever the version calls them. */
export function actionName(told: string): string {
  return told === 'juju-exec' || told === 'juju-run' ? 'exec' : plainText(told, 60);
}

/** Newest first, bounded: a refresh's steps do not drown in the commands of others. */
export function newest(listed: readonly ListedOperation[]): readonly ListedOperation[] {
  const sorted = [...listed].sort((a, b) => compared(b.operation, a.operation));
  const first = new Set(sorted.slice(0, kept));
  const seen = new Set<string>();
  return sorted.filter((each) => {
    const isNewestStep = isFirst(seen, stepKey(each.operation));
    return first.has(each) || isNewestStep;
  });
}

/** The newest step of each kind and application: those of which the answers are worth asking for. */
export function answersWanted(listed: readonly ListedOperation[]): readonly ListedOperation[] {
  const seen = new Set<string>();
  return listed.filter(
    ({ operation }) => isFirst(seen, stepKey(operation)) && operation.completed !== undefined,
  );
}

/** What may be kept of a task's answer: of a failure its message, of a check that passed the way back. */
export function stepAnswer({ action, status }: Operation, message: unknown, results: unknown): StepAnswer {
  if (!steps.has(action)) return {};
  const told = plainText(message, longestMessage);
  if (status !== 'completed') return told === '' ? {} : { message: told };
  const rollback = checks.has(action) ? rollbackIn(results) : undefined;
  return rollback === undefined ? {} : { rollback };
}

const wayBack =
  /juju refresh [a-z][a-z0-9-]{0,99} --revision \d{1,9}(?: --resource [a-z][a-z0-9-]{0,60}=[\w./:@-]{1,300}){0,4}/;

/** The command alone, whatever stands around it: no other part of a result is ever kept. */
export function rollbackIn(results: unknown): string | undefined {
  const texts = isBranch(results) ? Object.values(results) : [];
  for (const text of texts) {
    const found = typeof text === 'string' ? wayBack.exec(text)?.[0] : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function stepKey({ action, units }: Operation): string | undefined {
  return steps.has(action) ? `${action} ${units[0]?.split('/')[0] ?? ''}` : undefined;
}

function isFirst(seen: Set<string>, key: string | undefined): boolean {
  if (key === undefined || seen.has(key)) return false;
  seen.add(key);
  return true;
}

/** By the end, or by the beginning of what still runs; numbers decide between equals, as they grow. */
function compared(a: Operation, b: Operation): number {
  const [one, other] = [a.completed ?? a.enqueued, b.completed ?? b.enqueued];
  if (one !== other) return one < other ? -1 : 1;
  return Number(a.id) - Number(b.id);
}
