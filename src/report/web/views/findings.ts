import { severities } from '../../../core/outcome.js';
import { counted } from '../../../core/text.js';
import { html, nothing, type Html } from '../../html-template.js';
import { chosen, filterFrom, outcomeChoices, type FindingFilter } from '../finding-filter.js';
import { empty, findingTable, live, pager } from './parts.js';
import type { Sheet, ViewContext } from './view.js';

const atOnce = 50;

/** All findings, narrowed down by what the address says, page by page. */
export function findings(context: ViewContext): Sheet {
  const { shown, query, guides } = context;
  const filter = filterFrom(query);
  const found = chosen(shown, filter);
  const pages = Math.max(1, Math.ceil(found.length / atOnce));
  const page = Math.min(pages, Math.max(1, Number(query['page'] ?? 1) || 1));
  const rows = found.slice((page - 1) * atOnce, page * atOnce);
  const list =
    rows.length === 0 ? empty('Nothing fits.') : findingTable(`Findings, ${atOnce} at a time`, rows);
  return {
    title: 'Findings',
    body: html`${filterForm(
      filter,
      guides.map(({ id, title }) => ({ value: id, text: title })),
    )}
    ${live(
      'list',
      html`<p class="meta">${counted(found.length, 'finding')}</p>
        ${list}${pager(page, pages, (to) => hrefOf(filter, to))}`,
    )}`,
  };
}

function hrefOf(filter: FindingFilter, page: number): string {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/findings?${new URLSearchParams([...given, ['page', String(page)]]).toString()}`;
}

interface Choice {
  readonly value: string;
  readonly text: string;
}

function filterForm(filter: FindingFilter, guides: readonly Choice[]): Html {
  return html`<form method="get" action="/findings" class="filter" role="search" aria-label="Findings">
    ${select('outcome', 'Outcome', outcomeChoices, filter.outcome)}
    ${select('severity', 'Severity', [any, ...severities.map((one) => ({ value: one, text: one }))], filter.severity)}
    ${select('guide', 'Guide', [any, ...guides], filter.guide)} ${input('control', 'Control', filter.control)}
    ${input('model', 'Model', filter.model)} ${input('application', 'Application', filter.application)}
    ${input('q', 'Words', filter.q)}
    <button>Show</button>
  </form>`;
}

const any: Choice = { value: '', text: 'any' };

function select(name: string, label: string, choices: readonly Choice[], value = ''): Html {
  return html`<label
    >${label}
    <select name="${name}">
      ${choices.map((one) => html`<option value="${one.value}" ${one.value === value ? html`selected` : nothing}>${one.text}</option>`)}
    </select>
  </label>`;
}

function input(name: string, label: string, value = ''): Html {
  return html`<label>${label} <input name="${name}" value="${value}" autocomplete="off" /></label>`;
}
