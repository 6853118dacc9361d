/**
 * Findings, as many time series as a scrape can bear. Labels name controls and places, never texts, and never
 * `juju_model` and its kin: a charmed Prometheus sets those itself, to the model where Holdfast runs.
 */
import { outcomes, severities } from '../core/outcome.js';
import type { DaemonView } from '../core/ports/index.js';
import type { Report, ReportFinding } from '../core/report/types.js';
import { counted, type Labelled } from './metrics-counted.js';
import { modelLabels, placeLabels } from './metrics-labels.js';
import type { Sample, Sampled } from './metrics-sampled.js';

/** Series of one metric that name an application or a model; beyond them only controls are named. */
const mostSeries = 5000;
const model = ['controller', 'target_model'] as const;
const application = [...model, 'target_application'] as const;
const detail = ['control', 'severity', 'outcome', 'fixable_by', ...application] as const;
/** Passes are many and all alike: they are counted by application alone. */
const open = outcomes.filter((outcome) => outcome !== 'pass' && outcome !== 'not-applicable');

export function findingMetrics(limit: number = mostSeries): readonly Sampled[] {
  return [
    {
      name: 'findings',
      help: 'Findings that do not pass and are not waived. Where they are very many, the less severe name no application.',
      labelNames: detail,
      read: ofFindings((all) => detailed(all.filter(isOpen), limit)),
    },
    {
      name: 'waived_findings',
      help: 'Findings that do not pass and lie under an active waiver.',
      labelNames: detail,
      read: ofFindings((all) => detailed(all.filter(isWaived), limit)),
    },
    {
      name: 'passed_findings',
      help: 'Findings that pass. Where applications are very many, by model.',
      labelNames: application,
      read: ofFindings((all) => finest(all.filter(isPassed), placed, limit)),
    },
    {
      name: 'model_findings',
      help: 'Findings that do not pass and are not waived, by outcome, zeros included.',
      labelNames: ['outcome', ...model],
      read: ofFindings(byModel),
    },
  ];
}

function ofFindings(
  read: (findings: Report['findings']) => readonly Sample[],
): (view: DaemonView) => readonly Sample[] {
  return (view) => read(view.report().findings);
}

function isPassed({ outcome }: ReportFinding): boolean {
  return outcome === 'pass';
}

function isOpen(finding: ReportFinding): boolean {
  return !isPassed(finding) && finding.waiver?.state !== 'active';
}

function isWaived(finding: ReportFinding): boolean {
  return !isPassed(finding) && finding.waiver?.state === 'active';
}

/** From the finest to the coarsest. */
const placed: readonly Labelled<ReportFinding>[] = [
  ({ target }) => placeLabels(target),
  ({ target }) => placeLabels({ controller: target.controller, model: target.model }),
  () => placeLabels({}),
];
const detailedAndPlaced = placed.map((place): Labelled<ReportFinding> => (finding) => ({
  ...kindOf(finding),
  ...place(finding),
}));

/** The most severe are told most closely: each severity in the finest level that there is still room for. */
function detailed(findings: readonly ReportFinding[], limit: number): readonly Sample[] {
  const samples: Sample[] = [];
  for (const severity of severities) {
    const some = findings.filter((finding) => finding.severity === severity);
    samples.push(...finest(some, detailedAndPlaced, limit - samples.length));
  }
  return samples;
}

/** Counted by the first of the levels that there is room for, or by the last. */
function finest(
  findings: readonly ReportFinding[],
  levels: readonly Labelled<ReportFinding>[],
  room: number,
): readonly Sample[] {
  let told: readonly Sample[] = [];
  for (const level of levels) {
    told = counted(findings, level);
    if (told.length <= room) break;
  }
  return told;
}

function kindOf({ control, severity, outcome, fixableBy }: ReportFinding): Sample['labels'] {
  return { control, severity, outcome, fixable_by: fixableBy };
}

/** With zeros, so that a rise from none can be told from a model that is new. */
function byModel(findings: readonly ReportFinding[]): readonly Sample[] {
  const places = counted(findings, ({ target }) => modelLabels(target));
  const nothing = places.flatMap(({ labels }) =>
    open.map((outcome) => ({ labels: { outcome, ...labels }, value: 0 })),
  );
  const some = counted(findings.filter(isOpen), ({ outcome, target }) => ({
    outcome,
    ...modelLabels(target),
  }));
  return [...nothing, ...some];
}
