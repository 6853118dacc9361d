/** Runs the real controller code on a simulated copy of an estate, on virtual time, until it rests. */
import type { Daemon } from '../../controller/daemon.js';
import type { Report } from '../../core/report/types.js';
import type { Snapshot } from '../../core/snapshot.js';
import { instant } from '../../core/time.js';
import type { Witness } from '../../simulator/rehearse/witness.js';
import type { VirtualClock } from '../../simulator/virtual-clock.js';
import type { Course } from './courses.js';
import { openStage, type Stage, type StageOptions } from './stage.js';

export interface Played {
  readonly before: Report;
  readonly after: Report;
  /** The copy before anything was done. */
  readonly first: Snapshot;
  readonly last: Snapshot;
  /** In the order in which they ran; those that never did come last. */
  readonly courses: readonly Course[];
  readonly witness: Witness;
  /** Whether it came to rest in the time that a rehearsal may take. */
  readonly rested: boolean;
}

const second = 1000;
/** Everything was read and probed by then. */
const lookAround = 90 * second;
/** Longer than the longest pause between two attempts. */
const quiet = 400 * second;
const longest = 6 * 3600 * second;
/** Of approvals that are given in a rehearsal. */
const approvalLasts = 30 * 86_400 * second;

export async function play(options: StageOptions): Promise<Played> {
  const stage = await openStage(options);
  const { daemon, clock, witness } = stage;
  await clock.advance(lookAround);
  const before = daemon.report();
  const first = stage.snapshot();
  await daemon.reload(stage.enforcing);
  const rested = await untilRest(stage);
  const after = daemon.report();
  const last = stage.snapshot();
  await stopped(daemon, clock);
  return { before, after, first, last, courses: stage.courses.inOrder(), witness, rested };
}

/** Gives every approval that is waited for, and waits until nothing moves any more. */
async function untilRest(stage: Stage): Promise<boolean> {
  const { clock, witness, courses } = stage;
  const begun = clock.now();
  const end = begun + longest;
  while (clock.now() < end) {
    await clock.advance(second);
    await approve(stage);
    const since = Math.max(begun, courses.movedAt, witness.changedAt);
    if (clock.now() - since > quiet && !courses.isMoving()) return true;
  }
  return false;
}

async function approve({ courses, approved, store, clock }: Stage): Promise<void> {
  for (const planHash of courses.awaitingApproval()) {
    if (approved.has(planHash)) continue;
    approved.add(planHash);
    const at = instant(clock.now());
    const expiresAt = instant(clock.now() + approvalLasts);
    const id = `rehearsal-${planHash.slice(0, 12)}`;
    const approval = { id, planHash, decision: 'approve', by: 'rehearsal', at, expiresAt } as const;
    await store.write({ type: 'approval', approval });
  }
}

/** Stopping waits for what is under way, which takes its time on the virtual clock. */
async function stopped(daemon: Daemon, clock: VirtualClock): Promise<void> {
  const state = { isOver: false };
  const stopping = daemon.stop().then(() => {
    state.isOver = true;
  });
  for (let waited = 0; !state.isOver && waited < 600; waited += 1) await clock.advance(second);
  await stopping;
}
