import { newDict } from '../dict.js';
import { isWaived, type Finding } from '../finding.js';
import { isViolation, outcomes, severities } from '../outcome.js';
import { newScale, scoreOf, scoreOn, weigh, weightOf, type Scale } from './score.js';
import type { Summary } from './types.js';

/** Counts and scores. Waived findings are left out of the scores and counted beside them. One pass: reports are long. */
export function summarise(findings: readonly Finding[]): Summary {
  const byOutcome = zeros(outcomes);
  const bySeverity = zeros(severities);
  const [whole, fixable] = [newScale(), newScale()];
  const models = new ModelTallies();
  let waived = 0;
  for (const finding of findings) {
    const { outcome } = finding.judgement;
    const { severity } = finding.control;
    const tally = models.of(finding);
    byOutcome[outcome] += 1;
    if (outcome === 'unknown' && tally !== undefined) tally.unknown += 1;
    if (isWaived(finding)) {
      waived += 1;
      continue;
    }
    const weight = weightOf(severity, outcome);
    weigh(whole, weight, outcome);
    if (byOperator(finding)) weigh(fixable, weight, outcome);
    if (tally !== undefined) weigh(tally.scale, weight, outcome);
    if (!isViolation(outcome)) continue;
    bySeverity[severity] += 1;
    if (tally !== undefined) tally.violations += 1;
  }
  const scores = { score: scoreOn(whole), scoreOfFixable: scoreOn(fixable) };
  return { byOutcome, bySeverity, waived, ...scores, byModel: models.summary() };
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

interface Tally {
  readonly scale: Scale;
  violations: number;
  unknown: number;
}

/** Findings come model by model, so that the last one's tally is nearly always the next one's. */
class ModelTallies {
  private readonly tallies = new Map<string, Tally>();
  private last: Tally | undefined;
  private model: string | undefined;
  private controller: string | undefined;

  /** Undefined for what is about no model. */
  of({ target: { controller, model } }: Finding): Tally | undefined {
    if (model === undefined) return undefined;
    if (this.last !== undefined && model === this.model && controller === this.controller) return this.last;
    const name = controller === undefined ? model : `${controller}:${model}`;
    let tally = this.tallies.get(name);
    if (tally === undefined)
      this.tallies.set(name, (tally = { scale: newScale(), violations: 0, unknown: 0 }));
    [this.last, this.model, this.controller] = [tally, model, controller];
    return tally;
  }

  summary(): Summary['byModel'] {
    const summary = newDict<Summary['byModel'][string]>();
    for (const [name, { scale, violations, unknown }] of this.tallies)
      summary[name] = { score: scoreOn(scale), violations, unknown };
    return summary;
  }
}

function zeros<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
}
