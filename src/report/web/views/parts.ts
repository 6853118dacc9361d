/** Pieces that several views are made of. */
import { isViolation, severities, type Severity } from '../../../core/outcome.js';
import type { ReportFinding } from '../../../core/report/types.js';
import { targetLabel } from '../../../core/target.js';
import { html, nothing, time, type Content, type Html } from '../../html-template.js';
import { isWaived } from '../../html-group.js';
import type { Place, Standing } from '../report-index.js';
import type { Link } from './view.js';

/** A part that the page's script takes anew when there is news. */
export function live(id: string, body: Content): Html {
  return html`<div data-live id="${id}">${body}</div>`;
}

export function placeHref({ controller, model, application }: Place): string {
  const parts = [
    controller ?? '-',
    ...(model === undefined ? [] : [model]),
    ...(application === undefined ? [] : [application]),
  ];
  return `/places/${parts.map(encodeURIComponent).join('/')}`;
}

/** `data`, `data / etcd`; with the controller in front where the model alone would not tell. */
export function placeText({ controller, model, application }: Place): string {
  const parts = [controller, model, application].filter((part) => part !== undefined);
  return parts.length === 0 ? 'the whole estate' : parts.join(' / ');
}

/** The ways to a controller, a model and an application, outermost first. */
export function placeTrail({ controller, model, application }: Place): readonly Link[] {
  const of = controller === undefined ? {} : { controller };
  return [
    ...(controller === undefined ? [] : [{ to: placeHref(of), text: controller }]),
    ...(model === undefined ? [] : [{ to: placeHref({ ...of, model }), text: model }]),
    ...(application === undefined
      ? []
      : [
          {
            to: placeHref({ ...of, ...(model === undefined ? {} : { model }), application }),
            text: application,
          },
        ]),
  ];
}

export function scoreText(score: number | null): string {
  return score === null ? '–' : score.toFixed(1);
}

/** A bar as long as the score; what it says in figures stands beside it. */
export function bar(score: number | null): Html {
  if (score === null) return nothing;
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
    <rect class="all" width="100" height="4" />
    <rect class="part" width="${score}" height="4" />
  </svg>`;
}

export function severityTag(severity: Severity): Html {
  return html`<span class="tag ${severity}">${severity}</span>`;
}

const outcomeColours: Readonly<Record<ReportFinding['outcome'], string>> = {
  pass: 'good',
  fail: 'high',
  inconsistent: 'high',
  manual: 'low',
  unknown: 'soft',
  'not-applicable': 'soft',
};

/** What became of a finding, in one word: a violation shows its severity. */
export function outcomeTag(finding: ReportFinding): Html {
  if (isWaived(finding)) return html`<span class="tag soft">waived</span>`;
  const colour = isViolation(finding.outcome) ? finding.severity : outcomeColours[finding.outcome];
  return html`<span class="tag ${colour}"
    >${isViolation(finding.outcome) ? finding.severity : finding.outcome}</span
  >`;
}

/** A score as a cell of a table. */
export function scoreCell({ score }: Standing): Html {
  return html`<td role="cell" class="number score-cell" data-label="score">
    ${bar(score)} <span>${scoreText(score)}</span>
  </td>`;
}

/** Figures of each severity as cells of a table. */
export function severityCells({ short }: Standing): readonly Html[] {
  return severities.map((severity) => figure(severity, short[severity], severity));
}

export function figure(label: string, count: number, colour = 'plain'): Html {
  return html`<td role="cell" class="number ${count === 0 ? 'zero' : colour}" data-label="${label}">
    ${count}
  </td>`;
}

export interface Column {
  readonly title: string;
  readonly number?: boolean;
}

/** A table that turns into one block a row on narrow screens. */
export function table(caption: string, columns: readonly Column[], rows: readonly Html[], kind = ''): Html {
  return html`<table class="stack ${kind}" role="table">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(
          ({ title, number }) =>
            html`<th role="columnheader" scope="col" class="${number === true ? 'number' : ''}">
              ${title}
            </th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows}
    </tbody>
  </table>`;
}

export function columns(titles: readonly string[], numbers: readonly string[] = []): readonly Column[] {
  return [...titles.map((title) => ({ title })), ...numbers.map((title) => ({ title, number: true }))];
}

export function empty(sentence: string): Html {
  return html`<p class="card empty">${sentence}</p>`;
}

/** Rows of findings, each leading to its own page. */
export function findingRows(findings: readonly ReportFinding[]): readonly Html[] {
  return findings.map(
    (finding) =>
      html`<tr role="row">
        <td role="cell">${outcomeTag(finding)}</td>
        <th role="rowheader" scope="row">
          <a href="/findings/${finding.id}">${finding.control}</a>
          <p class="plain">${finding.title}</p>
        </th>
        <td role="cell" data-label="Where">${targetLabel(finding.target)}</td>
        <td role="cell" data-label="What">
          ${finding.message}
          ${finding.firstSeen === undefined ? nothing : html`<p class="meta">open since ${time(finding.firstSeen)}</p>`}
        </td>
      </tr>`,
  );
}

export function findingTable(caption: string, findings: readonly ReportFinding[]): Html {
  return table(
    caption,
    columns(['Severity', 'Control', 'Where', 'What was seen']),
    findingRows(findings),
    'findings',
  );
}

/** Which of so many things are shown, and the way to the others. */
export function pager(page: number, pages: number, hrefOf: (page: number) => string): Html {
  if (pages <= 1) return nothing;
  return html`<nav class="pager" aria-label="Pages">
    ${page > 1 ? html`<a href="${hrefOf(page - 1)}" rel="prev">Previous</a>` : html`<span class="soft">Previous</span>`}
    <span>Page ${page} of ${pages}</span>
    ${page < pages ? html`<a href="${hrefOf(page + 1)}" rel="next">Next</a>` : html`<span class="soft">Next</span>`}
  </nav>`;
}
