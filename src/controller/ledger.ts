/** Remediations by place and action: where each stands, how often it was tried, when it may be tried again. */
import type { PlannedAction, ProposedStep } from '../core/plan.js';
import type { Clock, Remediation, RemediationState, Store, Telemetry } from '../core/ports/index.js';
import type { Target } from '../core/target.js';
import { instant } from '../core/time.js';

export interface Standing {
  readonly state: RemediationState;
  readonly reason: string;
  readonly message: string;
}

interface Line {
  remediation: Remediation;
  /** As it was last asked for. */
  step: ProposedStep;
  /** Not before this moment, and how long that was meant to be (ms). */
  notBefore: number;
  delay: number;
  steps: number;
}

export interface LedgerOptions {
  readonly store: Store;
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
const done: ReadonlySet<RemediationState> = new Set(['Succeeded', 'RolledBack', 'Outdated']);

export class Ledger {
  private readonly options: LedgerOptions;
  private readonly lines = new Map<string, Line>();

  constructor(options: LedgerOptions) {
    this.options = options;
  }

  /** Writes down where a step stands; says nothing where it stood there already. */
  async stand(
    key: string,
    step: ProposedStep,
    plan: { hash: string; target: Target },
    standing: Standing,
  ): Promise<Remediation> {
    const id = lineKey(key, step.action);
    const line = this.lines.get(id);
    if (line !== undefined) line.step = step;
    const before = line?.remediation;
    if (before?.state === standing.state && before.reason === standing.reason) return before;
    const remediation = this.written(id, step, plan, standing);
    if (line === undefined) this.lines.set(id, { remediation, step, notBefore: 0, delay: 0, steps: 0 });
    else line.remediation = remediation;
    await this.options.store.saveRemediation(remediation);
    if (ended.has(remediation.state))
      this.options.telemetry.remediationEnded(remediation.state, remediation.reason);
    this.options.onChange(remediation);
    return remediation;
  }

  /** Counts one more attempt; returns how many there were. */
  attempt(key: string, action: PlannedAction): number {
    const line = this.lines.get(lineKey(key, action));
    if (line === undefined) return 0;
    const attempts = line.remediation.attempts + 1;
    line.remediation = { ...line.remediation, attempts };
    return attempts;
  }

  /** The name of the remediation that the step belongs to. */
  idOf(key: string, action: PlannedAction): string {
    const id = lineKey(key, action);
    return this.lines.get(id)?.remediation.id ?? id;
  }

  /** Numbers the processes of a remediation, from 1. */
  nextStep(key: string, action: PlannedAction): number {
    const line = this.lines.get(lineKey(key, action));
    return line === undefined ? 1 : (line.steps += 1);
  }

  delay(key: string, action: PlannedAction, ms: number): void {
    const line = this.lines.get(lineKey(key, action));
    if (line === undefined) return;
    line.notBefore = this.options.clock.now() + ms;
    line.delay = ms;
  }

  /** Milliseconds until the step may be tried again; 0 now, Infinity once a person has to look. */
  waitFor(key: string, action: PlannedAction): number {
    const line = this.lines.get(lineKey(key, action));
    if (line === undefined) return 0;
    if (line.remediation.state === 'NeedsReview' || line.remediation.state === 'Failed') return Infinity;
    const now = this.options.clock.now();
    // A clock that was set back must not make the wait longer than it was meant to be.
    line.notBefore = Math.min(line.notBefore, now + line.delay);
    return Math.max(0, line.notBefore - now);
  }

  /**
   * Forgets what is no longer asked for at this place, but for the steps that have to be kept: the next time it is
   * asked for, it starts afresh.
   */
  async settle(
    key: string,
    asked: readonly ProposedStep[],
    keep: (step: ProposedStep) => boolean,
  ): Promise<void> {
    const ids = new Set(asked.map((step) => lineKey(key, step.action)));
    for (const [id, line] of this.lines) {
      if (!id.startsWith(`${key}|`) || ids.has(id) || keep(line.step)) continue;
      this.lines.delete(id);
      if (!done.has(line.remediation.state)) await this.outdate(line.remediation);
    }
  }

  private async outdate(remediation: Remediation): Promise<void> {
    const outdated = {
      ...remediation,
      state: 'Outdated',
      reason: 'NoLongerAsked',
      message: 'nothing asks for it any more',
    } as const;
    const saved = { ...outdated, updatedAt: instant(this.options.clock.now()) };
    await this.options.store.saveRemediation(saved);
    this.options.telemetry.remediationEnded(saved.state, saved.reason);
    this.options.onChange(saved);
  }

  private written(
    id: string,
    step: ProposedStep,
    plan: { hash: string; target: Target },
    standing: Standing,
  ): Remediation {
    const before = this.lines.get(id)?.remediation;
    const now = instant(this.options.clock.now());
    return {
      id: before?.id ?? `${id}|${now}`,
      planHash: plan.hash,
      actionId: step.action.id,
      target: plan.target,
      controls: step.action.controls,
      argv: step.action.argv,
      ...standing,
      attempts: before?.attempts ?? 0,
      startedAt: before?.startedAt ?? now,
      updatedAt: now,
    };
  }
}

function lineKey(key: string, action: PlannedAction): string {
  return `${key}|${action.id}`;
}
