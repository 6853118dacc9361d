import type { Report } from '../../core/report/types.js';
import type { Guide } from '../../core/control.js';
import { catalogueOf, type Catalogue } from './catalogue.js';
import { isResult, resultOf } from './sarif-result.js';
import { rulesOf } from './sarif-rule.js';
import { oneLine } from './text.js';
import { uuidOf } from './uuid.js';

/**
 * SARIF 2.1.0: the controls as rules, the guides as taxonomies of their sections, and a result for whatever fails or
 * could not be seen. Passes are told by the rules that have no result.
 */
export function sarifOf(report: Report, guides: readonly Guide[]): object {
  const catalogue = catalogueOf(report.findings, guides);
  const ruleIndex = new Map([...catalogue.reviewed.keys()].map((control, index) => [control, index]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: driver(report, catalogue) },
        taxonomies: catalogue.guides.map((id) => taxonomy(id, catalogue)),
        automationDetails: automation(report),
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: report.source.takenAt,
            endTimeUtc: report.generatedAt,
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: report.findings
          .filter(isResult)
          .map((finding) => resultOf(finding, ruleIndex.get(finding.control) ?? -1, report.source)),
        properties: {
          source: report.source,
          policyHash: report.policy.hash,
          score: report.summary.score,
          scoreOfFixable: report.summary.scoreOfFixable,
          outcomes: report.summary.byOutcome,
        },
      },
    ],
  };
}

function driver({ tool }: Report, catalogue: Catalogue): object {
  return {
    name: 'Holdfast',
    version: tool.version,
    shortDescription: { text: 'Holds Juju deployments at their security hardening guides.' },
    rules: rulesOf(catalogue),
    supportedTaxonomies: catalogue.guides.map((name, index) => ({ name, index })),
  };
}

/** Runs on the same estate belong together. */
function automation({ source, policy, generatedAt }: Report): object {
  return {
    id: `holdfast/${oneLine(source.name)}/${generatedAt}`,
    guid: uuidOf('run', `${source.name}\n${policy.hash}\n${generatedAt}`),
    correlationGuid: uuidOf('estate', source.name),
  };
}

/** A guide with those of its sections that the report's controls come from. */
function taxonomy(id: string, { guideOf, reviewed }: Catalogue): object {
  const guide = guideOf(id);
  const sections = new Set(
    [...reviewed.values()].flatMap(({ entry }) => (entry?.guide.id === id ? [entry.control.section] : [])),
  );
  return {
    name: id,
    ...(guide === undefined
      ? {}
      : { fullName: guide.title, version: guide.version, informationUri: guide.url }),
    taxa: [...sections].map((section) => ({ id: section })),
  };
}
