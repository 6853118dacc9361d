import { newDict, type Dict } from '../../core/dict.js';
import { isKnown, type Fact } from '../../core/fact.js';
import { share } from '../../core/share.js';
import type { Steps } from '../../core/steps.js';
import type { ModelStatus } from './full-status.js';

/**
 * Lays a new status over the last one, entry by entry: what says the same is the same object as before. The large parts
 * come first, so that the last step finds them done.
 */
export function* layOver(before: ModelStatus, after: ModelStatus): Steps<ModelStatus> {
  const applications = yield* sharedDict(before.applications, after.applications);
  const machines = yield* sharedFact(before.machines, after.machines, sharedDict);
  const relations = yield* sharedFact(before.relations, after.relations, sharedList);
  return share(before, { ...after, applications, machines, relations });
}

function* sharedFact<T>(
  before: Fact<T>,
  after: Fact<T>,
  inside: (before: T, after: T) => Steps<T>,
): Steps<Fact<T>> {
  if (!isKnown(before) || !isKnown(after)) return after;
  return { ...after, value: yield* inside(before.value, after.value) };
}

function* sharedDict<T>(before: Dict<T>, after: Dict<T>): Steps<Dict<T>> {
  const shared = newDict<T>();
  for (const key of Object.keys(after)) {
    shared[key] = share(before[key], after[key] as T);
    yield;
  }
  return shared;
}

function* sharedList<T>(before: readonly T[], after: readonly T[]): Steps<readonly T[]> {
  const shared: T[] = [];
  for (const [index, item] of after.entries()) {
    shared.push(share(before[index], item));
    yield;
  }
  return shared;
}
