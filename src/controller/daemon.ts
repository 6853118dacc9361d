/** The daemon: follows controllers, judges what it sees, puts right what it may, and shows itself. */
import type { Policy } from '../core/policy/policy.js';
import { viewOf } from './daemon-view.js';
import { goOn } from './go-on.js';
import { reconciler } from './reconcile.js';
import { runWorkers } from './runner.js';
import type { Daemon, DaemonOptions } from './daemon-options.js';
import { assemble, type Parts } from './daemon-parts.js';

export type { DaemonEvent } from './telling.js';
export type { Daemon, DaemonOptions };

/** Looks under way at once: most of their time is waiting, for a controller that may never answer. */
const workers = 32;

/** Starts to follow and to work; what goes wrong shows in health, readiness and metrics. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const parts = assemble(options);
  const { queue, following, clusters, stacks, looker } = parts;
  const { clock, random, log, telemetry } = options;
  const { share } = parts;
  if (share === undefined) await goOn({ ...options, ...parts });
  await adoptEverywhere(parts.inForce.policy, options, parts);
  share?.start();
  let reloaded = Promise.resolve();
  const reconcile = makeReconcile(options, parts);
  const working = runWorkers({ queue, reconcile, workers, clock, random, log, telemetry });
  const reload = (next: Policy): Promise<void> => {
    const adopt = async (): Promise<void> => {
      if (parts.inForce.stopping) return;
      parts.inForce.policy = next;
      looker.adopt(next);
      await adoptEverywhere(next, options, parts);
      following.enqueueAll();
    };
    // One after the other: two at once could leave a controller followed that neither policy names.
    const done = reloaded.then(adopt);
    reloaded = done.catch(() => undefined);
    return done;
  };
  parts.inForce.passwordChanged = (before, after): void => {
    following.keepUp(before, after);
  };
  return {
    ...viewOf({ ...parts, ...options, inside: parts.inside, policy: () => parts.inForce.policy }),
    reload,
    async stop() {
      parts.inForce.stopping = true;
      queue.close();
      // A policy that is just being taken over would begin to follow what nobody would leave.
      await reloaded;
      const givenUp = share?.stop();
      const lookedInto = parts.inside?.stop();
      // Connections go first: a reading that would take long ends with them, and nothing new may be begun anyway.
      const asking = options.charmhub?.stop();
      await Promise.all([following.leaveAll(), clusters.leaveAll(), stacks.leaveAll(), asking]);
      await working;
      await givenUp;
      await lookedInto;
      await options.store.close();
    },
  };
}

/** Tells all who look at something outside; the controllers come last, for what they show is judged at once. */
async function adoptEverywhere(
  policy: Policy,
  { auditLogs, charmhub }: DaemonOptions,
  { clusters, stacks, following }: Parts,
): Promise<void> {
  await clusters.adopt(policy);
  await stacks.adopt(policy);
  auditLogs?.adopt(policy.controllers);
  charmhub?.adopt(policy);
  await following.adopt(policy);
}

function makeReconcile(options: DaemonOptions, parts: Parts): ReturnType<typeof reconciler> {
  const { inForce, plans, share } = parts;
  const reconcile = reconciler({
    ...options,
    ...parts,
    pace: () => inForce.policy.pace,
    onPlan: (key, proposal) => {
      if (proposal === undefined) plans.delete(key);
      else plans.set(key, proposal.plan);
    },
  });
  return share?.guard(reconcile) ?? reconcile;
}
