import type { Guide } from '../core/control.js';
import { severities } from '../core/outcome.js';
import type { ReportFinding } from '../core/report/types.js';
import type { Catalogue } from './exports/catalogue.js';
import { byGuide, isShort, isWaived, severityCounts } from './html-group.js';
import { html, nothing, type Html } from './html-template.js';

/** What each guide found, the worst first; a guide that falls short leads to its findings. */
export function guideTable(findings: readonly ReportFinding[], catalogue: Catalogue): Html {
  const guides = byGuide(findings);
  if (guides.length === 0) return nothing;
  return html`<section aria-labelledby="guides">
    <h2 id="guides">Guides <span class="count">${guides.length}</span></h2>
    <table class="stack figures" role="table">
      <caption>
        Findings of each guide
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Guide</th>
          ${[...severities, 'unknown', 'manual', 'waived', 'passed'].map(columnHeader)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${guides.map((group, index) => guideRow(group, index, catalogue))}
      </tbody>
    </table>
  </section>`;
}

function columnHeader(title: string): Html {
  return html`<th role="columnheader" scope="col" class="number">${title}</th>`;
}

function guideRow(findings: readonly ReportFinding[], index: number, { guideOf }: Catalogue): Html {
  const name = findings[0]?.guide ?? '';
  const short = severityCounts(findings.filter(isShort));
  const open = findings.filter((finding) => !isWaived(finding));
  const of = (outcome: string): number => open.filter((finding) => finding.outcome === outcome).length;
  return html`<tr role="row">
    <th role="rowheader" scope="row">
      ${findings.some(isShort) ? html`<a href="#guide-${index + 1}">${name}</a>` : name}
      ${published(guideOf(name))}
    </th>
    ${severities.map((severity) => figure(severity, short[severity], severity))}
    ${figure('unknown', of('unknown'))} ${figure('manual', of('manual'))}
    ${figure('waived', findings.length - open.length)} ${figure('passed', of('pass'))}
  </tr>`;
}

/** Which edition of the guide was held up, and where it is published. */
function published(guide: Guide | undefined): Html {
  if (guide === undefined) return nothing;
  return html`<p class="meta">
    <a href="${guide.url}" rel="noreferrer">${guide.title}</a>, ${guide.version}
  </p>`;
}

function figure(label: string, count: number, colour = 'plain'): Html {
  return html`<td role="cell" class="number ${count === 0 ? 'zero' : colour}" data-label="${label}">
    ${count}
  </td>`;
}
