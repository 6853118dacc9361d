/** Invariant 5: once nothing goes wrong any more, everything is put right, or held by a rail that has a name; and told. */
import type { DaemonEvent } from '../../../src/controller/daemon.js';
import type { Remediation } from '../../../src/core/ports/index.js';
import type { Finding } from '../../../src/core/finding.js';
import { findingId } from '../../../src/core/report/build.js';
import type { Report, ReportFinding } from '../../../src/core/report/types.js';
import { targetKey } from '../../../src/core/target.js';
import { wordOn } from './scopes.js';
import { isSame } from './seeing.js';
import type { Watch } from './watch.js';

/** What is still open without a name for it, in words; none when all is at rest. */
export function unrest(watch: Watch, report: Report): readonly string[] {
  return report.findings.flatMap((finding) => {
    if (!isToBeFixed(watch, finding)) return [];
    const held = remediationFor(watch, finding);
    if (held === undefined) return [`${nameOf(finding)}: nothing is being done about it`];
    return isNamed(watch, held)
      ? []
      : [`${nameOf(finding)}: ${held.state} (${held.reason}: ${held.message})`];
  });
}

function isToBeFixed(
  watch: Watch,
  { outcome, waiver, remediation, control, guide, target }: ReportFinding,
): boolean {
  if (outcome !== 'fail' && outcome !== 'inconsistent') return false;
  if (waiver?.state === 'active' || (remediation?.actions ?? []).length === 0) return false;
  const { mode, managed } = wordOn({ control, guide, target }, watch.policy());
  return mode === 'enforce' && !managed;
}

/** What stands about it at last. */
function remediationFor({ shadow }: Watch, { control, target }: ReportFinding): Remediation | undefined {
  return [...shadow.remediations.values()].findLast(({ findings, state }) => {
    const isAbout = findings.some((ref) => ref.control === control && isSame(ref.target, target));
    return isAbout && state !== 'Outdated' && state !== 'Succeeded';
  });
}

/** Time alone lifts these, or a look: they must not last. */
const passing =
  /^(Retry|UnitsNotIdle|NotReadAnew|ModelNotSeen|ModelBusy|MigrationInProgress|RefreshInProgress|OperationRunning|BreakerOpen|HourlyCapReached|ControllerBusy|Running|Verifying|Journal)/;

function isNamed(watch: Watch, { state, reason, target }: Remediation): boolean {
  if (state === 'Running' || state === 'Verifying') return false;
  if (state !== 'WaitingDependency') return true;
  // A refresh that somebody left half done stays so.
  const refreshed = [...(watch.model(target)?.applications.values() ?? [])].some(
    ({ refresh }) => refresh !== undefined,
  );
  return !passing.test(reason) || (refreshed && reason === 'RefreshInProgress');
}

function nameOf({ control, target }: Pick<ReportFinding, 'control' | 'target'>): string {
  return `${control} on ${targetKey(target)}`;
}

/** What was told and what is: every open violation was told as found, and no other one is open. */
export function untold(events: readonly DaemonEvent[], report: Report): readonly string[] {
  const open = new Map<string, string>();
  for (const event of events) {
    if (event.type === 'remediation') continue;
    const { control, target } = event.finding;
    const id = findingId(control.id, target);
    if (event.type === 'resolved') open.delete(id);
    else open.set(id, `${control.id} on ${targetKey(target)}`);
  }
  const violations = report.findings.filter(
    ({ outcome }) => outcome === 'fail' || outcome === 'inconsistent',
  );
  const ids = new Map(report.findings.map(({ id, outcome }) => [id, outcome]));
  const silent = violations
    .filter(({ id }) => !open.has(id))
    .map((finding) => `${nameOf(finding)} was never told`);
  const stuck = [...open].filter(
    ([id]) => !['fail', 'inconsistent', 'unknown'].includes(ids.get(id) ?? 'gone'),
  );
  return [...silent, ...stuck.map(([, name]) => `${name} was never told to be resolved`)];
}

/** Who looks for the first time cannot know since when it is so. */
const dependsOnSince: ReadonlySet<string> = new Set(['RefreshUnderway', 'ReleaseDateNotSeen']);

/** Where the daemon's report and a fresh look at everything differ. */
export function differences(report: Report, really: readonly Finding[]): readonly string[] {
  const own = new Map(report.findings.map((finding) => [finding.id, finding.outcome]));
  return really.flatMap(({ control, target, judgement }) => {
    if (judgement.outcome === 'not-applicable') return [];
    const seen = own.get(findingId(control.id, target));
    if (seen === judgement.outcome || dependsOnSince.has(judgement.reason)) return [];
    return [
      `${control.id} on ${targetKey(target)} is ${judgement.outcome}, the report says ${seen ?? 'nothing'}`,
    ];
  });
}

/**
 * What waits for an approval can be given one: the plan as it is now is written down, and the remediation names it. While
 * a change is verified in its place, the plan of before that change stands.
 */
export function unapprovable({ shadow, daemon }: Watch): readonly string[] {
  const plans = daemon()?.plans() ?? [];
  const all = [...shadow.remediations.values()];
  const isBusy = (key: string): boolean =>
    all.some(({ state, target }) => state === 'Verifying' && targetKey(target) === key);
  return all.flatMap(({ id, state, target, planHash }) => {
    if (state !== 'WaitingApproval' || isBusy(targetKey(target))) return [];
    const plan = plans.find((each) => targetKey(each.target) === targetKey(target));
    if (plan === undefined) return [`${id} waits for an approval of nothing: there is no plan`];
    if (!shadow.plans.has(plan.hash))
      return [`${id} waits for an approval, and its plan is not written down`];
    return plan.hash === planHash ? [] : [`${id} waits for an approval of a plan that is no more`];
  });
}
