/** Goes on after the program ended: what was under way is looked at anew, never simply done again. */
import type { Clock, Journal, Remediation, Step } from '../core/ports/index.js';
import type { Pace } from '../core/policy/policy.js';
import { instant, millis } from '../core/time.js';
import { keyAt } from './keys.js';
import type { Ledger } from './ledger.js';
import { dyingRelation, type Pending } from './pending.js';
import type { Remediator } from './remediator.js';
import type { Shares } from './sharing/shares.js';
import { longestWindow, type Tally } from './tally.js';
import type { Doubt } from './verify.js';
import { workFrom } from './work.js';

export interface RecoveryOptions {
  readonly store: Journal;
  readonly shares: Pick<Shares, 'writeAt' | 'unit'>;
  readonly ledger: Ledger;
  readonly tally: Tally;
  readonly remediator: Remediator;
  readonly clock: Clock;
  readonly pace: () => Pace;
  /** Ends what is left of a process of ours; its id may belong to another by now, which the arguments tell. */
  readonly endLeftover: (pid: number, argv: readonly string[]) => Promise<void>;
  /** Leaves a place alone for as long as a process of another unit may run there, then calls `act`. */
  readonly later?: (key: string, argv: readonly string[], act: () => Promise<void>) => void;
  /** Told of everything that goes on. */
  readonly onResume: (remediation: Remediation) => void;
}

/** Reads the journal before anything is looked at. */
export async function recover(options: RecoveryOptions): Promise<void> {
  const { store, tally, clock } = options;
  tally.adopt(await store.marks(instant(clock.now() - longestWindow)));
  for (const remediation of await store.remediations(0)) await resume(remediation, options);
}

/** Goes on with one remediation of before. */
export async function resume(remediation: Remediation, options: RecoveryOptions): Promise<void> {
  const { store, ledger, remediator, onResume } = options;
  const { controller = '', model } = remediation.target;
  const key = keyAt(controller, model);
  const steps = await store.steps(remediation.id);
  const last = steps.at(-1);
  ledger.adopt(key, workFrom(remediation), remediation, last?.n ?? 0);
  onResume(remediation);
  if (last === undefined) return;
  const n = ownNumber(steps, last);
  const pending = (): Pending => ({ ...pendingFrom(remediation, last, options), n });
  if (remediation.state === 'Running' || remediation.state === 'Verifying') {
    await onceEnded(key, last, options, async () => {
      await markUnknown(key, last, options);
      remediator.resume(key, pending(), 'pending');
    });
  } else if (remediation.state === 'NeedsReview' && last.state !== 'verified')
    remediator.resume(key, pending(), 'doubt');
}

/** A process of another unit, or one whose id is not known, cannot be ended from here: its deadline ends it. */
async function onceEnded(
  key: string,
  last: Step,
  { shares, later }: RecoveryOptions,
  act: () => Promise<void>,
): Promise<void> {
  const mayRun =
    last.state !== 'unknown' && isOpen(last) && (last.by !== shares.unit || last.pid === undefined);
  if (later === undefined || !mayRun) await act();
  else later(key, last.argv, act);
}

/** Of the process that is the change itself: those that only help it keep their places in the journal. */
function ownNumber(steps: readonly Step[], last: Step): number {
  const [change] = steps;
  const argv = change?.argv.join('\0');
  return last.kind === 'undo'
    ? last.n
    : (steps.findLast((step) => step.kind === 'do' && step.argv.join('\0') === argv)?.n ?? last.n);
}

/** The end of its process was not seen: it is ended if it still runs, and its outcome stays unknown. */
async function markUnknown(key: string, last: Step, options: RecoveryOptions): Promise<void> {
  const { shares, clock, endLeftover } = options;
  // Marked so before: a program that ends right here every time must get on all the same.
  if (!isOpen(last) || last.state === 'unknown') return;
  if (last.pid !== undefined && last.by === shares.unit) await endLeftover(last.pid, last.argv);
  const at = instant(clock.now());
  const why = `Holdfast ended during ${last.argv.join(' ')}: it is looked what became of it`;
  const body = { remediation: last.remediation, n: last.n };
  await shares.writeAt(
    key,
    { type: 'step', step: { ...last, state: 'unknown', at } },
    { type: 'audit', entry: { at, actor: 'holdfast', event: 'CallEndUnseen', why, body } },
  );
}

function isOpen({ state }: Step): boolean {
  return state === 'intent' || state === 'spawned' || state === 'unknown';
}

/**
 * How long what is still asked for may have been done all the same, ms. A process of which only the intent was written
 * may run and cannot be ended, for nobody knows its id: it gets as long as any call gets.
 */
function patienceFor(last: Step, { cliDeadline, quiet }: Pace): number {
  const mayRun = isOpen(last) && last.pid === undefined ? cliDeadline * 1000 : 0;
  return Math.max(mayRun, dyingRelation) + quiet * 1000;
}

function pendingFrom(remediation: Remediation, last: Step, { clock, pace }: RecoveryOptions): Pending {
  const open = isOpen(last);
  const since = open ? clock.now() : millis(last.at);
  const dying = last.outcome === 'already' && remediation.action.type === 'integrate';
  return {
    ...workFrom(remediation),
    n: last.n,
    begun: millis(last.at),
    since,
    notBefore: dying ? since + dyingRelation : since,
    patience: patienceFor(last, pace()),
    ...(open ? { failure: 'Holdfast ended while the call was under way' } : {}),
    ours: last.outcome === 'done',
    troubled: last.troubled ?? {},
    ...(last.kind === 'undo'
      ? { undoing: { actions: remediation.action.inverse ?? [], why: interrupted } }
      : {}),
  };
}

const interrupted: Doubt = {
  is: 'waiting',
  reason: 'UndoInterrupted',
  message: 'Holdfast ended while it was undoing a change that had failed',
  failing: true,
};
