/** What was under way when the program last ended comes first: nothing may be begun on top of it. */
import type { Policy } from '../core/policy/policy.js';
import type { Clock, Journal, Log, Remediation } from '../core/ports/index.js';
import { instant } from '../core/time.js';
import type { Ledger } from './ledger.js';
import { recover, resume, type RecoveryOptions } from './recovery.js';
import type { Remediator } from './remediator.js';
import type { Rotation } from './rotation/means.js';
import { settleCutOff } from './rotation/own-passwords.js';
import type { Share } from './sharing/share.js';
import type { Shares } from './sharing/shares.js';
import { longestWindow, type Tally } from './tally.js';
import { show } from './telling.js';

export interface Before {
  readonly store: Journal;
  readonly shares: Shares;
  readonly clock: Clock;
  readonly log: Log;
  readonly endLeftover?: RecoveryOptions['endLeftover'];
  readonly remediator: Remediator | undefined;
  readonly ledger: Ledger;
  readonly tally: Tally;
  readonly inForce: { readonly policy: Policy; readonly stopping: boolean };
  readonly history: Remediation[];
  readonly rotation: Rotation;
}

/** The one unit goes on with everything. */
export async function goOn(before: Before): Promise<void> {
  await before.rotation.history.load();
  // First, as it ends what is left of a process that would set the very password that is about to be tried.
  const options = recovery(before);
  if (options !== undefined) await recover(options);
  await settlePasswords(before, () => true);
}

/** Longer than a process is given between its deadline and its end by force, and what notes its end may take, ms. */
const endOfProcess = 5000;

/**
 * A unit that took a part goes on with what is under way there. A process of the unit that had it may still run: its
 * place is left alone until its deadline has passed, counted from now, for its own machine's clock may be anywhere.
 */
export async function goOnWith(part: number, before: Before, share: Share, longerFor: Longer): Promise<void> {
  const { places, waits } = share;
  await settlePasswords(before, (controller) => places.ofController(controller) === part);
  const { store, tally, clock, inForce } = before;
  tally.merge(await store.marks(instant(clock.now() - longestWindow)));
  const options = recovery(before);
  if (options === undefined) return;
  const later: RecoveryOptions['later'] = (key, argv, act) => {
    const deadline = inForce.policy.pace.cliDeadline * 1000 + longerFor(argv);
    waits.add(key, deadline + endOfProcess, act);
  };
  for (const remediation of await store.remediations(0))
    if (places.ofRemediation(remediation) === part) await resume(remediation, { ...options, later });
}

type Longer = (argv: readonly string[]) => number;

async function settlePasswords(before: Before, isOurs: (controller: string) => boolean): Promise<void> {
  const { rotation, shares, clock, log, inForce } = before;
  const { history, rotator } = rotation;
  await history.load();
  if (rotator === undefined) return;
  const isStopping = (): boolean => inForce.stopping;
  await settleCutOff({ writeAt: shares.writeAt, clock, log, rotator, history, isStopping, isOurs });
}

function recovery(before: Before): RecoveryOptions | undefined {
  const { remediator, inForce, history, endLeftover = () => Promise.resolve() } = before;
  if (remediator === undefined) return undefined;
  return {
    ...before,
    remediator,
    endLeftover,
    pace: () => inForce.policy.pace,
    onResume: (remediation) => {
      show(history, remediation);
    },
  };
}
