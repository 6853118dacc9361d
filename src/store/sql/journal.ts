import type { Instant } from '../../core/fact.js';
import type {
  AuditQuery,
  AuditRecord,
  ChainVerdict,
  Journal,
  Mark,
  Orders,
  Remediation,
  Rotation,
  Step,
  StoreHealth,
  Write,
} from '../../core/ports/index.js';
import type { OutboxMessage, Told } from '../../core/notify/message.js';
import type { Plan } from '../../core/plan.js';
import { readAudit, verify } from './audit.js';
import { Condition } from './condition.js';
import type { Engine } from './engine.js';
import { KnownOrders } from './known-orders.js';
import { holdPart, type Held } from './part.js';
import { readMarks, readPlan, readPlans, readRemediations, readSteps } from './read.js';
import { readOutbox, readTold } from './notify.js';
import { readRotations } from './rotation.js';
import { apply } from './write.js';

/** What the journals of one process on one database have in common. */
export interface Common {
  readonly engine: Engine;
  readonly known: KnownOrders;
}

/** The journal in a database, as a person uses it. */
export class SqlJournal implements Journal {
  protected readonly engine: Engine;
  protected readonly condition: Condition;
  private readonly known: KnownOrders;

  constructor({ engine, known }: Common) {
    this.engine = engine;
    this.known = known;
    this.condition = new Condition(engine);
  }

  write(...writes: readonly Write[]): Promise<void> {
    return this.writeAs(undefined, writes);
  }

  remediations(ended: number): Promise<readonly Remediation[]> {
    return this.condition.reading(() => readRemediations(this.engine.db, ended));
  }

  steps(remediation: string): Promise<readonly Step[]> {
    return this.condition.reading(() => readSteps(this.engine.db, remediation));
  }

  plan(hash: string): Promise<Plan | undefined> {
    return this.condition.reading(() => readPlan(this.engine.db, hash));
  }

  plans(prefix: string): Promise<readonly Plan[]> {
    return this.condition.reading(() => readPlans(this.engine.db, prefix));
  }

  /** The same object as long as nobody wrote. */
  orders(): Promise<Orders> {
    return this.condition.reading(() => this.known.read());
  }

  marks(since: Instant): Promise<readonly Mark[]> {
    return this.condition.reading(() => readMarks(this.engine.db, since));
  }

  rotations(): Promise<readonly Rotation[]> {
    return this.condition.reading(() => readRotations(this.engine.db));
  }

  outbox(): Promise<readonly OutboxMessage[]> {
    return this.condition.reading(() => readOutbox(this.engine.db));
  }

  told(): Promise<readonly Told[]> {
    return this.condition.reading(() => readTold(this.engine.db));
  }

  auditLog(query: AuditQuery): Promise<readonly AuditRecord[]> {
    return this.condition.reading(() => readAudit(this.engine.db, query));
  }

  verifyChain(): Promise<ChainVerdict> {
    return this.condition.reading(() => verify(this.engine.db));
  }

  health(): StoreHealth {
    return this.condition.health();
  }

  close(): Promise<void> {
    return this.engine.db.destroy();
  }

  /** A person holds no part. */
  protected async writeAs(held: Held | undefined, writes: readonly Write[]): Promise<void> {
    await this.condition.writing(() =>
      this.engine.transaction(async (trx) => {
        if (held !== undefined) await holdPart(trx, held);
        for (const write of writes) await apply(trx, write, held?.fence ?? 0);
      }),
    );
    if (writes.some(isOrder)) this.known.forget();
  }
}

/** The journal as one person's command uses it. */
export function personsJournal(engine: Engine): Journal {
  return new SqlJournal({ engine, known: new KnownOrders(engine) });
}

const orders: ReadonlySet<Write['type']> = new Set(['approval', 'quarantine', 'clear', 'pause', 'resume']);

function isOrder({ type }: Write): boolean {
  return orders.has(type);
}
