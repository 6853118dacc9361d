import { newDict } from '../dict.js';
import { isWaived, type Finding } from '../finding.js';
import { isViolation, outcomes, severities, type Outcome, type Severity } from '../outcome.js';
import { newScale, scoreOf, scoreOn, weigh, weightOf } from './score.js';
import type { Summary } from './types.js';

/** Counts and scores. Waived findings are left out of the scores and counted beside them. One pass: reports are long. */
export function summarise(findings: readonly Finding[]): Summary {
  const [whole, fixable] = [newTally(), newTally()];
  const models = new ModelTallies();
  for (const finding of findings) {
    const cell = cellOf(finding.control.severity, finding.judgement.outcome);
    const model = models.of(finding);
    const side = isWaived(finding) ? 'waived' : 'counting';
    add(whole[side], cell);
    if (byOperator(finding)) add(fixable[side], cell);
    if (model !== undefined) add(model[side], cell);
  }
  return {
    byOutcome: sums(outcomes, (outcome) => countOf(whole.counting, outcome) + countOf(whole.waived, outcome)),
    bySeverity: sums(severities, (severity) => violationsOf(whole.counting, [severity])),
    waived: whole.waived.reduce((sum, count) => sum + count, 0),
    score: scoreOfCounts(whole.counting),
    scoreOfFixable: scoreOfCounts(fixable.counting),
    byModel: models.summary(),
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

/** How many findings there are of each severity and outcome: by `cellOf`. */
type Counts = number[];

interface Tally {
  readonly counting: Counts;
  readonly waived: Counts;
}

function newTally(): Tally {
  const cells = severities.length * outcomes.length;
  return { counting: new Array<number>(cells).fill(0), waived: new Array<number>(cells).fill(0) };
}

function add(counts: Counts, cell: number): void {
  counts[cell] = (counts[cell] ?? 0) + 1;
}

const rows = places(severities, outcomes.length);
const columns = places(outcomes, 1);

function places<K extends string>(keys: readonly K[], step: number): Readonly<Record<K, number>> {
  return Object.fromEntries(keys.map((key, index) => [key, index * step])) as Record<K, number>;
}

function cellOf(severity: Severity, outcome: Outcome): number {
  return rows[severity] + columns[outcome];
}

function countOf(counts: Counts, outcome: Outcome, among: readonly Severity[] = severities): number {
  return among.reduce((sum, severity) => sum + (counts[cellOf(severity, outcome)] ?? 0), 0);
}

function violationsOf(counts: Counts, among: readonly Severity[] = severities): number {
  return violations.reduce((sum, outcome) => sum + countOf(counts, outcome, among), 0);
}

const violations = outcomes.filter(isViolation);

function scoreOfCounts(counts: Counts): number | null {
  const scale = newScale();
  for (const severity of severities)
    for (const outcome of outcomes) {
      const count = counts[cellOf(severity, outcome)] ?? 0;
      weigh(scale, count * weightOf(severity, outcome), outcome);
    }
  return scoreOn(scale);
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
    if (tally === undefined) this.tallies.set(name, (tally = newTally()));
    [this.last, this.model, this.controller] = [tally, model, controller];
    return tally;
  }

  summary(): Summary['byModel'] {
    const summary = newDict<Summary['byModel'][string]>();
    for (const [name, { counting, waived }] of this.tallies)
      summary[name] = {
        score: scoreOfCounts(counting),
        violations: violationsOf(counting),
        unknown: countOf(counting, 'unknown') + countOf(waived, 'unknown'),
      };
    return summary;
  }
}

function sums<K extends string>(keys: readonly K[], count: (key: K) => number): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, count(key)])) as Record<K, number>;
}
