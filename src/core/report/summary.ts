import { newDict } from '../dict.js';
import { isWaived, type Finding } from '../finding.js';
import { isViolation, outcomes, severities } from '../outcome.js';
import { scoreOf } from './score.js';
import type { Summary } from './types.js';

/** Counts and scores. Waived findings are left out of the scores and counted beside them. */
export function summarise(findings: readonly Finding[]): Summary {
  const byOutcome = zeros(outcomes);
  const bySeverity = zeros(severities);
  let waived = 0;
  for (const finding of findings) {
    byOutcome[finding.judgement.outcome] += 1;
    if (isWaived(finding)) waived += 1;
    else if (isViolation(finding.judgement.outcome)) bySeverity[finding.control.severity] += 1;
  }
  const scoreOfFixable = score(findings.filter(byOperator));
  return {
    byOutcome,
    bySeverity,
    waived,
    score: score(findings),
    scoreOfFixable,
    byModel: byModel(findings),
  };
}

/** 100 · weight of passes / weight of all that was judged; null when there is nothing to weigh. */
export function score(findings: readonly Finding[]): number | null {
  return scoreOf(findings, (finding) => ({
    severity: finding.control.severity,
    outcome: finding.judgement.outcome,
    waived: isWaived(finding),
  }));
}

function byOperator(finding: Finding): boolean {
  return (finding.judgement.fixableBy ?? finding.control.fixableBy) === 'operator';
}

function byModel(findings: readonly Finding[]): Summary['byModel'] {
  const groups = newDict<Finding[]>();
  for (const finding of findings) {
    const { controller, model } = finding.target;
    if (model === undefined) continue;
    (groups[controller === undefined ? model : `${controller}:${model}`] ??= []).push(finding);
  }
  const summary = newDict<Summary['byModel'][string]>();
  for (const [name, group] of Object.entries(groups)) summary[name] = modelSummary(group);
  return summary;
}

function modelSummary(group: readonly Finding[]): Summary['byModel'][string] {
  const violations = group.filter(
    (finding) => isViolation(finding.judgement.outcome) && !isWaived(finding),
  ).length;
  const unknown = group.filter((finding) => finding.judgement.outcome === 'unknown').length;
  return { score: score(group), violations, unknown };
}

function zeros<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
}
