/** Remediations by place and action: where each stands, how often it was tried, when it may be tried again. */
import type { PlannedAction } from '../core/action/planned.js';
import type {
  Clock,
  FindingRef,
  Remediation,
  RemediationState,
  Telemetry,
  Write,
} from '../core/ports/index.js';
import { instant } from '../core/time.js';
import type { WriteAt } from './sharing/shares.js';
import { idOfRef, quarantineId, type Work } from './work.js';

export interface Standing {
  readonly state: RemediationState;
  readonly reason: string;
  readonly message: string;
  /** When time alone changes it, ms. */
  readonly until?: number;
}

interface Line {
  remediation: Remediation;
  /** When time alone changes how it stands, ms. */
  until: number | undefined;
  /** As it was last asked for. */
  work: Work;
  /** Not before this moment, and how long that was meant to be (ms). */
  notBefore: number;
  delay: number;
  /** How often in a row something stood in its way. */
  postponed: number;
}

export interface LedgerOptions {
  readonly writeAt: WriteAt;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly onChange: (remediation: Remediation) => void;
}

const ended: ReadonlySet<RemediationState> = new Set([
  'Succeeded',
  'RolledBack',
  'Failed',
  'NeedsReview',
  'Quarantined',
  'Outdated',
]);

/** What needs no closing word when nothing asks for it any more. What waits for a person does: its alert resolves. */
const done: ReadonlySet<RemediationState> = new Set(['Succeeded', 'Outdated']);

const noLongerAsked = { reason: 'NoLongerAsked', message: 'nothing asks for it any more' };
const cleared = { reason: 'Cleared', message: 'a person has cleared it' };

export class Ledger {
  private readonly options: LedgerOptions;
  private readonly lines = new Map<string, Line>();
  /** When the last remediation of each step was made, ms. */
  private readonly made = new Map<string, number>();
  /** Of the newest process of each; it is numbered before its remediation may be written down. */
  private readonly numbers = new Map<string, number>();

  constructor(options: LedgerOptions) {
    this.options = options;
  }

  /** Goes on with a remediation of before the program was started. */
  adopt(key: string, work: Work, remediation: Remediation, steps: number): void {
    const id = lineKey(key, work.action);
    this.lines.set(id, freshLine(work, remediation));
    this.numbers.set(id, steps);
  }

  /**
   * Writes down where a step stands, together with what belongs to it; says nothing where it stood there already.
   * What cannot be written has not happened.
   */
  async stand(
    key: string,
    work: Work,
    standing: Standing,
    writes: (remediation: Remediation) => readonly Write[] = none,
  ): Promise<Remediation> {
    const id = lineKey(key, work.action);
    const line = this.lines.get(id);
    if (line !== undefined) line.work = work;
    if (line !== undefined && isSame(line, standing, work)) return line.remediation;
    const remediation = this.written(id, work, standing);
    await this.options.writeAt(key, { type: 'remediation', remediation }, ...writes(remediation));
    this.lines.set(id, { ...(line ?? freshLine(work, remediation)), remediation, until: standing.until });
    this.tell(remediation);
    return remediation;
  }

  /** Another control asks for what stands already: it is about that too from now on. */
  async join(key: string, work: Work): Promise<void> {
    const line = this.lines.get(lineKey(key, work.action));
    if (line === undefined || sameFindings(line.remediation.findings, work.about)) return;
    const { controls } = work.action;
    const updatedAt = instant(this.options.clock.now());
    const remediation = { ...line.remediation, findings: work.about, controls, updatedAt };
    await this.options.writeAt(key, { type: 'remediation', remediation });
    line.remediation = remediation;
    line.work = work;
    this.options.onChange(remediation);
  }

  /** Where the step stands, if it ever stood anywhere. */
  standing(key: string, action: PlannedAction): Remediation | undefined {
    return this.lines.get(lineKey(key, action))?.remediation;
  }

  /** A person has cleared it: closes it, and forgets how it stood, so that it begins afresh. */
  async renew(key: string, action: PlannedAction, writes: readonly Write[] = []): Promise<void> {
    const line = this.lines.get(lineKey(key, action));
    if (line === undefined) return;
    await this.outdate(key, line.remediation, { why: cleared, writes });
    this.forget(lineKey(key, action));
  }

  /** Counts one more attempt. */
  attempt(key: string, action: PlannedAction): void {
    const line = this.lines.get(lineKey(key, action));
    if (line !== undefined)
      line.remediation = { ...line.remediation, attempts: line.remediation.attempts + 1 };
  }

  attempts(key: string, action: PlannedAction): number {
    return this.standing(key, action)?.attempts ?? 0;
  }

  /** Numbers the processes of a remediation, from 1. */
  nextStep(key: string, action: PlannedAction): number {
    const id = lineKey(key, action);
    const n = (this.numbers.get(id) ?? 0) + 1;
    this.numbers.set(id, n);
    return n;
  }

  delay(key: string, action: PlannedAction, ms: number): void {
    const line = this.lines.get(lineKey(key, action));
    if (line === undefined) return;
    line.notBefore = this.options.clock.now() + ms;
    line.delay = ms;
  }

  /** Counts how often in a row something stood in its way. */
  postponed(key: string, action: PlannedAction): number {
    const line = this.lines.get(lineKey(key, action));
    return line === undefined ? 1 : (line.postponed += 1);
  }

  /** Nothing stands in its way. */
  goesOn(key: string, action: PlannedAction): void {
    const line = this.lines.get(lineKey(key, action));
    if (line !== undefined) line.postponed = 0;
  }

  /** Milliseconds until the step may be tried again; 0: now. */
  waitFor(key: string, action: PlannedAction): number {
    const line = this.lines.get(lineKey(key, action));
    if (line === undefined) return 0;
    const now = this.options.clock.now();
    // A clock that was set back must not make the wait longer than it was meant to be.
    line.notBefore = Math.min(line.notBefore, now + line.delay);
    return Math.max(0, line.notBefore - now);
  }

  /**
   * Forgets what is no longer asked for at this place, but for the steps that have to be kept: the next time it is
   * asked for, it starts afresh.
   */
  async settle(key: string, asked: readonly PlannedAction[], keep: (work: Work) => boolean): Promise<void> {
    const ids = new Set(asked.map((action) => lineKey(key, action)));
    for (const [id, line] of this.lines) {
      if (!id.startsWith(`${key}|`) || ids.has(id) || keep(line.work)) continue;
      if (!done.has(line.remediation.state))
        await this.outdate(key, line.remediation, { why: noLongerAsked, writes: moot(line.remediation) });
      this.forget(id);
    }
  }

  /** The place is another unit's by now: nothing of it is kept, and nothing is said of it. */
  drop(key: string): void {
    for (const id of this.lines.keys()) if (id.startsWith(`${key}|`)) this.forget(id);
  }

  private forget(id: string): void {
    this.lines.delete(id);
    this.numbers.delete(id);
  }

  private async outdate(key: string, remediation: Remediation, { why, writes }: Outdating): Promise<void> {
    const updatedAt = instant(this.options.clock.now());
    const outdated: Remediation = { ...remediation, state: 'Outdated', ...why, updatedAt };
    await this.options.writeAt(key, { type: 'remediation', remediation: outdated }, ...writes);
    this.tell(outdated);
  }

  private tell(remediation: Remediation): void {
    const { telemetry, onChange } = this.options;
    if (ended.has(remediation.state)) telemetry.remediationEnded(remediation.state, remediation.reason);
    onChange(remediation);
  }

  /** By its moment; a clock that was set back must not give two of them the same. */
  private newId(id: string): string {
    const at = Math.max(this.options.clock.now(), (this.made.get(id) ?? 0) + 1);
    this.made.set(id, at);
    return `${id}|${instant(at)}`;
  }

  private written(id: string, work: Work, standing: Standing): Remediation {
    const before = this.lines.get(id)?.remediation;
    const now = instant(this.options.clock.now());
    return {
      id: before?.id ?? this.newId(id),
      planHash: work.plan.hash,
      actionId: work.action.id,
      target: work.plan.target,
      controls: work.action.controls,
      argv: work.action.argv,
      action: work.action,
      findings: work.about,
      state: standing.state,
      reason: standing.reason,
      message: standing.message,
      attempts: before?.attempts ?? 0,
      startedAt: before?.startedAt ?? now,
      updatedAt: now,
      ...(work.action.note === undefined ? {} : { note: work.action.note }),
    };
  }
}

interface Outdating {
  readonly why: Pick<Remediation, 'reason' | 'message'>;
  readonly writes: readonly Write[];
}

function freshLine(work: Work, remediation: Remediation): Line {
  return { remediation, until: undefined, work, notBefore: 0, delay: 0, postponed: 0 };
}

/** What a person was to look at has been put right meanwhile. Quarantines after failed attempts stay. */
function moot({ state, findings }: Remediation): readonly Write[] {
  if (state !== 'NeedsReview') return [];
  return findings.map((ref) => ({ type: 'clear', quarantine: quarantineId(ref) }));
}

/** What waits for a person, or for a moment, is told anew when that is another; other words may change as they like. */
function isSame(line: Line, { state, reason, message, until }: Standing, { plan, about }: Work): boolean {
  const before = line.remediation;
  if (before.state !== state || before.reason !== reason || line.until !== until) return false;
  if (!sameFindings(before.findings, about)) return false;
  if (state !== 'WaitingApproval') return true;
  return before.message === message && before.planHash === plan.hash;
}

/** Another control may ask for the same action later on. */
function sameFindings(before: readonly FindingRef[], now: readonly FindingRef[]): boolean {
  if (before === now) return true;
  const ids = new Set(before.map(idOfRef));
  return ids.size === now.length && now.every((ref) => ids.has(idOfRef(ref)));
}

function none(): readonly Write[] {
  return [];
}

function lineKey(key: string, action: PlannedAction): string {
  return `${key}|${action.id}`;
}
