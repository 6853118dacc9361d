import { severities, type Severity } from '../core/outcome.js';
import type { ReportFinding } from '../core/report/types.js';
import type { Catalogue } from './exports/catalogue.js';
import { controlDetails } from './html-finding.js';
import { byGuide, groupsBy, isShort, isWaived } from './html-group.js';
import { html, nothing, type Html } from './html-template.js';

/** What counts against the estate: by guide, then by severity, then by control. */
export function violationSection(findings: readonly ReportFinding[], catalogue: Catalogue): Html {
  const violations = findings.filter(isShort);
  return html`<section aria-labelledby="violations">
    <h2 id="violations">Falling short <span class="count">${violations.length}</span></h2>
    ${violations.length === 0 ? html`<p class="card">Nothing falls short.</p>` : byGuide(violations).map((group, index) => guideSection(group, index, catalogue))}
  </section>`;
}

function guideSection(findings: readonly ReportFinding[], index: number, catalogue: Catalogue): Html {
  const id = `guide-${index + 1}`;
  return html`<section aria-labelledby="${id}">
    <h3 id="${id}">${findings[0]?.guide} <span class="count">${findings.length}</span></h3>
    ${severities.map((severity) => severityGroup(severity, findings, catalogue))}
  </section>`;
}

function severityGroup(severity: Severity, findings: readonly ReportFinding[], catalogue: Catalogue): Html {
  const group = findings.filter((finding) => finding.severity === severity);
  if (group.length === 0) return nothing;
  return html`<h4 class="${severity}">${severity} <span class="count">${group.length}</span></h4>
    ${controls(group, catalogue)}`;
}

function controls(findings: readonly ReportFinding[], { entryOf }: Catalogue): readonly Html[] {
  return groupsBy(findings, ({ control }) => control).map((group) =>
    controlDetails(group, entryOf(group[0]?.control ?? '')),
  );
}

/** A part of the page that is folded until somebody asks for it. */
interface Part {
  readonly id: string;
  readonly title: string;
  /** Quiet parts stay folded on paper, too. */
  readonly quiet: boolean;
  readonly holds: (finding: ReportFinding) => boolean;
}

export const parts: readonly Part[] = [
  { id: 'waived', title: 'Waived', quiet: false, holds: isWaived },
  part('unknown', 'Unknown: could not be seen', 'unknown'),
  part('manual', 'To be looked at by a person', 'manual'),
  { ...part('passed', 'Passed', 'pass'), quiet: true },
  { ...part('not-applicable', 'Not applicable', 'not-applicable'), quiet: true },
];

function part(id: string, title: string, outcome: ReportFinding['outcome']): Part {
  return { id, title, quiet: false, holds: (finding) => !isWaived(finding) && finding.outcome === outcome };
}

/** What else was judged: waived, unknown, for a person, passed, not applicable; each folded. */
export function otherSections(findings: readonly ReportFinding[], catalogue: Catalogue): readonly Html[] {
  return parts.map((one) => partSection(one, findings.filter(one.holds), catalogue));
}

function partSection(
  { id, title, quiet }: Part,
  findings: readonly ReportFinding[],
  catalogue: Catalogue,
): Html {
  if (findings.length === 0) return nothing;
  return html`<details class="part${quiet ? ' quiet' : ''}">
    <summary>
      <h2 id="${id}">${title} <span class="count">${findings.length}</span></h2>
    </summary>
    ${byGuide(findings).map((group) => plainGuide(group, catalogue))}
  </details>`;
}

function plainGuide(findings: readonly ReportFinding[], catalogue: Catalogue): Html {
  const worstFirst = severities.flatMap((severity) => findings.filter((one) => one.severity === severity));
  return html`<h3>${findings[0]?.guide} <span class="count">${findings.length}</span></h3>
    ${controls(worstFirst, catalogue)}`;
}
