/** Scores, and since when the oldest violation is open. */
import { isViolation } from '../core/outcome.js';
import type { DaemonView } from '../core/ports/index.js';
import type { Report } from '../core/report/types.js';
import { millis } from '../core/time.js';
import { labelsKey } from './metrics-counted.js';
import { modelLabels } from './metrics-labels.js';
import type { Sample, Sampled } from './metrics-sampled.js';

const place = ['controller', 'target_model'] as const;

export function scoreMetrics(): readonly Sampled[] {
  const perReport = (read: (report: Report) => readonly Sample[]) => (view: DaemonView) =>
    read(view.report());
  return [
    {
      name: 'score',
      help: 'Score of a model, 0 to 100; absent where there is nothing to weigh.',
      labelNames: place,
      read: perReport(modelScores),
    },
    {
      name: 'estate_score',
      help: 'Score of everything watched, 0 to 100; of: all, or fixable (without what only others can fix).',
      labelNames: ['of'],
      read: perReport(estateScores),
    },
    {
      name: 'oldest_finding_timestamp_seconds',
      help: 'Unix time at which the oldest of the violations that are open and not waived was first seen.',
      labelNames: ['severity', 'fixable_by', ...place],
      read: perReport(oldest),
    },
  ];
}

/** The summary names models `controller:model`; the labels come from the findings, which name both apart. */
function modelScores({ findings, summary }: Report): readonly Sample[] {
  const scores = new Map<string, Sample>();
  for (const { target } of findings) {
    if (target.model === undefined) continue;
    const name = target.controller === undefined ? target.model : `${target.controller}:${target.model}`;
    if (scores.has(name)) continue;
    const score = summary.byModel[name]?.score;
    if (typeof score === 'number') scores.set(name, { labels: modelLabels(target), value: score });
  }
  return [...scores.values()];
}

function estateScores({ summary }: Report): readonly Sample[] {
  const scores = { all: summary.score, fixable: summary.scoreOfFixable };
  return Object.entries(scores).flatMap(([of, value]) => (value === null ? [] : [{ labels: { of }, value }]));
}

function oldest({ findings }: Report): readonly Sample[] {
  const first = new Map<string, Sample>();
  for (const { severity, fixableBy, outcome, target, firstSeen, waiver } of findings) {
    if (firstSeen === undefined || !isViolation(outcome) || waiver?.state === 'active') continue;
    const labels = { severity, fixable_by: fixableBy, ...modelLabels(target) };
    const key = labelsKey(labels);
    const value = millis(firstSeen) / 1000;
    if (value < (first.get(key)?.value ?? Infinity)) first.set(key, { labels, value });
  }
  return [...first.values()];
}
