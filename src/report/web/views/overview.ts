import { severities, type Severity } from '../../../core/outcome.js';
import { standingOf as ordersOf, type Standing as Orders } from '../../../core/orders/standing.js';
import type { ReportFinding } from '../../../core/report/types.js';
import { targetLabel } from '../../../core/target.js';
import { counted } from '../../../core/text.js';
import { html, nothing, time, type Html } from '../../html-template.js';
import type { Shown } from '../shown.js';
import type { TrendPoint } from '../trend.js';
import {
  bar,
  columns,
  figure,
  live,
  placeHref,
  placeText,
  scoreCell,
  scoreText,
  severityCells,
  severityTag,
  table,
} from './parts.js';
import { modelSheets, standingOf, type ModelSheet } from '../report-index.js';
import { trendChart, trendWord } from './trend-chart.js';
import type { Sheet, ViewContext } from './view.js';

/** Controls that fall short, and drifts: so many are named here. */
const named = 8;

export async function overview(context: ViewContext): Promise<Sheet> {
  const { shown, journal, now, trend } = context;
  const orders = journal === undefined ? undefined : await ordersOf(journal, now);
  const points = [...trend, nowPoint(shown)];
  return {
    title: 'Overview',
    body: html`${live('health', troubles(shown))} ${live('todo', todo(orders))}
      <div class="hero">${live('score', score(shown, points))} ${live('trend', trendChart(points))}</div>
      ${live('figures', figures(shown))}
      <div class="two">
        ${live(
          'worst',
          shown.once('worst', () => worst(shown)),
        )}
        <div>
          ${live(
            'drift',
            shown.once('drifts', () => drifts(shown)),
          )}
          ${live(
            'models',
            shown.once('worst-models', () => models(shown)),
          )}
        </div>
      </div>
      ${live(
        'guides',
        shown.once('guides', () => guides(context)),
      )}`,
  };
}

function troubles({ daemon }: Shown): Html {
  const { reasons } = daemon.readiness();
  if (reasons.length === 0) return nothing;
  return html`<div class="notice bad">
    <p><b>Not all is seen.</b></p>
    <ul>
      ${reasons.map((reason) => html`<li>${reason}</li>`)}
    </ul>
  </div>`;
}

/** How it stands now belongs to how it went. */
function nowPoint({ report: { generatedAt, summary } }: Shown): TrendPoint {
  const short = Object.values(summary.bySeverity).reduce((sum, count) => sum + count, 0);
  return { at: generatedAt, score: summary.score, short };
}

/** What waits for a person, first of all. */
function todo(orders: Orders | undefined): Html {
  if (orders === undefined) return nothing;
  const { waiting, quarantines, pauses } = orders;
  const items = [
    item(waiting.length, '/plans', `${counted(waiting.length, 'plan')} waiting for an approval`),
    item(
      quarantines.length,
      '/orders#quarantines',
      `${counted(quarantines.length, 'control')} in quarantine`,
    ),
    item(pauses.length, '/orders#pauses', `${counted(pauses.length, 'pause')} in force`),
  ];
  if (items.every((one) => one === nothing)) return nothing;
  return html`<section class="todo" aria-label="For you to see to">${items}</section>`;
}

function item(count: number, to: string, text: string): Html {
  return count === 0 ? nothing : html`<a class="card" href="${to}">${text}</a>`;
}

function score({ report: { summary } }: Shown, trend: readonly TrendPoint[]): Html {
  const { score: value, scoreOfFixable } = summary;
  return html`<section class="card score" aria-labelledby="score-title">
    <h2 id="score-title">Score</h2>
    <p><b class="huge">${scoreText(value)}</b> <span class="soft">of 100</span></p>
    ${bar(value)}
    <p>${trendWord(trend)}</p>
    <p class="meta">${scoreText(scoreOfFixable)} without what only the charm, the cloud or nobody can fix</p>
  </section>`;
}

/** What falls short by severity, large; all else in a line below. */
function figures({ report: { summary } }: Shown): Html {
  const { bySeverity, byOutcome, waived } = summary;
  const others = [
    other(byOutcome.unknown, 'unknown', 'unknown'),
    other(byOutcome.manual, 'for a person', 'manual'),
    other(waived, 'waived', 'waived'),
    other(byOutcome.pass, 'passed', 'pass'),
    html`<li>${byOutcome['not-applicable']} not applicable</li>`,
  ];
  return html`<section aria-label="Findings" class="card figures-card">
    <ul class="strip">
      ${severities.map((severity) => tile(severity, bySeverity[severity]))}
    </ul>
    <ul class="others soft">
      ${others}
    </ul>
  </section>`;
}

function tile(severity: Severity, count: number): Html {
  return html`<li class="${count === 0 ? 'zero' : severity}">
    <a href="/findings?severity=${severity}"><b>${count}</b> ${severity}</a>
  </li>`;
}

function other(count: number, label: string, outcome: string): Html {
  return html`<li><a href="/findings?outcome=${outcome}">${count} ${label}</a></li>`;
}

/** Controls by how bad and how often they fall short. */
function worst({ index }: Shown): Html {
  const groups = [...Map.groupBy(index.short, ({ control }) => control).values()];
  if (groups.length === 0)
    return html`<section aria-labelledby="worst-title">
      <h2 id="worst-title">Falling short</h2>
      <p class="card empty">Nothing falls short.</p>
    </section>`;
  return html`<section aria-labelledby="worst-title">
    <h2 id="worst-title">Falling short</h2>
    <ul class="card rows">
      ${groups.slice(0, named).map(worstItem)}
    </ul>
    <p class="meta"><a href="/findings">All ${counted(index.short.length, 'finding')}</a></p>
  </section>`;
}

function worstItem(findings: readonly ReportFinding[]): Html {
  const [first] = findings;
  if (first === undefined) return nothing;
  const to =
    findings.length === 1
      ? `/findings/${first.id}`
      : `/findings?control=${encodeURIComponent(first.control)}`;
  const where = findings.length === 1 ? targetLabel(first.target) : counted(findings.length, 'place');
  return html`<li>
    ${severityTag(first.severity)}
    <p><a class="lead" href="${to}">${first.control}</a> ${first.title} <span class="meta">${where}</span></p>
  </li>`;
}

/** What was as required before, the newest first, and who changed it. */
function drifts({ index }: Shown): Html {
  const drifted = index.short.filter(({ drift }) => drift !== undefined);
  const newest = drifted.toSorted((a, b) => (b.drift?.firstBad ?? '').localeCompare(a.drift?.firstBad ?? ''));
  return html`<section aria-labelledby="drift-title">
    <h2 id="drift-title">Changed for the worse</h2>
    ${
      newest.length === 0
        ? html`<p class="card empty">Nothing that was as required has changed.</p>`
        : html`<ul class="card rows">
            ${newest.slice(0, named).map(driftItem)}
          </ul>`
    }
  </section>`;
}

function driftItem({ id, control, severity, target, drift }: ReportFinding): Html {
  return html`<li>
    ${severityTag(severity)}
    <p>
      <a class="lead" href="/findings/${id}">${control}</a> ${targetLabel(target)}
      <span class="meta">${drift === undefined ? nothing : html`${time(drift.firstBad)}: ${drift.who}`}</span>
    </p>
  </li>`;
}

/** The models that stand worst. */
function models({ index }: Shown): Html {
  const sheets = modelSheets(index).filter(({ place: { model } }) => model !== undefined);
  if (sheets.length === 0) return nothing;
  const ranked = sheets.toSorted((a, b) => (a.standing.score ?? 101) - (b.standing.score ?? 101));
  return html`<section aria-labelledby="models-title">
    <h2 id="models-title">Models</h2>
    <ul class="card rows">
      ${ranked.slice(0, named).map(modelItem)}
    </ul>
    ${ranked.length > named ? html`<p class="meta"><a href="/models">All ${counted(ranked.length, 'model')}</a></p>` : nothing}
  </section>`;
}

function modelItem({ place, standing: { score, violations } }: ModelSheet): Html {
  return html`<li>
    <b class="number">${scoreText(score)}</b>
    <p>
      <a class="lead" href="${placeHref(place)}">${placeText(place)}</a>
      <span class="meta">${counted(violations, 'finding')}</span>
    </p>
    ${bar(score)}
  </li>`;
}

function guides({ shown: { report }, guides: known }: ViewContext): Html {
  const groups = [...Map.groupBy(report.findings, ({ guide }) => guide)];
  if (groups.length === 0) return nothing;
  const byBurden = groups
    .map(([id, findings]) => ({ id, standing: standingOf(findings) }))
    .sort((a, b) => b.standing.violations - a.standing.violations);
  const rows = byBurden.map(({ id, standing }) => {
    const guide = known.find((one) => one.id === id);
    return html`<tr role="row">
      <th role="rowheader" scope="row">
        <a href="/findings?guide=${encodeURIComponent(id)}&amp;outcome=all">${guide?.title ?? id}</a>
        ${guide === undefined ? nothing : html`<p class="meta">${guide.version}</p>`}
      </th>
      ${scoreCell(standing)} ${severityCells(standing)} ${figure('unknown', standing.unknown)}
      ${figure('waived', standing.waived)} ${figure('passed', standing.passed, 'good')}
    </tr>`;
  });
  const titles = columns(['Guide'], ['score', ...severities, 'unknown', 'waived', 'passed']);
  return html`<section aria-labelledby="guides-title">
    <h2 id="guides-title">Guides</h2>
    ${table('Findings of each guide, the heaviest first', titles, rows, 'figures')}
  </section>`;
}
