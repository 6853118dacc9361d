import type { Approval, AuditEntry, Step, Write } from '../../core/ports/index.js';
import { noHash, sealed, type Link } from '../chain.js';
import { noSuchPlan, noSuchRemediation } from '../refusals.js';
import { rotationKey } from '../rotation-key.js';
import type { Memory } from './state.js';

/** Refuses writes of which one could not be made, before any of them is. @throws Error */
export function refuseImpossible(memory: Memory, writes: readonly Write[]): void {
  const plans = new Set<string>();
  const remediations = new Set<string>();
  for (const write of writes) {
    if (write.type === 'plan') plans.add(write.plan.hash);
    if (write.type === 'remediation') remediations.add(write.remediation.id);
    if (write.type === 'approval') refuseUnknownPlan(memory, write.approval, plans);
  }
  for (const write of writes) {
    if (write.type === 'step') refuseUnknownRemediation(memory, write.step, remediations);
  }
}

function refuseUnknownPlan(memory: Memory, { planHash }: Approval, also: ReadonlySet<string>): void {
  if (!memory.plans.has(planHash) && !also.has(planHash)) throw noSuchPlan(planHash);
}

function refuseUnknownRemediation(memory: Memory, { remediation }: Step, also: ReadonlySet<string>): void {
  if (!memory.remediations.has(remediation) && !also.has(remediation)) throw noSuchRemediation(remediation);
}

export function apply(memory: Memory, write: Write): void {
  delete memory.orders;
  switch (write.type) {
    case 'remediation':
      memory.remediations.set(write.remediation.id, write.remediation);
      return;
    case 'step':
      putStep(memory, write.step);
      return;
    case 'plan':
      memory.plans.set(write.plan.hash, write.plan);
      return;
    case 'approval':
      putApproval(memory, write.approval);
      return;
    case 'quarantine':
      memory.quarantines.set(write.quarantine.id, write.quarantine);
      return;
    case 'clear':
      memory.quarantines.delete(write.quarantine);
      return;
    case 'pause':
      memory.pauses.set(write.pause.id, write.pause);
      return;
    case 'resume':
      memory.pauses.delete(write.pause);
      return;
    case 'mark':
      memory.marks.push(write.mark);
      return;
    case 'rotation':
      memory.rotations.set(rotationKey(write.rotation), write.rotation);
      return;
    case 'audit':
      append(memory, write.entry);
      return;
    default:
      applyNotified(memory, write);
  }
}

type Notified = Extract<Write, { type: 'outbox' | 'sent' | 'told' | 'untold' }>;

function applyNotified({ outbox, told }: Memory, write: Notified): void {
  switch (write.type) {
    case 'outbox':
      outbox.set(write.entry.message.id, write.entry);
      return;
    case 'sent':
      outbox.delete(write.message);
      return;
    case 'told':
      for (const one of write.told) told.set(toldKey(one.target, one.id), one);
      return;
    case 'untold':
      for (const id of write.ids) told.delete(toldKey(write.target, id));
  }
}

function toldKey(target: string, id: string): string {
  return JSON.stringify([target, id]);
}

function putStep(memory: Memory, step: Step): void {
  const steps = memory.steps.get(step.remediation) ?? new Map<number, Step>();
  memory.steps.set(step.remediation, steps);
  steps.set(step.n, step);
}

function putApproval(memory: Memory, approval: Approval): void {
  const plan = memory.plans.get(approval.planHash);
  if (plan === undefined) throw noSuchPlan(approval.planHash);
  memory.decisions.set(approval.planHash, { ...approval, plan });
}

function append(memory: Memory, entry: AuditEntry): void {
  const before: Link = memory.audit.at(-1) ?? { seq: 0, hash: noHash };
  memory.audit.push(sealed(entry, before));
}
