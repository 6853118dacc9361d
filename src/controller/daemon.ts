/** The daemon: follows controllers, judges what it sees, puts right what it may, and shows itself. */
import type { Guide } from '../core/control.js';
import type { Knowledge } from '../core/knowledge.js';
import type { ControllerAccess, Pace, Policy } from '../core/policy/policy.js';
import type { Plan } from '../core/plan.js';
import type {
  AuditLogs,
  Clock,
  DaemonView,
  JujuApi,
  JujuCli,
  Log,
  Prober,
  Random,
  Remediation,
  RotationPorts,
  Store,
  Telemetry,
} from '../core/ports/index.js';
import type { DriftEvent } from './drift.js';
import { viewOf } from './daemon-view.js';
import { Estate } from './estate.js';
import { Histories, type HistoriesOptions } from './histories.js';
import { Following } from './follow.js';
import { Ledger } from './ledger.js';
import { Looker } from './looker.js';
import { ProbeBook } from './probe-book.js';
import { WorkQueue } from './queue.js';
import { reconciler } from './reconcile.js';
import { recover } from './recovery.js';
import { Remediator } from './remediator.js';
import type { RotationMeans } from './carrier.js';
import { makeRotation, meansOf, type Rotation } from './rotation/means.js';
import { settleCutOff } from './rotation/own-passwords.js';
import { runWorkers } from './runner.js';
import { SettleWatch } from './settle.js';
import { Tally } from './tally.js';
import { remember, show, tell, type DaemonEvent } from './telling.js';

export type { DaemonEvent };

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
  /**
   * Ends what is left of a process that was ours before a crash, if it still runs these arguments. Absent: processes
   * do not outlive the daemon.
   */
  readonly endLeftover?: (pid: number, argv: readonly string[]) => Promise<void>;
  /** Ids of the findings that may be put right; all where absent. */
  readonly only?: ReadonlySet<string>;
  /** Whether every step needs a person's approval, whatever the policy lets through; no unless said otherwise. */
  readonly askAlways?: boolean;
  /** Absent: no passwords are changed. */
  readonly rotation?: RotationPorts;
  /** Absent: who did it is told from operations alone. */
  readonly auditLogs?: AuditLogs;
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

/** Starts to follow and to work; what goes wrong shows in health, readiness and metrics. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const parts = assemble(options);
  const { queue, following, looker } = parts;
  const { clock, random, log, telemetry } = options;
  options.auditLogs?.adopt(parts.inForce.policy.controllers);
  await goOn(parts, options);
  await following.adopt(parts.inForce.policy);
  let reloaded = Promise.resolve();
  const working = runWorkers({ queue, reconcile: parts.reconcile, workers, clock, random, log, telemetry });
  const reload = (next: Policy): Promise<void> => {
    const adopt = async (): Promise<void> => {
      parts.inForce.policy = next;
      looker.adopt(next);
      options.auditLogs?.adopt(next.controllers);
      await following.adopt(next);
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
    ...viewOf({ ...parts, ...options, policy: () => parts.inForce.policy }),
    reload,
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
  /** One of our own identities has another password, which stands in the policy already. */
  passwordChanged: (before: Policy, after: Policy) => void;
}

/** What was under way when the program last ended comes first: nothing may be begun on top of it. */
async function goOn(parts: Parts, options: DaemonOptions): Promise<void> {
  const { inForce, rotation } = parts;
  await rotation.history.load();
  // First, as it ends what is left of a process that would set the very password that is about to be tried.
  await recoverChanges(parts, options);
  if (rotation.rotator === undefined) return;
  await settleCutOff({
    ...options,
    rotator: rotation.rotator,
    history: rotation.history,
    isStopping: () => inForce.stopping,
  });
}

async function recoverChanges(
  { remediator, ledger, tally, inForce, history }: Parts,
  options: DaemonOptions,
): Promise<void> {
  if (remediator === undefined) return;
  const { store, clock, endLeftover = () => Promise.resolve() } = options;
  await recover({
    store,
    ledger,
    tally,
    remediator,
    clock,
    endLeftover,
    pace: () => inForce.policy.pace,
    onResume: (remediation) => {
      show(history, remediation);
    },
  });
}

interface Parts {
  readonly ledger: Ledger;
  readonly tally: Tally;
  readonly rotation: Rotation;
  readonly remediator: Remediator | undefined;
  readonly inForce: InForce;
  readonly queue: WorkQueue;
  readonly estate: Estate;
  readonly looker: Looker;
  readonly following: Following;
  readonly histories: Histories;
  readonly plans: Map<string, Plan>;
  readonly history: Remediation[];
  readonly reconcile: ReturnType<typeof reconciler>;
}

function assemble(options: DaemonOptions): Parts {
  const { guides, knowledge, prober, clock, telemetry, log, policy } = options;
  const inForce: InForce = { policy, stopping: false, passwordChanged: () => undefined };
  const rotation = makeRotation(options, inForce);
  const pace = (): Pace => inForce.policy.pace;
  const queue = new WorkQueue(clock);
  const probes = new ProbeBook({ prober, guides, clock, telemetry, every: () => pace().probe * 1000 });
  const estate = new Estate([], probes, rotation.history);
  const tally = new Tally(clock);
  const histories = historiesOf(options, { estate, pace, ours: (key) => remediator?.changesAt(key) ?? [] });
  const onEvent = (event: DriftEvent): void => {
    histories.note(event);
    if (event.type === 'drift') remember(event, tally, options);
    tell(event, options);
  };
  const looker = new Looker({ guides, knowledge, estate, clock, log, telemetry, onEvent }, policy);
  const following = new Following({ estate, queue, log, follow: options.follow });
  const plans = new Map<string, Plan>();
  const history: Remediation[] = [];
  const settle = new SettleWatch();
  const onChange = (remediation: Remediation): void => {
    show(history, remediation);
    tell({ type: 'remediation', remediation }, options);
  };
  const ledger = new Ledger({ store: options.store, clock, telemetry, onChange });
  const remediator = makeRemediator(options, { settle, ledger, tally, inForce, rotation: meansOf(rotation) });
  const reconcile = reconciler({
    estate,
    looker,
    probes,
    settle,
    clock,
    log,
    pace,
    ...(remediator === undefined ? {} : { remediator }),
    ...(options.only === undefined ? {} : { only: options.only }),
    onPlan: (key, proposal) => {
      if (proposal === undefined) plans.delete(key);
      else plans.set(key, proposal.plan);
    },
  });
  return {
    ledger,
    tally,
    rotation,
    remediator,
    inForce,
    queue,
    estate,
    looker,
    following,
    plans,
    history,
    reconcile,
    histories,
  };
}

function historiesOf(
  { clock, auditLogs }: DaemonOptions,
  parts: Pick<HistoriesOptions, 'estate' | 'pace' | 'ours'>,
): Histories {
  return new Histories({ ...parts, clock, ...(auditLogs === undefined ? {} : { auditLogs }) });
}

interface RemediatorParts {
  readonly settle: SettleWatch;
  readonly ledger: Ledger;
  readonly tally: Tally;
  readonly inForce: InForce;
  readonly rotation: RotationMeans | undefined;
}

function makeRemediator(
  options: DaemonOptions,
  { inForce, ...parts }: RemediatorParts,
): Remediator | undefined {
  const { enforce, store, clock, random, telemetry, log } = options;
  if (enforce === undefined) return undefined;
  return new Remediator({
    ...parts,
    cliFor: enforce,
    store,
    clock,
    random,
    telemetry,
    log,
    pace: () => inForce.policy.pace,
    ourselves: (name) => identitiesOf(inForce.policy.controllers.find((access) => access.name === name)),
    mayBegin: () => !inForce.stopping,
    askAlways: options.askAlways ?? false,
  });
}

function identitiesOf(access: ControllerAccess | undefined): readonly string[] {
  return [access?.observer, access?.auditor, access?.remediator].flatMap((identity) => identity?.user ?? []);
}
