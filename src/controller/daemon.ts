/** The daemon: follows controllers, judges what it sees, puts right what it may, and shows itself. */
import type { Guide } from '../core/control.js';
import type { Knowledge } from '../core/knowledge.js';
import type { ControllerAccess, Pace, Policy } from '../core/policy/policy.js';
import type { WorkloadRule } from '../core/policy/workload.js';
import type {
  AuditLogs,
  CharmhubListings,
  Clock,
  DaemonView,
  Journal,
  JujuApi,
  JujuCli,
  Log,
  Prober,
  Random,
  Remediation,
  RotationPorts,
  Telemetry,
} from '../core/ports/index.js';
import type { Attend } from '../core/ports/sharing.js';
import type { Target } from '../core/target.js';
import type { DriftEvent } from './drift.js';
import { Clusters } from './clusters/clusters.js';
import type { FollowCluster } from './clusters/followed-cluster.js';
import type { OpenStack } from './observability/followed-stack.js';
import { Stacks } from './observability/stacks.js';
import { viewOf } from './daemon-view.js';
import { Estate } from './estate.js';
import { Histories, type HistoriesOptions } from './histories.js';
import { Following } from './follow.js';
import { goOn, goOnWith } from './go-on.js';
import { keyAt } from './keys.js';
import { Ledger } from './ledger.js';
import { Looker } from './looker.js';
import { InsideBook, type Inside } from './inside-book.js';
import { ProbeBook } from './probe-book.js';
import { WorkQueue } from './queue.js';
import { reconciler } from './reconcile.js';
import { Remediator } from './remediator.js';
import type { RotationMeans } from './carrier.js';
import { makeRotation, meansOf, type Rotation } from './rotation/means.js';
import { runWorkers } from './runner.js';
import { SettleWatch } from './settle.js';
import { partHooks, type Touched } from './sharing/part-hooks.js';
import { Share, type SharingOptions } from './sharing/share.js';
import { alone, type Shares } from './sharing/shares.js';
import { Tally } from './tally.js';
import { remember, show, tell, type DaemonEvent } from './telling.js';

export type { DaemonEvent };

export interface DaemonOptions {
  readonly policy: Policy;
  readonly guides: readonly Guide[];
  readonly knowledge: Knowledge;
  /** `attend` says how closely each model is followed; absent: all as the policy paces it. */
  readonly follow: (access: ControllerAccess, policy: Policy, attend?: Attend) => JujuApi;
  /** Absent: no cluster is looked at. */
  readonly followCluster?: FollowCluster;
  /** Absent: no observability stack is asked. */
  readonly openStack?: OpenStack;
  /** Absent: Charmhub is not asked, whatever the policy says. */
  readonly charmhub?: CharmhubListings;
  readonly prober: Prober;
  /** Absent: no unit is looked into, whatever the policy says. */
  readonly inside?: Inside;
  readonly store: Journal;
  /** How several units share the estate; its journal is `store`. Absent: there is only this one. */
  readonly sharing?: SharingOptions;
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
  const { queue, following, clusters, stacks, looker } = parts;
  const { clock, random, log, telemetry } = options;
  const { share } = parts;
  if (share === undefined) await goOn({ ...options, ...parts });
  await clusters.adopt(parts.inForce.policy);
  await stacks.adopt(parts.inForce.policy);
  options.auditLogs?.adopt(parts.inForce.policy.controllers);
  options.charmhub?.adopt(parts.inForce.policy);
  await following.adopt(parts.inForce.policy);
  share?.start();
  let reloaded = Promise.resolve();
  const reconcile = makeReconcile(options, parts);
  const working = runWorkers({ queue, reconcile, workers, clock, random, log, telemetry });
  const reload = (next: Policy): Promise<void> => {
    const adopt = async (): Promise<void> => {
      parts.inForce.policy = next;
      looker.adopt(next);
      await clusters.adopt(next);
      await stacks.adopt(next);
      options.auditLogs?.adopt(next.controllers);
      options.charmhub?.adopt(next);
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
    ...viewOf({ ...parts, ...options, inside: parts.inside, policy: () => parts.inForce.policy }),
    reload,
    async stop() {
      parts.inForce.stopping = true;
      queue.close();
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

/** What changes while the daemon runs. */
interface InForce {
  policy: Policy;
  stopping: boolean;
  /** One of our own identities has another password, which stands in the policy already. */
  passwordChanged: (before: Policy, after: Policy) => void;
}

interface Parts extends Touched {
  readonly shares: Shares;
  readonly share: Share | undefined;
  readonly ledger: Ledger;
  readonly tally: Tally;
  readonly rotation: Rotation;
  readonly inForce: InForce;
  readonly estate: Estate;
  readonly clusters: Clusters;
  readonly stacks: Stacks;
  readonly histories: Histories;
}

function assemble(options: DaemonOptions): Parts {
  const { guides, knowledge, clock, telemetry, log, policy } = options;
  const inForce: InForce = { policy, stopping: false, passwordChanged: () => undefined };
  const share = makeShare(options, () => parts);
  const shares = share?.shares ?? alone(options.store);
  const rotation = makeRotation(options, inForce);
  const pace = (): Pace => inForce.policy.pace;
  const queue = new WorkQueue(clock);
  const seen = showing(options, { inForce, queue, shares, changes: rotation.history });
  const { inside, estate } = seen;
  const tally = new Tally(clock);
  const histories = historiesOf(options, {
    estate,
    pace,
    ours: (key) => remediator?.changesAt(key) ?? [],
    looks: (key) => inside?.looksAt(key) ?? [],
  });
  const onEvent = (event: DriftEvent): void => {
    histories.note(event);
    if (event.type === 'drift') remember(event, tally, { ...options, ...shares });
    tell(event, options);
  };
  const isOurs = share && (({ controller = '', model }: Target) => shares.holds(keyAt(controller, model)));
  const about = { guides, knowledge, estate, clock, log, telemetry, onEvent };
  const looker = new Looker(isOurs === undefined ? about : { ...about, isOurs }, policy);
  const history: Remediation[] = [];
  const settle = new SettleWatch();
  const onChange = (remediation: Remediation): void => {
    show(history, remediation);
    tell({ type: 'remediation', remediation }, options);
  };
  const ledger = new Ledger({ writeAt: shares.writeAt, clock, telemetry, onChange });
  const own = { shares, settle, ledger, tally, inForce, rotation: meansOf(rotation) };
  const remediator = makeRemediator(options, own);
  const parts: Parts = {
    shares,
    share,
    ...seen,
    settle,
    ledger,
    tally,
    rotation,
    remediator,
    inForce,
    queue,
    looker,
    following: new Following({ estate, queue, log, follow: options.follow, ...shares }),
    plans: new Map(),
    history,
    histories,
  };
  return parts;
}

interface ShowingParts {
  readonly inForce: InForce;
  readonly queue: WorkQueue;
  readonly shares: Shares;
  readonly changes: Rotation['history'];
}

/** All that shows something of the estate, and the estate that it makes up. */
function showing(
  options: DaemonOptions,
  { inForce, queue, shares, changes }: ShowingParts,
): Pick<Parts, 'probes' | 'clusters' | 'stacks' | 'inside' | 'estate'> {
  const { charmhub, auditLogs } = options;
  const probes = new ProbeBook({ ...options, every: () => inForce.policy.pace.probe * 1000 });
  const clusters = new Clusters({ ...options, ...shares, queue });
  const stacks = new Stacks({ ...options, ...shares, queue });
  const inside = insideBook(options, { inForce, queue });
  charmhub?.onNews((models) => {
    for (const { controller, name } of models) queue.add(keyAt(controller, name));
  });
  const estate = new Estate([], probes, changes, { clusters, stacks, inside, charmhub, auditLogs });
  return { probes, clusters, stacks, inside, estate };
}

function insideBook(
  { inside, clock, log, telemetry }: DaemonOptions,
  { inForce, queue }: { readonly inForce: InForce; readonly queue: WorkQueue },
): InsideBook | undefined {
  if (inside === undefined) return undefined;
  const onSeen = (key: string): void => {
    queue.add(key);
  };
  const rules = (): readonly WorkloadRule[] => inForce.policy.workload ?? [];
  return new InsideBook({ ...inside, clock, log, telemetry, onSeen, rules });
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

/** Undefined where this unit is the only one. */
function makeShare(options: DaemonOptions, parts: () => Parts): Share | undefined {
  const { sharing, clock, log } = options;
  if (sharing === undefined) return undefined;
  const { longerFor = () => 0 } = sharing;
  const share: Share = new Share(
    { ...sharing, clock, log },
    {
      ...partHooks(parts, () => share),
      open: (part) => goOnWith(part, { ...options, ...parts() }, share, longerFor),
    },
  );
  return share;
}

function historiesOf(
  { clock, auditLogs }: DaemonOptions,
  parts: Pick<HistoriesOptions, 'estate' | 'pace' | 'ours' | 'looks'>,
): Histories {
  return new Histories({ ...parts, clock, ...(auditLogs === undefined ? {} : { auditLogs }) });
}

interface RemediatorParts {
  readonly shares: Shares;
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
    mayBegin: (key) => !inForce.stopping && parts.shares.mayBegin(key),
    askAlways: options.askAlways ?? false,
  });
}

function identitiesOf(access: ControllerAccess | undefined): readonly string[] {
  return [access?.observer, access?.auditor, access?.prober, access?.remediator].flatMap(
    (identity) => identity?.user ?? [],
  );
}
