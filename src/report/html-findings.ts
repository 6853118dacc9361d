import { isViolation, severities, type Severity } from '../core/outcome.js';
import type { ReportFinding } from '../core/report/types.js';
import { targetLabel } from '../core/target.js';
import { findingDetails } from './html-finding.js';
import { html, nothing, type Html } from './html-template.js';

/** All findings: what falls short by severity and model, then what is open, waived, and passed. */
export function findingSections(findings: readonly ReportFinding[]): Html {
  const judged = findings.filter((finding) => !isWaived(finding));
  const of = (outcome: string): readonly ReportFinding[] =>
    judged.filter((finding) => finding.outcome === outcome);
  return html`${violationSection(judged.filter((finding) => isViolation(finding.outcome)))}
  ${plainSection('unknown', 'Unknown', of('unknown'))}
  ${plainSection('manual', 'To be looked at by a person', of('manual'))}
  ${plainSection('waived', 'Waived', findings.filter(isWaived))}
  ${plainSection('passed', 'Passed', of('pass'))}
  ${plainSection('not-applicable', 'Not applicable', of('not-applicable'))}`;
}

function isWaived(finding: ReportFinding): boolean {
  return finding.waiver?.state === 'active';
}

function violationSection(violations: readonly ReportFinding[]): Html {
  return html`<section aria-labelledby="violations">
    <h2 id="violations">Falling short <span class="count">${violations.length}</span></h2>
    ${
      violations.length === 0
        ? html`<p class="card">Nothing falls short.</p>`
        : severities.map((severity) => severitySection(severity, violations))
    }
  </section>`;
}

function severitySection(severity: Severity, violations: readonly ReportFinding[]): Html {
  const group = violations.filter((finding) => finding.severity === severity);
  if (group.length === 0) return nothing;
  return html`<h3 class="${severity}">${severity} <span class="count">${group.length}</span></h3>
    ${modelGroups(group)}`;
}

function plainSection(id: string, title: string, findings: readonly ReportFinding[]): Html {
  if (findings.length === 0) return nothing;
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title} <span class="count">${findings.length}</span></h2>
    ${modelGroups(findings)}
  </section>`;
}

function modelGroups(findings: readonly ReportFinding[]): readonly Html[] {
  const groups = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    const model = placeOf(finding);
    const group = groups.get(model);
    if (group === undefined) groups.set(model, [finding]);
    else group.push(finding);
  }
  return [...groups].map(
    ([model, group]) =>
      html`<h4>${model}</h4>
        ${group.map(findingDetails)}`,
  );
}

function placeOf({ target: { kind, controller, model } }: ReportFinding): string {
  if (controller === undefined && model === undefined) return kind;
  return targetLabel({
    kind: 'model',
    ...(controller === undefined ? {} : { controller }),
    ...(model === undefined ? {} : { model }),
  });
}
