import type { Evidence } from '../core/judgement.js';
import { isViolation } from '../core/outcome.js';
import type { ReportAction, ReportFinding, ReportRemediation, ReportWaiver } from '../core/report/types.js';
import { targetLabel } from '../core/target.js';
import { html, nothing, shellLine, time, type Html } from './html-template.js';

const fixers = {
  operator: undefined,
  charm: 'only the charm can fix this',
  cloud: 'only the cloud can fix this',
  none: 'nobody can fix this at present',
} as const;

/** One finding, folded: control, title and place above; message, evidence and remedy inside. */
export function findingDetails(finding: ReportFinding): Html {
  const { control, title, reason, severity, outcome, target } = finding;
  const colour = isViolation(outcome) ? severity : 'plain';
  return html`<details>
    <summary>
      <span class="id">${control}</span>${title}
      <span class="where"
        >${targetLabel(target)} · <span class="${colour}">${severity}</span> · ${reason}</span
      >
    </summary>
    <div class="inside">
      <p>${finding.message}</p>
      ${waiverNote(finding.waiver)} ${finding.evidence.map(evidenceItem)} ${remedy(finding.remediation)}
      ${closing(finding)}
    </div>
  </details>`;
}

function evidenceItem({ seen, wanted, source, observedAt, unit }: Evidence): Html {
  return html`<dl class="evidence">
    ${unit === undefined ? nothing : pair('Unit', unit)} ${pair('Seen', seen)} ${pair('Wanted', wanted)}
    ${pair('Where', source)} ${pair('When', time(observedAt))}
  </dl>`;
}

function pair(term: string, value: string | Html): Html {
  return html`<dt>${term}</dt>
    <dd>${value}</dd>`;
}

function waiverNote(waiver: ReportWaiver | undefined): Html {
  if (waiver === undefined) return nothing;
  const { id, kind, owner, reason, expiresAt, state } = waiver;
  const until = state === 'expired' ? 'expired' : 'until';
  return html`<p>
    <span class="tag">${state === 'active' ? kind : `waiver ${state}`}</span> ${reason} (${id}, ${owner},
    ${until} ${time(expiresAt)})
  </p>`;
}

function remedy(remediation: ReportRemediation | undefined): Html {
  if (remediation === undefined) return nothing;
  const { kind, actions, procedure } = remediation;
  return html`<p class="soft">Remedy: ${kind}</p>
    ${actions.map(actionItem)} ${procedure === undefined ? nothing : html`<p>${procedure}</p>`}`;
}

function actionItem({ argv, effect, inverse }: ReportAction): Html {
  return html`<pre>${shellLine(argv)}</pre>
    <p>${effect}</p>
    ${
      inverse === undefined
        ? nothing
        : html`<p class="soft">Undone by</p>
            ${commands(inverse)}`
    }`;
}

/** Command lines, one block each. */
function commands(lines: readonly (readonly string[])[]): readonly Html[] {
  return lines.map((argv) => html`<pre>${shellLine(argv)}</pre>`);
}

function closing({ guide, fixableBy, upstream, validUntil }: ReportFinding): Html {
  const fixer = fixers[fixableBy];
  return html`<p class="meta">
    <span>guide ${guide}</span>
    ${fixer === undefined ? nothing : html`<span>${fixer}</span>`}
    ${upstream === undefined ? nothing : html`<span>upstream: ${upstream}</span>`}
    ${validUntil === undefined ? nothing : html`<span>changes with time on ${time(validUntil)}</span>`}
  </p>`;
}
