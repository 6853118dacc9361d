import { InputError } from '../core/input-error.js';
import type { Policy } from '../core/policy/policy.js';
import type { Snapshot } from '../core/snapshot.js';
import { progressOn } from './progress.js';
import type { Services } from './services.js';

/** The snapshot with what these observability stacks, asked now, hold of its models. */
export async function withStacks(
  snapshot: Snapshot,
  stacks: Policy['observability'],
  { roads, io, now }: Services,
): Promise<Snapshot> {
  if (stacks === undefined || stacks.length === 0) return snapshot;
  if (roads.stacks === undefined) throw new InputError('observability stacks cannot be asked in this build');
  const progress = progressOn(io, now);
  const look = { progress: progress.tell, controllers: snapshot.controllers };
  return { ...snapshot, observability: await roads.stacks(stacks, look).finally(progress.done) };
}
