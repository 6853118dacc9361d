/** Alerts about what Holdfast does: what waits for a person, and what somebody else undoes. */
import type { Severity } from '../outcome.js';
import type { HeldStep } from '../ports/daemon.js';
import type { Quarantine, Remediation } from '../ports/store.js';
import { instant } from '../time.js';
import { targetLabel } from '../target.js';
import { alertId, type Alert } from './alert.js';
import type { Scene } from './scene.js';

export function workAlerts(scene: Scene): readonly Alert[] {
  return [
    ...contested(scene),
    ...scene.quarantines.map((quarantine) => quarantined(quarantine, scene)),
    ...waiting(scene),
    ...scene.remediations.filter(({ state }) => state === 'NeedsReview').map(toReview),
  ];
}

/** Two parties that undo each other: the rail of that name holds the step back. */
function contested({ held, remediations, now }: Scene): readonly Alert[] {
  const fights = held.filter(({ rail, first }) => rail === 'fight' && first);
  return fights.map((step) => {
    const remediation = remediations.findLast((one) => isOf(one, step));
    const control = remediation?.controls[0];
    return {
      id: alertId('contested', step.target.controller, step.target.model, step.actionId),
      about: 'contested',
      severity: 'high',
      title: 'Drift is being fought over',
      reason: step.reason,
      message:
        remediation?.reason === step.reason
          ? remediation.message
          : `On ${targetLabel(step.target)} somebody undoes what Holdfast puts right: ${step.actionId} is left alone`,
      since: instant(now),
      target: remediation?.findings[0]?.target ?? step.target,
      ...(control === undefined ? {} : { control }),
    };
  });
}

function isOf({ planHash, actionId }: Remediation, step: HeldStep): boolean {
  return planHash === step.planHash && actionId === step.actionId;
}

function quarantined({ id, control, target, reason, message, since }: Quarantine, { report }: Scene): Alert {
  const finding = report.findings.find((one) => one.control === control);
  const severity: Severity = finding?.severity ?? 'medium';
  return {
    id: alertId('quarantine', id),
    about: 'quarantine',
    severity,
    title: `${control} is left alone until a person clears it`,
    reason,
    message: `${control} on ${targetLabel(target)}: ${message} (holdfast clear)`,
    since,
    target,
    control,
    ...(finding === undefined ? {} : { guide: finding.guide }),
  };
}

/** One for each plan: a person decides on the whole of it. */
function waiting({ remediations }: Scene): readonly Alert[] {
  const held = remediations.filter(({ state }) => state === 'WaitingApproval');
  const plans = Map.groupBy(held, ({ planHash }) => planHash);
  return [...plans].flatMap(([hash, steps]) => {
    const [first] = steps;
    if (first === undefined) return [];
    const { controller, model } = first.target;
    return {
      id: alertId('approval', hash),
      about: 'approval' as const,
      severity: 'medium' as const,
      title: 'A plan waits for approval',
      reason: first.reason,
      message: `Plan ${hash.slice(0, 12)} for ${targetLabel(first.target)} waits with ${steps.length} of its steps: ${first.message}`,
      since: first.updatedAt,
      target: {
        kind: model === undefined ? ('controller' as const) : ('model' as const),
        ...(controller === undefined ? {} : { controller }),
        ...(model === undefined ? {} : { model }),
      },
    };
  });
}

function toReview({ id, controls, reason, message, updatedAt, target, findings }: Remediation): Alert {
  const [control] = controls;
  const guide = findings[0]?.guide;
  return {
    id: alertId('review', id),
    about: 'review',
    severity: 'high',
    title: 'A change needs a person to look at it',
    reason,
    message: `${controls.join(', ')} on ${targetLabel(target)}: ${message}`,
    since: updatedAt,
    target,
    ...(control === undefined ? {} : { control }),
    ...(guide === undefined ? {} : { guide }),
  };
}
