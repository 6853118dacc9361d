/** The daemon: follows controllers, judges what it sees, puts right what it may, and shows itself. */
import type { Guide } from '../core/control.js';
import type { Knowledge } from '../core/knowledge.js';
import { waiverLedger } from '../core/policy/ledger.js';
import type { ControllerAccess, Pace, Policy } from '../core/policy/policy.js';
import type { Plan } from '../core/plan.js';
import type {
  Clock,
  DaemonView,
  JujuApi,
  JujuCli,
  Log,
  Prober,
  Random,
  Remediation,
  Store,
  Telemetry,
} from '../core/ports/index.js';
import { buildReport } from '../core/report/build.js';
import type { Report } from '../core/report/types.js';
import { instant } from '../core/time.js';
import type { DriftEvent } from './drift.js';
import { Estate } from './estate.js';
import { Following } from './follow.js';
import { Ledger } from './ledger.js';
import { Looker } from './looker.js';
import { ProbeBook } from './probe-book.js';
import { WorkQueue } from './queue.js';
import { readiness } from './readiness.js';
import { reconciler } from './reconcile.js';
import { Remediator } from './remediator.js';
import { runWorkers } from './runner.js';
import { SettleWatch } from './settle.js';

/** Everything that happens and that a person may want to be told. */
export type DaemonEvent = DriftEvent | { readonly type: 'remediation'; readonly remediation: Remediation };

export interface DaemonOptions {
  readonly policy: Policy;
  readonly guides: readonly Guide[];
  readonly knowledge: Knowledge;
  readonly follow: (access: ControllerAccess, policy: Policy) => JujuApi;
  readonly prober: Prober;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly toolVersion: string;
  /** Hands out the driver of the remediator's `juju`. Absent: this composition may not change anything. */
  readonly enforce?: (controller: string) => JujuCli | undefined;
  readonly onEvent?: (event: DaemonEvent) => void;
}

/** A running daemon, and what it shows of itself. */
export interface Daemon extends DaemonView {
  /** Goes on with another policy: controllers come and go, everything is judged anew. */
  reload(policy: Policy): Promise<void>;
  /** Ends the step in hand, starts no other, and closes every connection. */
  stop(): Promise<void>;
}

/** Looks under way at once: most of their time is waiting, for a controller that may never answer. */
const workers = 32;
/** Remediations kept for the page; the store keeps them all. */
const shown = 500;

/** Starts to follow and to work; what goes wrong shows in health, readiness and metrics. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const parts = assemble(options);
  const { queue, following, looker } = parts;
  const { clock, random, log, telemetry } = options;
  await following.adopt(options.policy);
  let reloaded = Promise.resolve();
  const working = runWorkers({ queue, reconcile: parts.reconcile, workers, clock, random, log, telemetry });
  return {
    ...viewOf(parts, options),
    reload(next) {
      const reload = async (): Promise<void> => {
        parts.inForce.policy = next;
        looker.adopt(next);
        await following.adopt(next);
        following.enqueueAll();
      };
      // One after the other: two at once could leave a controller followed that neither policy names.
      const done = reloaded.then(reload);
      reloaded = done.catch(() => undefined);
      return done;
    },
    async stop() {
      parts.inForce.stopping = true;
      queue.close();
      // Connections go first: a reading that would take long ends with them, and nothing new may be begun anyway.
      await following.leaveAll();
      await working;
      await options.store.close();
    },
  };
}

/** What changes while the daemon runs. */
interface InForce {
  policy: Policy;
  stopping: boolean;
}

interface Parts {
  readonly inForce: InForce;
  readonly queue: WorkQueue;
  readonly estate: Estate;
  readonly looker: Looker;
  readonly following: Following;
  readonly plans: Map<string, Plan>;
  readonly history: Remediation[];
  readonly reconcile: ReturnType<typeof reconciler>;
}

function assemble(options: DaemonOptions): Parts {
  const { guides, knowledge, prober, clock, telemetry, log, policy } = options;
  const inForce: InForce = { policy, stopping: false };
  const pace = (): Pace => inForce.policy.pace;
  const queue = new WorkQueue(clock);
  const probes = new ProbeBook({ prober, guides, clock, telemetry, every: () => pace().probe * 1000 });
  const estate = new Estate([], probes);
  const onEvent = (event: DriftEvent): void => {
    tell(event, options);
  };
  const looker = new Looker({ guides, knowledge, estate, clock, log, telemetry, onEvent }, policy);
  const following = new Following({ estate, queue, log, follow: options.follow });
  const plans = new Map<string, Plan>();
  const history: Remediation[] = [];
  const settle = new SettleWatch();
  const remediator = makeRemediator(options, { settle, history, inForce });
  const reconcile = reconciler({
    estate,
    looker,
    probes,
    settle,
    clock,
    log,
    pace,
    ...(remediator === undefined ? {} : { remediator }),
    onPlan: (key, proposal) => {
      if (proposal === undefined) plans.delete(key);
      else plans.set(key, proposal.plan);
    },
  });
  return { inForce, queue, estate, looker, following, plans, history, reconcile };
}

function makeRemediator(
  options: DaemonOptions,
  { settle, history, inForce }: { settle: SettleWatch; history: Remediation[]; inForce: InForce },
): Remediator | undefined {
  const { enforce, store, clock, random, telemetry } = options;
  if (enforce === undefined) return undefined;
  const onChange = (remediation: Remediation): void => {
    remember(history, remediation);
    tell({ type: 'remediation', remediation }, options);
  };
  const ledger = new Ledger({ store, clock, telemetry, onChange });
  return new Remediator({
    cliFor: enforce,
    store,
    ledger,
    settle,
    clock,
    random,
    telemetry,
    pace: () => inForce.policy.pace,
    mayBegin: () => !inForce.stopping,
  });
}

/** Whoever is told may fail; that must not lose what the others are told, nor what comes after it. */
function tell(event: DaemonEvent, options: DaemonOptions): void {
  try {
    passOn(event, options);
  } catch (error) {
    options.log.error(
      { error: error instanceof Error ? error.message : String(error) },
      'an event was not told',
    );
  }
}

function passOn(event: DaemonEvent, { telemetry, onEvent, log }: DaemonOptions): void {
  if (event.type === 'drift') telemetry.drift(event.finding.control.id);
  if (event.type === 'resolved' && event.wasDrift) telemetry.fixed(event.finding.control.id, event.seconds);
  if (event.type === 'remediation') {
    const { id, state, reason, attempts } = event.remediation;
    log.info({ remediation: id, state, reason, attempts }, 'remediation moved');
  } else {
    log.info(
      {
        control: event.finding.control.id,
        target: event.finding.target,
        reason: event.finding.judgement.reason,
      },
      `finding ${event.type}`,
    );
  }
  onEvent?.(event);
}

function remember(history: Remediation[], remediation: Remediation): void {
  const index = history.findIndex((known) => known.id === remediation.id);
  if (index >= 0) history.splice(index, 1);
  history.push(remediation);
  if (history.length <= shown) return;
  const closed = history.findIndex(({ state }) => closedStates.has(state));
  history.splice(Math.max(0, closed), 1);
}

/** What is shown no longer first: it waits for nobody. */
const closedStates: ReadonlySet<Remediation['state']> = new Set(['Succeeded', 'RolledBack', 'Outdated']);

function viewOf(parts: Parts, options: DaemonOptions): DaemonView {
  const { inForce, estate, plans, history, queue } = parts;
  const { clock } = options;
  const health: DaemonView['health'] = () => estate.all().map((api) => api.health());
  return {
    report: () => reportOf(parts, options),
    plans: () => [...plans.values()],
    remediations: () => history,
    health,
    queue: () => queue.view(),
    readiness: () => readiness(health(), inForce.policy.pace.maxAge, clock.now()),
  };
}

function reportOf({ inForce, estate, looker }: Parts, { clock, toolVersion, guides }: DaemonOptions): Report {
  const { policy } = inForce;
  const asOf = clock.now();
  const source = {
    road: 'api',
    name: estate
      .all()
      .map((api) => api.controller)
      .join(', '),
    takenAt: instant(asOf),
  };
  const findings = looker.findings();
  const ledger = waiverLedger({ policy, guides, findings, asOf });
  return buildReport({ findings, policy, source, toolVersion, asOf, all: false, ledger });
}
