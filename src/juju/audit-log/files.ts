/** The audit logs of controllers, from files: on a controller machine, or copied to where Holdfast runs. */
import type { AuditLine } from '../../core/drift/culprits.js';
import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { ControllerAccess } from '../../core/policy/policy.js';
import type { AuditLogs, LoggedModel } from '../../core/ports/audit-log.js';
import type { Clock } from '../../core/ports/index.js';
import type { SeenDeeds } from '../../core/snapshot.js';
import { instant } from '../../core/time.js';
import { AuditLedger } from './ledger.js';
import { Tail } from './tail.js';

/** Between two looks into a file, ms; nobody looks while nobody asks. */
const lookEvery = 5000;

export function auditLogFiles(clock: Clock): AuditLogs {
  const files = new Map<string, AuditLogFile>();
  return {
    adopt(controllers) {
      const named = new Map(controllers.map((access) => [access.name, access]));
      for (const [name, file] of files) if (named.get(name)?.auditLogFile !== file.path) files.delete(name);
      for (const access of controllers) {
        const { name, auditLogFile: path } = access;
        if (path !== undefined && !files.has(name)) files.set(name, new AuditLogFile(path, access, clock));
      }
    },
    deeds: (controller) => files.get(controller)?.deeds(),
    lines: (controller, model) => files.get(controller)?.lines(model),
  };
}

class AuditLogFile {
  readonly path: string;
  private readonly clock: Clock;
  private readonly tail: Tail;
  private readonly ledger: AuditLedger;
  private readonly facts = new WeakMap<readonly AuditLine[], Fact<readonly AuditLine[]>>();
  private readonly deedFacts = new WeakMap<SeenDeeds, Fact<SeenDeeds>>();
  private lookedAt = -Infinity;
  private isReading = false;
  private trouble: Fact<never> | undefined;

  constructor(path: string, { observer, auditor, prober, remediator }: ControllerAccess, clock: Clock) {
    this.path = path;
    this.clock = clock;
    this.tail = new Tail(path);
    this.ledger = new AuditLedger(
      [observer, auditor, prober, remediator].flatMap((identity) => identity?.user ?? []),
    );
    this.trouble = unknown(this.reading(), 'not read yet');
    this.look();
  }

  lines(model: LoggedModel): Fact<readonly AuditLine[]> {
    if (this.clock.now() - this.lookedAt >= lookEvery) this.look();
    if (this.trouble !== undefined) return this.trouble;
    const lines = this.ledger.lines(model);
    const fact = this.facts.get(lines) ?? known(this.reading(), lines);
    this.facts.set(lines, fact);
    return fact;
  }

  deeds(): Fact<SeenDeeds> {
    if (this.clock.now() - this.lookedAt >= lookEvery) this.look();
    if (this.trouble !== undefined) return this.trouble;
    const deeds = this.ledger.deeds();
    const fact = this.deedFacts.get(deeds) ?? known(this.reading(), deeds);
    this.deedFacts.set(deeds, fact);
    return fact;
  }

  /** In the background: whoever asks next sees it. Two at a time would lose each other's place in the file. */
  private look(): void {
    if (this.isReading) return;
    this.isReading = true;
    this.lookedAt = this.clock.now();
    void this.read().finally(() => {
      this.isReading = false;
    });
  }

  private async read(): Promise<void> {
    try {
      for (const line of await this.tail.added()) this.ledger.add(line);
      this.ledger.forget(this.clock.now());
      this.trouble = undefined;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
      this.trouble = unknown(this.reading(), `${this.path} cannot be read (${code})`, `read on ${this.path}`);
    }
  }

  private reading(): Reading {
    return { source: { road: 'audit-log', call: 'audit.log' }, at: instant(this.clock.now()) };
  }
}
