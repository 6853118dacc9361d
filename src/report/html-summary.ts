import { severities } from '../core/outcome.js';
import type { Report } from '../core/report/types.js';
import { html, nothing, time, type Html } from './html-template.js';

/** Name, time and origin of the report. */
export function heading({ generatedAt, source, tool, policy }: Report): Html {
  return html`<h1>Hardening report</h1>
    <p class="meta">
      <span>${time(generatedAt)}</span>
      <span>from ${source.name} (${source.road}), read ${time(source.takenAt)}</span>
      <span>${tool.name} ${tool.version}</span>
      <span>policy <code>${policy.hash.slice(0, 12)}</code></span>
    </p>`;
}

/** Scores, what falls short by severity, and what else there is to know; figures lead to what they count. */
export function summary({ summary: { score, scoreOfFixable, bySeverity, byOutcome, waived } }: Report): Html {
  return html`<section aria-label="Summary">
    <div class="tiles">
      <div class="card tile score">
        Score<b>${scoreText(score)}</b>${bar(score)}
        <span class="meta"
          >${scoreText(scoreOfFixable)} without what only the charm, the cloud or nobody can fix</span
        >${bar(scoreOfFixable)}
      </div>
      ${severities.map((severity) => tile(severity, bySeverity[severity], { to: 'violations', colour: severity }))}
      ${tile('unknown', byOutcome.unknown, { to: 'unknown' })}
      ${tile('manual', byOutcome.manual, { to: 'manual' })} ${tile('waived', waived, { to: 'waived' })}
      ${tile('passed', byOutcome.pass, { to: 'passed', colour: 'good' })}
      ${tile('not applicable', byOutcome['not-applicable'], {})}
    </div>
  </section>`;
}

function tile(
  label: string,
  value: number,
  { to, colour = 'plain' }: { to?: string; colour?: string },
): Html {
  const figure = html`<b>${value}</b>${label}`;
  if (value === 0 || to === undefined)
    return html`<div class="card tile ${value === 0 ? 'zero' : colour}">${figure}</div>`;
  return html`<a class="card tile ${colour}" href="#${to}">${figure}</a>`;
}

function bar(score: number | null): Html {
  if (score === null) return nothing;
  return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
    <rect class="all" width="100" height="1" />
    <rect class="part" width="${score}" height="1" />
  </svg>`;
}

/** Scores of the models, the worst first. */
export function modelTable({ summary: { byModel } }: Report): Html {
  const models = Object.entries(byModel).sort(([, a], [, b]) => (a.score ?? 101) - (b.score ?? 101));
  if (models.length === 0) return nothing;
  return html`<section aria-labelledby="models">
    <h2 id="models">Models <span class="count">${models.length}</span></h2>
    <table class="stack figures" role="table">
      <caption>
        Score and findings of each model
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Model</th>
          <th role="columnheader" scope="col" class="number">Score</th>
          <th role="columnheader" scope="col" class="number">Falling short</th>
          <th role="columnheader" scope="col" class="number">Unknown</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${models.map(modelRow)}
      </tbody>
    </table>
  </section>`;
}

function modelRow([name, { score, violations, unknown }]: [
  string,
  Report['summary']['byModel'][string],
]): Html {
  return html`<tr role="row">
    <th role="rowheader" scope="row">${name}</th>
    <td role="cell" class="number" data-label="Score">${scoreText(score)}</td>
    <td role="cell" class="number${violations === 0 ? ' zero' : ''}" data-label="Falling short">
      ${violations}
    </td>
    <td role="cell" class="number${unknown === 0 ? ' zero' : ''}" data-label="Unknown">${unknown}</td>
  </tr>`;
}

function scoreText(score: number | null): string {
  return score === null ? 'none' : score.toFixed(1);
}
