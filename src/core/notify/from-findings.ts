/** Alerts about what falls short, and about what cannot be judged. */
import { isViolation, type Severity } from '../outcome.js';
import type { Report, ReportFinding } from '../report/types.js';
import { targetLabel, type Target } from '../target.js';
import { alertId, isAtLeast, type Alert } from './alert.js';

export function isOpen({ outcome, waiver }: ReportFinding): boolean {
  return isViolation(outcome) && waiver?.state !== 'active';
}

/** One for each violation that no waiver lies over. */
export function findingAlerts({ findings, generatedAt }: Report): readonly Alert[] {
  return findings.filter(isOpen).map((finding) => findingAlert(finding, generatedAt));
}

function findingAlert(finding: ReportFinding, now: string): Alert {
  const { id, control, guide, severity, title, reason, message, target, fixableBy, drift } = finding;
  return {
    id,
    about: 'finding',
    severity,
    title,
    reason,
    message,
    since: finding.firstSeen ?? now,
    target,
    control,
    guide,
    fixableBy,
    ...(drift === undefined ? {} : { who: drift.who }),
  };
}

/** One for each guide and model: what cannot be seen is rarely one control alone, and has one cause for all. */
export function unknownAlerts({ findings, generatedAt }: Report): readonly Alert[] {
  const unknown = findings.filter(({ outcome }) => outcome === 'unknown');
  const groups = Map.groupBy(unknown, ({ guide, target: { controller, model } }) =>
    alertId('unknown', controller, model, guide),
  );
  return [...groups].map(([id, group]) => unknownAlert(id, group, generatedAt));
}

function unknownAlert(id: string, group: readonly ReportFinding[], since: string): Alert {
  const [first] = group;
  const target = placeOf(first?.target ?? { kind: 'estate' });
  const controls = [...new Set(group.map(({ control }) => control))].sort();
  const more = controls.length > shown ? ` and ${controls.length - shown} more` : '';
  const names = `${controls.slice(0, shown).join(', ')}${more}`;
  return {
    id,
    about: 'unknown',
    severity: gravest(group),
    title: `${group.length} judgements are missing`,
    reason: 'NotSeen',
    message: `On ${targetLabel(target)} ${group.length} judgements of ${first?.guide ?? ''} cannot be made (${names}): ${first?.message ?? ''}`,
    since,
    target,
    guide: first?.guide ?? '',
  };
}

/** Controls that are named. */
const shown = 5;

/** What is not known is told, but is no known violation: medium at most. */
function gravest(group: readonly ReportFinding[]): Severity {
  const isGrave = group.some(({ severity }) => isAtLeast(severity, 'medium'));
  if (isGrave) return 'medium';
  return group.some(({ severity }) => severity === 'low') ? 'low' : 'info';
}

function placeOf({ controller, model }: Target): Target {
  return {
    kind: model === undefined ? 'controller' : 'model',
    ...(controller === undefined ? {} : { controller }),
    ...(model === undefined ? {} : { model }),
  };
}
