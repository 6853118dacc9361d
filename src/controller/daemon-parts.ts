/** Puts a daemon together from its parts. */
import type { ControllerAccess, Pace, Policy } from '../core/policy/policy.js';
import type { WorkloadRule } from '../core/policy/workload.js';
import type { Remediation } from '../core/ports/index.js';
import type { Target } from '../core/target.js';
import type { DriftEvent } from './drift.js';
import { Clusters } from './clusters/clusters.js';
import { Stacks } from './observability/stacks.js';
import { Estate } from './estate.js';
import { Histories, type HistoriesOptions } from './histories.js';
import { Following } from './follow.js';
import { goOnWith } from './go-on.js';
import { keyAt } from './keys.js';
import { Ledger } from './ledger.js';
import { Looker } from './looker.js';
import { InsideBook } from './inside-book.js';
import { ProbeBook } from './probe-book.js';
import { WorkQueue } from './queue.js';
import { Remediator } from './remediator.js';
import type { RotationMeans } from './carrier.js';
import { makeRotation, meansOf, type Rotation } from './rotation/means.js';
import { SettleWatch } from './settle.js';
import { partHooks, type Touched } from './sharing/part-hooks.js';
import { Share } from './sharing/share.js';
import { alone, type Shares } from './sharing/shares.js';
import { Tally } from './tally.js';
import { remember, show, tell } from './telling.js';
import type { DaemonOptions } from './daemon-options.js';

/** What changes while the daemon runs. */
interface InForce {
  policy: Policy;
  stopping: boolean;
  /** One of our own identities has another password, which stands in the policy already. */
  passwordChanged: (before: Policy, after: Policy) => void;
}

/** What a daemon is made of. */
export interface Parts extends Touched {
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

/** Puts the parts together; nothing is begun yet. */
export function assemble(options: DaemonOptions): Parts {
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
