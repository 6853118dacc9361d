/** Refreshes by a daemon, and a person who approves them as `holdfast approve` would write it down. */
import type { Plan } from '../../src/core/plan.js';
import type { Approval, Remediation, Store } from '../../src/core/ports/index.js';
import { instant } from '../../src/core/time.js';
import type { PolicyRule } from '../../src/core/policy/policy.js';
import type { ReportFinding } from '../../src/core/report/types.js';
import { enforced, type Rig } from './rig.js';

/** The remediations of one application that are in this state now. */
export function standing(rig: Rig, application: string, state: Remediation['state']): readonly Remediation[] {
  return rig.daemon
    .remediations()
    .filter((one) => one.state === state && touches(one.action.args, application));
}

function touches(args: object, application: string): boolean {
  return 'application' in args && args.application === application;
}

/** What a person was asked to look at on an application, also when it was over before anybody did; empty if nothing. */
export function reviewTold({ events }: Rig, application: string): string {
  const told = events.findLast(
    (event) =>
      event.type === 'remediation' &&
      event.remediation.state === 'NeedsReview' &&
      touches(event.remediation.action.args, application),
  );
  return told?.type === 'remediation' ? told.remediation.message : '';
}

export interface Approver {
  readonly rig: Rig;
  readonly store: Store;
}

/**
 * Says yes to the plan of which a step on the application waits for a person, and to the one that takes its place where more
 * was read meanwhile; resolves to the last of them once it was heard.
 */
export async function approve(approver: Approver, application: string): Promise<Plan> {
  const waiting = (): readonly Remediation[] => standing(approver.rig, application, 'WaitingApproval');
  await approver.rig.until(`a step on ${application} waits for an approval`, () => waiting().length > 0);
  for (;;) {
    const plan = await sayYes(approver, application);
    await approver.rig.until(`the yes to ${application} is heard`, () =>
      waiting().every(({ planHash }) => planHash !== plan.hash),
    );
    if (waiting().length === 0) return plan;
  }
}

async function sayYes({ rig, store }: Approver, application: string): Promise<Plan> {
  const [waiting] = standing(rig, application, 'WaitingApproval');
  const plan = await store.plan(waiting?.planHash ?? '');
  if (plan === undefined) throw new Error(`the plan for ${application} is not in the journal`);
  const now = Date.now();
  const times = { at: instant(now), expiresAt: instant(now + 3_600_000) };
  const approval: Approval = {
    id: `a-${plan.id}-${now}`,
    planHash: plan.hash,
    decision: 'approve',
    by: 'ann',
    ...times,
  };
  await store.write({ type: 'approval', approval });
  return plan;
}

/** The changes that were begun on an application, as one would type them, with the moment of each. */
export function begunOn(
  { events }: Rig,
  application: string,
): readonly { readonly command: string; readonly at: number }[] {
  return events.flatMap((event) => {
    if (event.type !== 'remediation' || event.remediation.state !== 'Running') return [];
    const { action, argv } = event.remediation;
    return touches(action.args, application) ? [{ command: short(argv), at: event.at }] : [];
  });
}

function short(argv: readonly string[]): string {
  const text = argv.join(' ').replace(/^juju /, '');
  return text.replace(/ -m \S+/, '').replace(/ --format.*/, '');
}

/** What the policy says of refreshes: both controls that ask for them are enforced. */
export function refreshed(params: Readonly<Record<string, string>>): readonly PolicyRule[] {
  return ['JUJU-APP-04', '*-UPG-01'].map((control) => ({ match: { control }, ...enforced, params }));
}

export function findingOn({ daemon }: Rig, application: string, control: string): ReportFinding | undefined {
  return daemon
    .report()
    .findings.find((one) => one.control === control && one.target.application === application);
}

export function reasonOn(rig: Rig, application: string): string {
  return findingOn(rig, application, 'JUJU-APP-04')?.reason ?? 'none';
}
