/** What the journal must hold by all that was written to it, kept apart from the journal itself. */
import type {
  Approval,
  Mark,
  Pause,
  Quarantine,
  Remediation,
  Step,
  Write,
} from '../../../src/core/ports/index.js';
import type { Plan } from '../../../src/core/plan.js';

export class Shadow {
  readonly remediations = new Map<string, Remediation>();
  /** By remediation, number and kind. */
  readonly steps = new Map<string, Step>();
  readonly plans = new Map<string, Plan>();
  readonly approvals: Approval[] = [];
  readonly quarantines = new Map<string, Quarantine>();
  readonly pauses = new Map<string, Pause>();
  readonly marks: Mark[] = [];

  apply(write: Write): void {
    switch (write.type) {
      case 'remediation':
        this.remediations.set(write.remediation.id, write.remediation);
        return;
      case 'step':
        this.steps.set(stepKey(write.step), write.step);
        return;
      case 'plan':
        this.plans.set(write.plan.hash, write.plan);
        return;
      case 'approval':
        this.approvals.push(write.approval);
        return;
      case 'quarantine':
        this.quarantines.set(write.quarantine.id, write.quarantine);
        return;
      case 'clear':
        this.quarantines.delete(write.quarantine);
        return;
      case 'pause':
        this.pauses.set(write.pause.id, write.pause);
        return;
      case 'resume':
        this.pauses.delete(write.pause);
        return;
      case 'mark':
        this.marks.push(write.mark);
        return;
      case 'rotation':
      case 'audit':
      case 'outbox':
      case 'sent':
      case 'told':
      case 'untold':
    }
  }

  stepsOf(remediation: string): readonly Step[] {
    return [...this.steps.values()].filter((step) => step.remediation === remediation);
  }
}

export function stepKey({ remediation, n }: Pick<Step, 'remediation' | 'n'>): string {
  return `${remediation}#${n}`;
}
