import type { Instant } from '../fact.js';
import type { Report } from '../report/types.js';

/** Something that happened to a finding and that those who watch its namespace may want to be told. */
export interface Happening {
  readonly kind: 'drift' | 'fixed' | 'quarantined';
  readonly controller: string;
  readonly model: string;
  readonly application?: string;
  readonly control: string;
  /** CamelCase code and sentence. */
  readonly reason: string;
  readonly message: string;
}

/** How well reports get to where they are kept, and how much of it. */
export interface ReportSinkHealth {
  readonly cluster: string;
  /** As in `openreports.io/v1alpha1`; absent while the cluster serves none that we write. */
  readonly format?: string;
  /** What is wrong in words, each with what it is about; empty when all is well. */
  readonly troubles: readonly string[];
  /** Reports of ours that are there now, and their bytes as sent. */
  readonly reports: number;
  readonly bytes: number;
  /** Results that did not fit into the reports of now. */
  readonly leftOut: number;
  /** Requests since the start: written, deleted, failed. */
  readonly written: number;
  readonly deleted: number;
  readonly failed: number;
  /** Kubernetes Events since the start: made or counted up, failed, and those that were too many at once. */
  readonly events: number;
  readonly eventsFailed: number;
  readonly eventsDropped: number;
  readonly lastWritten?: Instant;
}

/** Takes the report to where others read it. Nothing here throws, waits for long, or is silent about failures. */
export interface ReportSink {
  /** There may be news: the report is read when its time has come, the newest offer winning. */
  offer(read: () => Report): void;
  tell(happening: Happening): void;
  health(): ReportSinkHealth;
  /** Ends what is under way; what was written stays. */
  close(): Promise<void>;
}
