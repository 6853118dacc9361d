import type { Guide } from '../../core/control.js';
import { isViolation } from '../../core/outcome.js';
import type { Report } from '../../core/report/types.js';
import { catalogueOf, type Catalogue } from './catalogue.js';
import { findingOf, isJudged } from './oscal-finding.js';
import { assessmentAssets, inventoryItems } from './oscal-inventory.js';
import { observationsOf } from './oscal-observation.js';
import { reviewedControls } from './oscal-reviewed.js';
import { riskOf } from './oscal-risk.js';
import { line, prose, props, some } from './oscal-text.js';
import { uuidOf } from './uuid.js';

/**
 * OSCAL assessment results, version 1.1: an observation for each subject with its evidence, a finding for each
 * judgement, a risk for each violation. Every UUID follows from what it names, so the same finding has the same one in
 * every file.
 */
export function oscalOf(report: Report, guides: readonly Guide[]): object {
  const { source, generatedAt } = report;
  const catalogue = catalogueOf(report.findings, guides);
  const run = `${source.name}\n${report.policy.hash}\n${generatedAt}`;
  return {
    'assessment-results': {
      uuid: uuidOf('assessment-results', run),
      metadata: {
        title: line(`Hardening report of ${source.name}`),
        'last-modified': generatedAt,
        version: generatedAt,
        'oscal-version': '1.1.3',
        ...props({ tool: `holdfast ${report.tool.version}`, 'policy-hash': report.policy.hash }),
      },
      'import-ap': { href: `#${uuidOf('resource', 'assessment-plan')}` },
      results: [result(report, catalogue, uuidOf('result', run))],
      'back-matter': { resources: resources(catalogue) },
    },
  };
}

function result(report: Report, catalogue: Catalogue, uuid: string): object {
  const { findings, source, summary, generatedAt } = report;
  const violations = findings.filter(({ outcome }) => isViolation(outcome));
  return {
    uuid,
    title: line(`Judgement of ${source.name}`),
    description: prose(`Read by the road ${source.road} and held against ${catalogue.guides.join(', ')}.`),
    start: source.takenAt,
    end: generatedAt,
    ...props({ score: summary.score, 'score-of-fixable': summary.scoreOfFixable, ...summary.byOutcome }),
    'local-definitions': {
      ...some('inventory-items', inventoryItems(findings)),
      'assessment-assets': assessmentAssets(report.tool.version),
    },
    'reviewed-controls': reviewedControls(catalogue),
    ...some(
      'observations',
      findings.flatMap((finding) => observationsOf(finding, generatedAt)),
    ),
    ...some(
      'risks',
      violations.map((finding) => riskOf(finding, catalogue.entryOf(finding.control))),
    ),
    ...some('findings', findings.filter(isJudged).map(findingOf)),
  };
}

/** The guides, and what stands for the plan of the assessment: the policy and the guides themselves. */
function resources({ guides, guideOf }: Catalogue): readonly object[] {
  const plan = {
    uuid: uuidOf('resource', 'assessment-plan'),
    title: 'Continuous assessment by Holdfast',
    description: 'All controls of the guides that apply, as the policy in force has them.',
  };
  return [
    plan,
    ...guides.map((id) => {
      const guide = guideOf(id);
      return {
        uuid: uuidOf('guide', id),
        title: line(guide?.title ?? id),
        ...props({ guide: id, version: guide?.version }),
        ...(guide === undefined ? {} : { rlinks: [{ href: guide.url }] }),
      };
    }),
  ];
}
