import { severities } from '../core/outcome.js';
import { diffReports, type ReportDiff } from '../core/report/diff.js';
import type { Report, ReportFinding } from '../core/report/types.js';
import { targetLabel } from '../core/target.js';
import { millis } from '../core/time.js';
import { scoreChart } from './html-chart.js';
import { groupsBy } from './html-group.js';
import { html, nothing, time, type Html } from './html-template.js';

/** How the estate came here, from earlier reports of it: scores, and what came and went since the last one. */
export function historySection(report: Report, earlier: readonly Report[]): Html {
  const last = [...earlier].sort(byTime).at(-1);
  if (last === undefined) return nothing;
  const runs = [...earlier, report].sort(byTime);
  return html`<section aria-labelledby="history">
    <h2 id="history">History <span class="count">${runs.length}</span></h2>
    ${scoreChart(runs.map(({ generatedAt, summary }) => ({ at: generatedAt, score: summary.score })))}
    ${runTable(runs)} ${since(last, diffReports(last, report))}
  </section>`;
}

function byTime(a: Report, b: Report): number {
  return (millis(a.generatedAt) || 0) - (millis(b.generatedAt) || 0);
}

function runTable(runs: readonly Report[]): Html {
  return html`<table class="stack figures" role="table">
    <caption>
      Score and findings of each report, the newest first
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">Report</th>
        ${['Score', ...severities, 'unknown', 'waived'].map(
          (title) => html`<th role="columnheader" scope="col" class="number">${title}</th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${runs.toReversed().map(runRow)}
    </tbody>
  </table>`;
}

function runRow({ generatedAt, policy, summary }: Report): Html {
  const { score, bySeverity, byOutcome, waived } = summary;
  const figures: readonly (readonly [string, number])[] = [
    ...severities.map((severity) => [severity, bySeverity[severity]] as const),
    ['unknown', byOutcome.unknown],
    ['waived', waived],
  ];
  return html`<tr role="row">
    <th role="rowheader" scope="row">
      ${time(generatedAt)}
      <p class="meta">policy <code>${policy.hash.slice(0, 12)}</code></p>
    </th>
    <td role="cell" class="number" data-label="Score">${score === null ? 'none' : score.toFixed(1)}</td>
    ${figures.map(
      ([label, count]) =>
        html`<td role="cell" class="number${count === 0 ? ' zero' : ''}" data-label="${label}">${count}</td>`,
    )}
  </tr>`;
}

function since(last: Report, { appeared, gone, same }: ReportDiff): Html {
  return html`<h3>Since ${time(last.generatedAt)}</h3>
    <p>${appeared.length} new, ${gone.length} gone, ${same} as before.</p>
    ${changes('New', appeared)}
    ${changes(
      'Gone',
      gone.map(({ before }) => before),
    )}`;
}

/** So many targets are named; the findings name the others. */
const most = 20;

function changes(title: string, findings: readonly ReportFinding[]): Html {
  if (findings.length === 0) return nothing;
  const worstFirst = severities.flatMap((severity) => findings.filter((one) => one.severity === severity));
  return html`<details class="plan">
    <summary>${title} <span class="count">${findings.length}</span></summary>
    <div class="inside">
      <ul>
        ${groupsBy(worstFirst, ({ control }) => control).map(changeItem)}
      </ul>
    </div>
  </details>`;
}

function changeItem(findings: readonly ReportFinding[]): Html {
  const [first] = findings;
  if (first === undefined) return nothing;
  const places = findings.slice(0, most).map(({ target }) => targetLabel(target));
  const rest = findings.length - places.length;
  return html`<li>
    <span class="${first.severity}">${first.severity}</span> <b>${first.control}</b> ${first.title}:
    ${places.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}
  </li>`;
}
