import { severities } from '../../../core/outcome.js';
import type { ReportFinding } from '../../../core/report/types.js';
import { counted } from '../../../core/text.js';
import { byGuide, groupsBy, isShort, isWaived } from '../../html-group.js';
import { controlDetails } from '../../html-finding.js';
import { html, nothing, type Html } from '../../html-template.js';
import { placeKey, standingOf, worstFirst, type Place, type PlaceSheet } from '../report-index.js';
import {
  bar,
  columns,
  figure,
  live,
  pager,
  placeHref,
  placeTrail,
  scoreCell,
  scoreText,
  severityCells,
  table,
} from './parts.js';
import type { Link, Sheet, ViewContext } from './view.js';

const applicationsAtOnce = 100;

/** A controller, a model or an application: its score, what is in it, and its findings by guide and section. */
export function place(context: ViewContext): Sheet | undefined {
  const { shown, params } = context;
  const here = placeFrom(params);
  const sheet = shown.index.places.get(placeKey(here));
  const applications = here.application === undefined ? applicationsOf(context, here) : [];
  if (sheet === undefined && applications.length === 0) return undefined;
  const findings = sheet?.findings ?? [];
  return {
    title: here.application ?? here.model ?? here.controller ?? 'The estate',
    trail: trailOf(here),
    body: html`${live('figures', figures([...findings, ...applications.flatMap((one) => one.findings)]))}
    ${live('applications', applicationTable(context, here, applications))}
    ${live('findings', findings.length === 0 ? nothing : byGuides(findings, context))}`,
  };
}

function placeFrom({ controller, model, application }: ViewContext['params']): Place {
  return {
    ...(controller === undefined || controller === '-' ? {} : { controller }),
    ...(model === undefined ? {} : { model }),
    ...(application === undefined ? {} : { application }),
  };
}

/** The ways to what is around a place. */
function trailOf(here: Place): readonly Link[] {
  return [{ to: '/models', text: 'Models' }, ...placeTrail(here).slice(0, -1)];
}

function applicationsOf({ shown }: ViewContext, { controller, model }: Place): readonly PlaceSheet[] {
  if (model === undefined) return [];
  return [...shown.index.places.values()].filter(
    ({ place: other }) =>
      other.application !== undefined && other.model === model && other.controller === controller,
  );
}

function figures(findings: readonly ReportFinding[]): Html {
  const { score, short, unknown, waived, passed } = standingOf(findings);
  return html`<p class="figures-line">
    <span class="big">${scoreText(score)}</span> ${bar(score)}
    ${severities.map((severity) => (short[severity] === 0 ? nothing : html`<span class="tag ${severity}">${short[severity]} ${severity}</span> `))}
    <span class="soft">${unknown} unknown · ${waived} waived · ${passed} passed</span>
  </p>`;
}

function applicationTable({ query }: ViewContext, here: Place, sheets: readonly PlaceSheet[]): Html {
  if (sheets.length === 0) return nothing;
  const pages = Math.ceil(sheets.length / applicationsAtOnce);
  const page = Math.min(pages, Math.max(1, Number(query['page'] ?? 1) || 1));
  const ranked = sheets
    .map((sheet) => ({ ...sheet, standing: standingOf(sheet.findings) }))
    .sort((a, b) => (a.standing.score ?? 101) - (b.standing.score ?? 101));
  const rows = ranked.slice((page - 1) * applicationsAtOnce, page * applicationsAtOnce).map(
    ({ place: at, standing }) =>
      html`<tr role="row">
        <th role="rowheader" scope="row"><a href="${placeHref(at)}">${at.application}</a></th>
        ${scoreCell(standing)} ${severityCells(standing)} ${figure('unknown', standing.unknown)}
        ${figure('waived', standing.waived)}
      </tr>`,
  );
  const titles = columns(['Application'], ['score', ...severities, 'unknown', 'waived']);
  return html`<section aria-labelledby="applications-title">
    <h2 id="applications-title">Applications <span class="count">${sheets.length}</span></h2>
    ${table('Score and findings of each application, the worst first', titles, rows, 'figures')}
    ${pager(page, pages, (to) => `${placeHref(here)}?page=${to}`)}
  </section>`;
}

/** The findings by the guide that asks, the heaviest guide first, in the order of its sections. */
function byGuides(findings: readonly ReportFinding[], context: ViewContext): Html {
  return html`${byGuide(findings).map((group) => guideSection(group, context))}`;
}

function guideSection(findings: readonly ReportFinding[], context: ViewContext): Html {
  const id = findings[0]?.guide ?? '';
  const guide = context.guides.find((one) => one.id === id);
  const sections = groupsBy(findings, ({ control }) => context.entryOf(control)?.control.section ?? 'Others');
  const short = findings.filter(isShort).length;
  return html`<section aria-label="${guide?.title ?? id}">
    <h2>
      ${guide?.title ?? id} <span class="count">${counted(short, 'finding')} of ${findings.length}</span>
    </h2>
    ${sections.map((section) => sectionBlock(section, context))}
  </section>`;
}

function sectionBlock(findings: readonly ReportFinding[], { entryOf }: ViewContext): Html {
  const short = worstFirst(findings.filter(isShort));
  const details = groupsBy(short, ({ control }) => control).map((group) => {
    const control = group[0]?.control ?? '';
    return controlDetails(group, entryOf(control), { id: `control-${control}`, line: lineOf(group) });
  });
  return html`<div class="guide-part">
    <h3>${entryOf(findings[0]?.control ?? '')?.control.section ?? 'Others'}</h3>
    <div>${details} ${quietParts.map((part) => quietFold(part, findings.filter(part.holds)))}</div>
  </div>`;
}

/** What was seen; where it is goes without saying here. */
function lineOf([first, ...more]: readonly ReportFinding[]): string {
  return `${first?.message ?? ''}${more.length === 0 ? '' : ` (and ${more.length} more)`}`;
}

/** What does not count against the estate needs no room: one line a kind, folded. */
interface QuietPart {
  readonly title: string;
  readonly colour: string;
  readonly holds: (finding: ReportFinding) => boolean;
}

const quietParts: readonly QuietPart[] = [
  { title: 'waived', colour: 'soft', holds: isWaived },
  quiet('not seen', 'soft', 'unknown'),
  quiet('for a person', 'low', 'manual'),
  quiet('passed', 'good', 'pass'),
];

function quiet(title: string, colour: string, outcome: ReportFinding['outcome']): QuietPart {
  return { title, colour, holds: (finding) => !isWaived(finding) && finding.outcome === outcome };
}

function quietFold({ title, colour }: QuietPart, findings: readonly ReportFinding[]): Html {
  const controls = groupsBy(findings, ({ control }) => control);
  const [first] = findings;
  if (first === undefined) return nothing;
  return html`<details class="quiet-part" id="${title.replaceAll(' ', '-')}-${first.id.slice(0, 12)}">
    <summary>
      <span class="${colour}">${title}</span> ${controls.map((group) => group[0]?.control).join(', ')}
    </summary>
    <ul class="card plain-list">
      ${controls.map(quietItem)}
    </ul>
  </details>`;
}

function quietItem(findings: readonly ReportFinding[]): Html {
  const [first] = findings;
  if (first === undefined) return nothing;
  return html`<li>
    <a href="/findings/${first.id}">${first.control}</a> ${first.title}
    <p class="meta">${lineOf(findings)}</p>
  </li>`;
}
