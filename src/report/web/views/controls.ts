import type { Guide } from '../../../core/control.js';
import { html, type Html } from '../../html-template.js';
import { isShort } from '../../html-group.js';
import type { ReportIndex } from '../report-index.js';
import { columns, live, severityTag, table } from './parts.js';
import type { Sheet, ViewContext } from './view.js';

/** The catalogue: every control of every guide, and how often it falls short. */
export function controls({ guides, shown }: ViewContext): Sheet {
  return {
    title: 'Controls',
    body: html`<ul class="jump">
        ${guides.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
      </ul>
      ${live(
        'catalogue',
        shown.once('catalogue', () => guides.map((guide) => guideSection(guide, shown.index))),
      )}`,
  };
}

const titles = columns(['Severity', 'Control', 'Section', 'Fix', 'Falls short']);

function guideSection({ id, title, version, url, controls: all }: Guide, index: ReportIndex): Html {
  const rows = all.map(
    (control) =>
      html`<tr role="row">
        <td role="cell">${severityTag(control.severity)}</td>
        <th role="rowheader" scope="row">
          <a href="/controls/${encodeURIComponent(control.id)}">${control.id}</a>
          <p class="plain">${control.title}</p>
        </th>
        <td role="cell" data-label="Section">${control.section}</td>
        <td role="cell" class="word" data-label="Fix">${control.remediation}</td>
        <td role="cell" class="word" data-label="Stands">${stands(control.id, index)}</td>
      </tr>`,
  );
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title} <span class="count">${all.length}</span></h2>
    <p class="meta"><a href="${url}" rel="noreferrer">published</a>, ${version}</p>
    ${table(`Controls of ${title}`, titles, rows)}
  </section>`;
}

function stands(control: string, { byControl }: ReportIndex): Html {
  const findings = byControl.get(control) ?? [];
  const short = findings.filter(isShort).length;
  if (findings.length === 0) return html`<span class="soft">not judged</span>`;
  if (short === 0) return html`<span class="soft">${findings.length} judged</span>`;
  return html`<a href="/findings?control=${encodeURIComponent(control)}">${short} of ${findings.length}</a>`;
}
