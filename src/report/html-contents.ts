import type { Report } from '../core/report/types.js';
import { parts } from './html-findings.js';
import { byGuide, isShort } from './html-group.js';
import { html, nothing, type Html } from './html-template.js';

/** What of the page depends on more than the report. */
interface Extent {
  readonly plans: readonly unknown[];
  readonly remediations: readonly unknown[];
  readonly earlier: readonly unknown[];
}

/** The page's contents: every part that it has, and under what falls short the guides. */
export function contents(report: Report, { plans, remediations, earlier }: Extent): Html {
  const { findings, waivers = [], summary } = report;
  const models = Object.keys(summary.byModel).length;
  return html`<nav aria-label="Contents" class="contents">
    <ol>
      ${entry('history', 'History', earlier.length)} ${entry('guides', 'Guides', findings.length)}
      ${entry('models', 'Models', models)} ${entry('remediations', 'Remediations', remediations.length)}
      ${entry('plans', 'Plans', plans.length)}
      <li><a href="#violations">Falling short</a>${guidesOf(report)}</li>
      ${entry('waivers', 'Ledger of waivers', waivers.length)}
      ${parts.map(({ id, title, holds }) => entry(id, title, findings.filter(holds).length))}
      ${entry('legend', 'How to read this', 1)}
    </ol>
  </nav>`;
}

function entry(id: string, title: string, size: number): Html {
  return size === 0 ? nothing : html`<li><a href="#${id}">${title}</a></li>`;
}

function guidesOf({ findings }: Report): Html {
  const groups = byGuide(findings.filter(isShort));
  if (groups.length === 0) return nothing;
  const links = groups.map(
    (group, index) =>
      html`<li>
        <a href="#guide-${index + 1}">${group[0]?.guide}</a> <span class="count">${group.length}</span>
      </li>`,
  );
  return html`<ol>
    ${links}
  </ol>`;
}
