/** Since when findings are open, and what is known of how they came about. */
import { culprits, type AuditLine, type DriftInterval, type OwnChange } from '../core/drift/culprits.js';
import { valueOf, type Fact } from '../core/fact.js';
import type { Finding } from '../core/finding.js';
import type { Pace } from '../core/policy/policy.js';
import type { AuditLogs, Clock } from '../core/ports/index.js';
import { findingId, type FindingHistory } from '../core/report/build.js';
import type { ReportDrift } from '../core/report/types.js';
import type { ModelState } from '../core/snapshot.js';
import type { Target } from '../core/target.js';
import { instant, millis } from '../core/time.js';
import type { DriftEvent } from './drift.js';
import type { Estate } from './estate.js';
import { keyOf } from './keys.js';

export interface HistoriesOptions {
  readonly estate: Estate;
  readonly clock: Clock;
  readonly pace: () => Pace;
  /** Our own changes at a place. */
  readonly ours: (key: string) => readonly OwnChange[];
  /** Our own looks into units at a place, which are nobody's change. */
  readonly looks?: (key: string) => readonly OwnChange[];
  /** Absent: no audit log is read. */
  readonly auditLogs?: AuditLogs;
}

/** So long (ms) after a drift more may come to be known of it; then what is known stays. */
const learning = 3_600_000;
/** What is read every so often has been read again after so much longer (ms). */
const slack = 30_000;

/** An open finding that drifted, with what was known of it when it was last looked at. */
interface Drifted extends FindingHistory {
  readonly target: Target;
  readonly interval: DriftInterval;
  readonly drift?: ReportDrift;
  readonly basis?: Basis;
}

/** What was known; the same again says the same. */
interface Basis {
  readonly operations: ModelState['operations'];
  readonly ours: readonly OwnChange[];
  readonly isReadSince: boolean;
  readonly auditLog?: Fact<readonly AuditLine[]>;
}

export class Histories {
  private readonly options: HistoriesOptions;
  private readonly open = new Map<string, FindingHistory | Drifted>();

  constructor(options: HistoriesOptions) {
    this.options = options;
  }

  note(event: DriftEvent): void {
    const { finding } = event;
    const id = findingId(finding.control.id, finding.target);
    const since = this.options.clock.now();
    if (event.type === 'resolved') this.open.delete(id);
    else if (event.type === 'found') this.open.set(id, { since });
    else {
      const interval = this.interval(finding, event.lastGood);
      this.open.set(id, this.learn({ since, interval, target: finding.target }));
    }
  }

  of(id: string): FindingHistory | undefined {
    const known = this.open.get(id);
    if (known === undefined || !('interval' in known)) return known;
    if (this.options.clock.now() - known.since > learning) return known;
    const learnt = this.learn(known);
    if (learnt !== known) this.open.set(id, learnt);
    return learnt;
  }

  /** What was run on units is read less often than all else: it is often known only some minutes later. */
  private learn(known: Drifted): Drifted {
    const { controller = '', model, application } = known.target;
    const state =
      model === undefined ? undefined : this.options.estate.api(controller)?.current().models[model];
    if (model === undefined || state === undefined) return known;
    const basis = this.basis(known.interval, state);
    if (isSame(known.basis, basis)) return known;
    const looks = this.options.looks?.(keyOf({ controller, model })) ?? [];
    const trail = { ...basis, looks, ...(application === undefined ? {} : { application }) };
    const { sentence, operations } = culprits(known.interval, state, trail);
    const drift = { ...known.interval, who: sentence, operations: operations.map(({ id }) => id) };
    return { ...known, drift, basis };
  }

  private basis({ firstBad }: DriftInterval, state: ModelState): Basis {
    const { operations, controller, name, info } = state;
    const bad = millis(firstBad);
    const { pace, clock, ours, auditLogs } = this.options;
    const uuid = valueOf(info)?.uuid;
    const log = auditLogs?.lines(controller, { name, ...(uuid === undefined ? {} : { uuid }) });
    const isDue = clock.now() - bad > pace().slowFacts * 1000 + slack;
    const isReadSince = isDue || millis(operations.at) > bad;
    const key = keyOf({ controller, model: name });
    return { operations, ours: ours(key), isReadSince, ...(log === undefined ? {} : { auditLog: log }) };
  }

  /** What is read every so often cannot have changed earlier than that before it was seen changed. */
  private interval({ judgement }: Finding, judged: number): DriftInterval {
    const { poll, pollIdle, slowFacts } = this.options.pace();
    const now = this.options.clock.now();
    const seen = judgement.evidence.map(({ observedAt }) => Date.parse(observedAt)).filter(Number.isFinite);
    const firstBad = Math.min(now, Math.max(judged, ...seen));
    const earliest = firstBad - Math.max(poll, pollIdle, slowFacts) * 1000;
    return { lastGood: instant(Math.max(judged, earliest)), firstBad: instant(firstBad) };
  }
}

function isSame(before: Basis | undefined, now: Basis): boolean {
  return (
    before?.operations === now.operations &&
    before.ours.length === now.ours.length &&
    before.ours.at(-1) === now.ours.at(-1) &&
    before.isReadSince === now.isReadSince &&
    before.auditLog === now.auditLog
  );
}
