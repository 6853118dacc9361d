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
import type { Plan } from '../../core/plan.js';
import { readAudit, verify } from './audit.js';
import { Condition } from './condition.js';
import type { Engine } from './engine.js';
import { readMarks, readOrders, readPlan, readPlans, readRemediations, readSteps } from './read.js';
import { readRotations } from './rotation.js';
import { apply, holdFence } from './write.js';

/** The journal in a database, as a person uses it. */
export class SqlJournal implements Journal {
  protected readonly engine: Engine;
  protected readonly condition: Condition;
  private ownOrders = 0;
  private known: { readonly mark: string; readonly orders: Orders } | undefined;

  constructor(engine: Engine) {
    this.engine = engine;
    this.condition = new Condition(engine);
  }

  write(...writes: readonly Write[]): Promise<void> {
    return this.writeAs(0, writes);
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
    return this.condition.reading(async () => {
      const mark = `${await this.engine.writesOfOthers()}/${this.ownOrders}`;
      if (this.known?.mark === mark) return this.known.orders;
      const orders = await readOrders(this.engine.db);
      this.known = { mark, orders };
      return orders;
    });
  }

  marks(since: Instant): Promise<readonly Mark[]> {
    return this.condition.reading(() => readMarks(this.engine.db, since));
  }

  rotations(): Promise<readonly Rotation[]> {
    return this.condition.reading(() => readRotations(this.engine.db));
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

  /** A person's fence is 0, and nobody's is older. */
  protected async writeAs(fence: number, writes: readonly Write[]): Promise<void> {
    await this.condition.writing(() =>
      this.engine.db.transaction().execute(async (trx) => {
        if (fence > 0) await holdFence(trx, fence);
        for (const write of writes) await apply(trx, write, fence);
      }),
    );
    if (writes.some(isOrder)) this.forgetOrders();
  }

  /** They are read anew when they are asked for next. */
  protected forgetOrders(): void {
    this.ownOrders += 1;
  }
}

const orders: ReadonlySet<Write['type']> = new Set(['approval', 'quarantine', 'clear', 'pause', 'resume']);

function isOrder({ type }: Write): boolean {
  return orders.has(type);
}
