import type { DaemonView } from '../core/ports/index.js';
import type { Report, ReportFinding } from '../core/report/types.js';
import { nameLabel } from './metrics-labels.js';
import type { Sample, Sampled } from './metrics-sampled.js';

const place = ['controller', 'target_model'] as const;

/**
 * Findings and scores. Labels name controls and models, never applications or texts, and never `juju_model` and its
 * kin: a charmed Prometheus sets those itself, to the model where Holdfast runs.
 */
export function findingMetrics(): readonly Sampled[] {
  return [
    {
      name: 'findings',
      help: 'Findings without an active waiver.',
      labelNames: ['control', 'severity', 'outcome', 'fixable_by', ...place],
      read: perReport((report) =>
        counted(
          report.findings.filter((one) => !isWaived(one)),
          labelsOf,
        ),
      ),
    },
    {
      name: 'waived_findings',
      help: 'Findings under an active waiver.',
      labelNames: ['control', 'severity', 'outcome', 'fixable_by', ...place],
      read: perReport((report) => counted(report.findings.filter(isWaived), labelsOf)),
    },
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
  ];
}

/** Works the samples out anew only when the findings are others than at the last scrape. */
function perReport(read: (report: Report) => readonly Sample[]): (view: DaemonView) => readonly Sample[] {
  let findings: Report['findings'] | undefined;
  let samples: readonly Sample[] = [];
  return (view) => {
    const report = view.report();
    if (report.findings !== findings) samples = read(report);
    findings = report.findings;
    return samples;
  };
}

function isWaived(finding: ReportFinding): boolean {
  return finding.waiver?.state === 'active';
}

function labelsOf(finding: ReportFinding): Sample['labels'] {
  const { control, severity, outcome, fixableBy, target } = finding;
  return { control, severity, outcome, fixable_by: fixableBy, ...placeOf(target) };
}

function placeOf(target: ReportFinding['target']): Sample['labels'] {
  return { controller: nameLabel(target.controller), target_model: nameLabel(target.model) };
}

function counted(
  findings: readonly ReportFinding[],
  labelled: (finding: ReportFinding) => Sample['labels'],
): readonly Sample[] {
  const counts = new Map<string, { readonly labels: Sample['labels']; value: number }>();
  for (const finding of findings) {
    const labels = labelled(finding);
    const key = JSON.stringify(Object.values(labels));
    const sample = counts.get(key);
    if (sample === undefined) counts.set(key, { labels, value: 1 });
    else sample.value += 1;
  }
  return [...counts.values()];
}

/** The summary names models `controller:model`; the labels come from the findings, which name both apart. */
function modelScores({ findings, summary }: Report): readonly Sample[] {
  const scores = new Map<string, Sample>();
  for (const { target } of findings) {
    if (target.model === undefined) continue;
    const name = target.controller === undefined ? target.model : `${target.controller}:${target.model}`;
    const score = summary.byModel[name]?.score;
    if (typeof score === 'number' && !scores.has(name)) {
      scores.set(name, { labels: placeOf(target), value: score });
    }
  }
  return [...scores.values()];
}

function estateScores({ summary }: Report): readonly Sample[] {
  const scores = { all: summary.score, fixable: summary.scoreOfFixable };
  return Object.entries(scores).flatMap(([of, value]) => (value === null ? [] : [{ labels: { of }, value }]));
}
