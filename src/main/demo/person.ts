/** The person of the demonstration: approves what waits for one. */
import type { Daemon } from '../../controller/daemon.js';
import type { Plan } from '../../core/plan.js';
import type { Clock, Store } from '../../core/ports/index.js';
import { targetKey, targetLabel } from '../../core/target.js';
import { instant } from '../../core/time.js';
import type { Narrator } from './narrator.js';

const name = 'ann';
const validity = 3_600_000;

export interface PersonOptions {
  readonly daemon: Daemon;
  readonly store: Store;
  readonly narrator: Narrator;
  readonly clock: Clock;
}

/** A function that says yes to every plan in which something waits for an approval, once for each plan. */
export function approver({ daemon, store, narrator, clock }: PersonOptions): () => Promise<void> {
  const approved = new Set<string>();
  return async () => {
    for (const plan of plansThatWait(daemon)) {
      if (approved.has(plan.hash)) continue;
      approved.add(plan.hash);
      narrator.say(name, `approves plan ${plan.id} for ${targetLabel(plan.target)}`);
      await approve(plan, store, clock);
    }
  };
}

function plansThatWait(daemon: Daemon): readonly Plan[] {
  const waiting = daemon.remediations().filter(({ state }) => state === 'WaitingApproval');
  const places = new Set(waiting.map(({ target }) => targetKey(target)));
  return daemon.plans().filter(({ target }) => places.has(targetKey(target)));
}

async function approve(plan: Plan, store: Store, clock: Clock): Promise<void> {
  const at = instant(clock.now());
  const expiresAt = instant(clock.now() + validity);
  const id = `a-${plan.hash.slice(0, 10)}`;
  await store.write(
    { type: 'plan', plan },
    { type: 'approval', approval: { id, planHash: plan.hash, decision: 'approve', by: name, at, expiresAt } },
    {
      type: 'audit',
      entry: { at, actor: name, event: 'PlanApproved', why: 'seen and agreed', body: { plan: plan.hash } },
    },
  );
}
