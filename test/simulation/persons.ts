/** People with a say: they approve, refuse, clear, pause and go on, now and then something that is old by then. */
import type { Daemon } from '../../src/controller/daemon.js';
import type { Approval, Journal, Write } from '../../src/core/ports/index.js';
import { instant } from '../../src/core/time.js';
import type { Chance } from './chance.js';
import type { Disk } from './journal.js';
import type { Shadow } from './oracle/shadow.js';

export interface Office {
  readonly shadow: Shadow;
  readonly disk: Disk;
  readonly journal: Journal;
  readonly daemon: () => Daemon | undefined;
  /** ms of the machine's clock: they sit at the same one. */
  readonly now: () => number;
}

interface Word {
  readonly event: string;
  readonly text: string;
  readonly writes: readonly Write[];
}

type Desk = (office: Office, chance: Chance) => Word | undefined;

/** One decision; in words, undefined when there was nothing to decide. */
export async function decide(office: Office, chance: Chance): Promise<string | undefined> {
  const word = chance.pick(desks)(office, chance);
  return word === undefined ? undefined : say(office, word);
}

/** Lifts every pause, as somebody does when the trouble is over. */
export async function goOn(office: Office): Promise<void> {
  for (const { id } of [...office.shadow.pauses.values()])
    await say(office, { event: 'Resumed', text: `resume ${id}`, writes: [{ type: 'resume', pause: id }] });
}

async function say({ disk, journal, now }: Office, { event, text, writes }: Word): Promise<string> {
  const entry = { at: instant(now()), event, why: text, body: {} };
  await disk.writeAs(journal, 'alice', entry, writes);
  return text;
}

const approveWaiting: Desk = (office, chance) => {
  const waiting = [...office.shadow.remediations.values()].filter(({ state }) => state === 'WaitingApproval');
  const hashes = new Set(waiting.map(({ planHash }) => planHash));
  const plans = [...office.shadow.plans.values()].filter(
    ({ hash, partOf }) => hashes.has(hash) || (partOf !== undefined && hashes.has(partOf.hash)),
  );
  return plans.length === 0 ? undefined : decided(office, chance, chance.pick(plans).hash, 'approve');
};

const approveAny: Desk = (office, chance) => {
  const plans = [...office.shadow.plans.values()];
  if (plans.length === 0) return undefined;
  return decided(office, chance, chance.pick(plans).hash, chance.pick(['approve', 'deny'] as const));
};

function decided(
  { now, shadow }: Office,
  chance: Chance,
  planHash: string,
  decision: Approval['decision'],
): Word {
  const at = now();
  const approval: Approval = {
    id: `a${shadow.approvals.length + 1}`,
    planHash,
    decision,
    by: 'alice',
    at: instant(at),
    expiresAt: instant(at + chance.pick([60_000, 20 * 60_000, 6 * 3_600_000])),
  };
  const event = decision === 'approve' ? 'PlanApproved' : 'PlanDenied';
  return { event, text: `${decision} ${planHash.slice(0, 12)}`, writes: [{ type: 'approval', approval }] };
}

const clear: Desk = ({ shadow }, chance) => {
  const all = [...shadow.quarantines.values()];
  if (all.length === 0) return undefined;
  const { id } = chance.pick(all);
  return { event: 'QuarantineCleared', text: `clear ${id}`, writes: [{ type: 'clear', quarantine: id }] };
};

const pause: Desk = (office, chance) => {
  const { now, shadow } = office;
  const scope = aScope(office, chance);
  const id = `p${shadow.pauses.size + 1}-${Math.round(now())}`;
  const until = chance.happens(0.7) ? { until: instant(now() + chance.between(1, 40) * 60_000) } : {};
  const one = { id, by: 'alice', at: instant(now()), ...scope, ...until };
  return { event: 'Paused', text: `pause ${JSON.stringify(scope)}`, writes: [{ type: 'pause', pause: one }] };
};

/** Everything, a controller, or one of its models. */
function aScope(
  { daemon }: Office,
  chance: Chance,
): { readonly controller?: string; readonly model?: string } {
  const controllers = daemon()?.health() ?? [];
  if (controllers.length === 0 || chance.happens(0.3)) return {};
  const { controller, models } = chance.pick(controllers);
  if (models.length === 0 || chance.happens(0.5)) return { controller };
  return { controller, model: chance.pick(models).model };
}

const resume: Desk = ({ shadow }, chance) => {
  const all = [...shadow.pauses.values()];
  if (all.length === 0) return undefined;
  const { id } = chance.pick(all);
  return { event: 'Resumed', text: `resume ${id}`, writes: [{ type: 'resume', pause: id }] };
};

const desks: readonly Desk[] = [
  approveWaiting,
  approveWaiting,
  approveWaiting,
  approveAny,
  clear,
  clear,
  pause,
  resume,
];
