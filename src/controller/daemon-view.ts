/** What a running daemon shows of itself. */
import type { Guide } from '../core/control.js';
import { waiverLedger } from '../core/policy/ledger.js';
import type { Policy } from '../core/policy/policy.js';
import type { Plan } from '../core/plan.js';
import type { Clock, DaemonView, Journal, JujuHealth, ModelLooks, Remediation } from '../core/ports/index.js';
import { buildReport } from '../core/report/build.js';
import type { Report } from '../core/report/types.js';
import { instant } from '../core/time.js';
import { seenCertificates } from './certificates-seen.js';
import type { Clusters } from './clusters/clusters.js';
import type { Stacks } from './observability/stacks.js';
import type { Estate } from './estate.js';
import type { InsideBook } from './inside-book.js';
import type { Histories } from './histories.js';
import { keyAt } from './keys.js';
import type { Looker } from './looker.js';
import type { WorkQueue } from './queue.js';
import { readiness } from './readiness.js';
import type { Remediator } from './remediator.js';
import type { Shares } from './sharing/shares.js';

/** The parts that it looks at. */
export interface Seen {
  readonly policy: () => Policy;
  readonly estate: Estate;
  readonly clusters: Clusters;
  readonly stacks: Stacks;
  readonly looker: Looker;
  readonly inside: InsideBook | undefined;
  readonly histories: Histories;
  readonly queue: WorkQueue;
  readonly remediator: Remediator | undefined;
  readonly plans: ReadonlyMap<string, Plan>;
  readonly history: readonly Remediation[];
  readonly store: Journal;
  readonly shares: Shares;
  readonly clock: Clock;
  readonly guides: readonly Guide[];
  readonly toolVersion: string;
}

export function viewOf(seen: Seen): DaemonView {
  const { policy, estate, clusters, stacks, plans, history, queue, remediator, clock, store, shares } = seen;
  const health: DaemonView['health'] = () => estate.all().map((api) => ours(api.health(), shares));
  return {
    report: () => reportOf(seen),
    plans: () => [...plans.values()],
    remediations: () => history,
    health,
    clusters: () => clusters.standings().map((standing) => standing.health),
    stacks: () => stacks.standings().map((standing) => standing.health),
    queue: () => queue.view(),
    readiness: () =>
      readiness(health(), {
        maxAge: policy().pace.maxAge,
        now: clock.now(),
        journal: store.health(),
        clusters: clusters.standings(),
        stacks: stacks.standings(),
        sharing: shares.view?.().trouble,
      }),
    rails: (hash) => remediator?.railsOf(hash) ?? [],
    held: () => remediator?.held() ?? [],
    quarantines: () => remediator?.quarantines() ?? [],
    pauses: () => remediator?.pauses() ?? [],
    journal: () => store.health(),
    certificates: () =>
      seenCertificates(estate.snapshot(clock.now())).filter(({ controller, model }) =>
        shares.holds(keyAt(controller, model)),
      ),
    ...(seen.inside === undefined ? {} : { looks: looksOf(seen.inside, shares) }),
    ...(shares.view === undefined
      ? {}
      : { sharing: shares.view, holds: (controller, model) => shares.holds(keyAt(controller, model)) }),
  };
}

function looksOf(inside: InsideBook, { holds }: Shares): () => readonly ModelLooks[] {
  return () => inside.lastSeen().filter(({ controller, model }) => holds(keyAt(controller, model)));
}

/** A report of a unit that shares the estate covers what it looks after, and says so. */
function partNote({ view }: Shares): string {
  if (view === undefined) return '';
  const { unit, parts, held } = view();
  return ` (${unit}: ${held.length === 0 ? 'none' : held.join(' ')} of ${parts} parts)`;
}

/** What other units look after is theirs to show. */
function ours(health: JujuHealth, { holds }: Shares): JujuHealth {
  const { controller, models } = health;
  return { ...health, models: models.filter(({ model }) => holds(keyAt(controller, model))) };
}

function reportOf({ estate, shares, looker, histories, clock, toolVersion, guides, ...seen }: Seen): Report {
  const policy = seen.policy();
  // A clock that jumped ahead must not leave an expired waiver in force until the next look.
  if (looker.untilExpiry() === 0) looker.look();
  const asOf = clock.now();
  const source = {
    road: 'api',
    name: `${estate
      .all()
      .map((api) => api.controller)
      .join(', ')}${partNote(shares)}`,
    takenAt: instant(asOf),
  };
  const findings = looker.findings();
  const ledger = waiverLedger({ policy, guides, findings, asOf });
  return buildReport({
    findings,
    policy,
    source,
    toolVersion,
    asOf,
    all: false,
    ledger,
    history: (id) => histories.of(id),
  });
}
