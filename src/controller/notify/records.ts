/** What is told, in the journal: written in order, and never waited for by those who tell. */
import type { Clock, Journal, Log, Write } from '../../core/ports/index.js';
import { StaleFence } from '../../core/ports/index.js';

/** Writes that are kept for a journal that cannot be written at present. */
const mostKept = 2000;
/** So long (ms) a message waits for the journal: it is told all the same when that does not answer. */
const patience = 10_000;

export class Records {
  private readonly journal: Pick<Journal, 'write'>;
  private readonly clock: Clock;
  private readonly log: Log;
  private readonly onTakenOver: () => void;
  private unsaved: Write[] = [];
  private writing: Promise<void> = Promise.resolve();

  constructor(
    { journal, clock, log }: { journal: Pick<Journal, 'write'>; clock: Clock; log: Log },
    onTakenOver: () => void,
  ) {
    this.journal = journal;
    this.clock = clock;
    this.log = log;
    this.onTakenOver = onTakenOver;
  }

  /** Resolves once it is on disk, or for now cannot be: then it is written together with what comes next. */
  save(...writes: readonly Write[]): Promise<void> {
    this.unsaved.push(...writes);
    this.writing = this.writing.then(() => this.flush());
    const cancelled = new AbortController();
    const waited = this.clock.sleep(patience, cancelled.signal).catch(() => undefined);
    const done = this.writing.finally(() => {
      cancelled.abort();
    });
    return Promise.race([done, waited]);
  }

  /** Resolves once everything that was given before is written, or was tried to be once more. */
  settled(): Promise<void> {
    this.writing = this.writing.then(() => this.flush());
    return this.writing;
  }

  private async flush(): Promise<void> {
    const writes = this.unsaved;
    if (writes.length === 0) return;
    this.unsaved = [];
    try {
      await this.journal.write(...writes);
    } catch (error) {
      this.failed(writes, error);
    }
  }

  private failed(writes: Write[], error: unknown): void {
    if (error instanceof StaleFence) {
      this.onTakenOver();
      return;
    }
    const trouble = error instanceof Error ? error.message : String(error);
    this.log.warn({ trouble }, 'what was told could not be written down');
    const all = [...writes, ...this.unsaved];
    this.unsaved = all.length > mostKept ? [] : all;
  }
}
