import type {
  AuditRecord,
  Decision,
  Mark,
  Orders,
  Pause,
  Quarantine,
  Remediation,
  Rotation,
  Step,
} from '../../core/ports/index.js';
import type { OutboxMessage, Told } from '../../core/notify/message.js';
import type { Plan } from '../../core/plan.js';

/** What a journal in memory keeps. Opening a second store over the same memory takes it over from the first. */
export interface Memory {
  /** The newest fence of each part; the whole is the part without a name. */
  readonly fences: Map<string, number>;
  readonly remediations: Map<string, Remediation>;
  /** Steps of each remediation, by their number. */
  readonly steps: Map<string, Map<number, Step>>;
  readonly plans: Map<string, Plan>;
  /** By the hash of the plan. */
  readonly decisions: Map<string, Decision>;
  readonly quarantines: Map<string, Quarantine>;
  readonly pauses: Map<string, Pause>;
  readonly marks: Mark[];
  /** By account and state. */
  readonly rotations: Map<string, Rotation>;
  /** By the id of the message. */
  readonly outbox: Map<string, OutboxMessage>;
  /** By target and id. */
  readonly told: Map<string, Told>;
  readonly audit: AuditRecord[];
  /** Dropped whenever somebody says something. */
  orders?: Orders;
}

export function newMemory(): Memory {
  return {
    fences: new Map(),
    remediations: new Map(),
    steps: new Map(),
    plans: new Map(),
    decisions: new Map(),
    quarantines: new Map(),
    pauses: new Map(),
    marks: [],
    rotations: new Map(),
    outbox: new Map(),
    told: new Map(),
    audit: [],
  };
}
