/** What a journal is given in tests: everything with a name and a moment of its own, the rest as it usually is. */
import { createHash } from 'node:crypto';
import type { PlannedAction } from '../../src/core/action/planned.js';
import { countsOf, type Message, type OutboxMessage, type Told } from '../../src/core/notify/message.js';
import { planHash, type Plan } from '../../src/core/plan.js';
import type {
  Approval,
  AuditEntry,
  Clock,
  Mark,
  Pause,
  Quarantine,
  Remediation,
  Rotation,
  Step,
} from '../../src/core/ports/index.js';
import { limitsFor } from '../../src/core/policy/limits.js';
import { instant } from '../../src/core/time.js';

export const noon = Date.parse('2026-11-22T12:00:00Z');

/** `minutes` after noon. */
export function at(minutes: number): string {
  return instant(noon + minutes * 60_000);
}

/** A clock that stands still until it is set. */
export function standingClock(now = noon): Clock & { set: (ms: number) => void } {
  let time = now;
  return {
    now: () => time,
    sleep: () => Promise.resolve(),
    after: () => () => undefined,
    set: (ms) => {
      time = ms;
    },
  };
}

export function hashNamed(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

export const action: PlannedAction = {
  id: 'unexpose-1',
  type: 'unexpose',
  args: {
    type: 'unexpose',
    model: { controller: 'prod', owner: 'admin', model: 'data' },
    application: 'kafka',
  },
  preconditions: [{ type: 'application-present', application: 'kafka' }],
  argv: ['juju', 'unexpose', '-m', 'prod:admin/data', 'kafka'],
  effect: 'kafka is closed',
  inverse: [],
  risk: 'medium',
  disruptive: true,
  repeatable: true,
  cutsOff: ['clients from outside'],
  controls: ['TOY-NET-01'],
};

export const target = { kind: 'model', controller: 'prod', model: 'data' } as const;

export function planNamed(name: string, more: Partial<Plan> = {}): Plan {
  const hash = hashNamed(name);
  return {
    kind: 'Plan',
    version: 'v1',
    id: hash.slice(0, 12),
    hash,
    target,
    createdAt: at(0),
    findings: [hashNamed('finding')],
    limits: limitsFor([]),
    actions: [action],
    ...more,
  };
}

/** As planning makes it: its hash names what it does. */
export function planFor(application: string, more: Partial<Plan> = {}): Plan {
  const args = { ...action.args, application } as typeof action.args;
  const actions = [{ ...action, args, argv: ['juju', 'unexpose', '-m', 'prod:admin/data', application] }];
  const drafted = planNamed(application, { actions, ...more });
  const hash = planHash(drafted);
  return { ...drafted, hash, id: hash.slice(0, 12) };
}

export function remediationNamed(id: string, more: Partial<Remediation> = {}): Remediation {
  return {
    id,
    planHash: hashNamed('plan'),
    actionId: action.id,
    target,
    controls: action.controls,
    argv: action.argv,
    action,
    findings: [{ control: 'TOY-NET-01', guide: 'toys', target: { ...target, kind: 'application' } }],
    state: 'Running',
    reason: 'Started',
    message: 'runs',
    attempts: 1,
    startedAt: at(0),
    updatedAt: at(0),
    ...more,
  };
}

export function stepOf(remediation: string, n: number, more: Partial<Step> = {}): Step {
  return { remediation, n, kind: 'do', state: 'intent', argv: action.argv, at: at(0), ...more };
}

export function approvalOf(plan: string, more: Partial<Approval> = {}): Approval {
  return {
    id: `a-${plan}`,
    planHash: hashNamed(plan),
    decision: 'approve',
    by: 'anna',
    at: at(1),
    expiresAt: at(61),
    ...more,
  };
}

export function quarantineNamed(id: string, more: Partial<Quarantine> = {}): Quarantine {
  return {
    id,
    control: 'TOY-NET-01',
    target: { ...target, kind: 'application', application: 'kafka' },
    reason: 'AttemptsExhausted',
    message: 'tried 5 times',
    since: at(0),
    ...more,
  };
}

export function pauseNamed(id: string, more: Partial<Pause> = {}): Pause {
  return { id, by: 'anna', at: at(0), ...more };
}

export function markAt(minutes: number, more: Partial<Mark> = {}): Mark {
  return { at: at(minutes), kind: 'attempt', controller: 'prod', ...more };
}

/** Of a user of the controller, or of an application's where the name is the second half of the alphabet. */
export function rotationOf(user: string, more: Partial<Rotation> = {}): Rotation {
  const place = user < 'c' ? {} : { model: 'admin/data', application: 'pg' };
  return { controller: 'prod', user, ...place, state: 'done', at: at(0), ...more };
}

export function entryNamed(event: string, more: Partial<AuditEntry> = {}): AuditEntry {
  return { at: at(0), actor: 'holdfast', event, why: 'because', body: { argv: action.argv }, ...more };
}

export function messageNamed(id: string, more: Partial<Message> = {}): OutboxMessage {
  const message: Message = {
    id,
    sort: 'test',
    at: at(0),
    firing: [],
    resolved: [],
    counts: countsOf([], []),
    ...more,
  };
  return { target: 'chat', unit: '', message };
}

export function toldNamed(id: string, more: Partial<Told> = {}): Told {
  return { target: 'chat', id, at: at(0), ...more };
}
