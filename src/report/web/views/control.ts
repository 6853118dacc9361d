import type { Control } from '../../../core/control.js';
import type { ReportFinding } from '../../../core/report/types.js';
import { targetLabel } from '../../../core/target.js';
import { html, nothing, type Html } from '../../html-template.js';
import { isShort } from '../../html-group.js';
import { columns, live, severityTag, table } from './parts.js';
import type { Sheet, ViewContext } from './view.js';

/** Findings of it that are shown here. */
const most = 20;

/** One control: what it asks, why, how by hand, and where it falls short. */
export function control({ params, entryOf, shown: { index } }: ViewContext): Sheet | undefined {
  const entry = entryOf(params['control'] ?? '');
  if (entry === undefined) return undefined;
  const { control: about, guide } = entry;
  const short = (index.byControl.get(about.id) ?? []).filter(isShort);
  return {
    title: `${about.id}: ${about.title}`,
    trail: [{ to: '/controls', text: 'Controls' }],
    body: html`<p class="facts">
        ${severityTag(about.severity)} ${about.section} ·
        <a href="${guide.url}" rel="noreferrer">${guide.title}</a>
        <span class="soft">${guide.version}</span>
      </p>
      <p class="prose">${about.rationale}</p>
      ${passes(about)} ${live('short', shortSection(about, short))} ${byHand(about)} ${waiving(about)}
      ${reasons(about)} ${readOn(about)}`,
  };
}

function shortSection({ id }: Control, short: readonly ReportFinding[]): Html {
  if (short.length === 0) return nothing;
  const rows = short.slice(0, most).map(
    (finding) =>
      html`<tr role="row">
        <th role="rowheader" scope="row">
          <a href="/findings/${finding.id}">${targetLabel(finding.target)}</a>
        </th>
        <td role="cell">${finding.message}</td>
      </tr>`,
  );
  return html`<h2>Falls short <span class="count">${short.length}</span></h2>
    ${table('Where it falls short', columns(['Where', 'What was seen']), rows)}
    ${short.length > most ? html`<p><a href="/findings?control=${encodeURIComponent(id)}">All of them</a></p>` : nothing}`;
}

const fixes = {
  auto: 'Holdfast can put it right, and disturbs nobody.',
  disruptive: 'Holdfast can put it right; that restarts something or cuts someone off.',
  manual: 'A person has to put it right.',
} as const;

const fixers = {
  operator: undefined,
  charm: 'Only the charm can fix this.',
  cloud: 'Only the cloud can fix this.',
  none: 'Nobody can fix this at present.',
} as const;

function byHand({ manual, hazards, remediation, fixableBy }: Control): Html {
  return html`<h2>By hand</h2>
    <p class="meta">${fixers[fixableBy] ?? fixes[remediation]}</p>
    <p class="steps prose">${manual}</p>
    ${
      hazards.length === 0
        ? nothing
        : html`<h3>Take care</h3>
            <ul class="prose">
              ${hazards.map((hazard) => html`<li>${hazard}</li>`)}
            </ul>`
    }`;
}

function passes({ handbook }: Control): Html {
  if (handbook === undefined) return nothing;
  return html`<h2>Passes when</h2>
    <p class="prose">${handbook.passes}</p>`;
}

function waiving({ id, handbook }: Control): Html {
  if (handbook === undefined) return nothing;
  const { when, instead, atMost } = handbook.waiving;
  return html`<h2>When to waive it</h2>
    <p class="prose">${when}</p>
    <p class="prose">Meanwhile: ${instead}</p>
    <p class="meta">
      Look at it again within ${atMost.replace(/d$/, ' days')}. <code>holdfast explain ${id}</code> has an
      example.
    </p>`;
}

function reasons({ reasons: known }: Control): Html {
  return html`<h2>Reasons</h2>
    <dl class="card">
      ${Object.entries(known).map(
        ([code, text]) =>
          html`<dt><code>${code}</code></dt>
            <dd>${text}</dd>`,
      )}
    </dl>`;
}

function readOn({ references }: Control): Html {
  if (references.length === 0) return nothing;
  return html`<h2>Read on</h2>
    <ul>
      ${references.map((url) => html`<li>${url.startsWith('https:') ? html`<a href="${url}" rel="noreferrer">${url}</a>` : url}</li>`)}
    </ul>`;
}
