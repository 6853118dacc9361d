import type { ReportFinding } from '../../../core/report/types.js';
import { targetLabel } from '../../../core/target.js';
import type { Entry } from '../../exports/catalogue.js';
import { casesOf } from '../../html-finding.js';
import { isShort } from '../../html-group.js';
import { html, nothing, type Html } from '../../html-template.js';
import { remediationSection } from '../../html-plans.js';
import { live, outcomeTag, placeTrail } from './parts.js';
import type { Sheet, ViewContext } from './view.js';

/** One finding with all that is known of it. */
export function finding({ shown, params, entryOf }: ViewContext): Sheet | undefined {
  const found = shown.index.byId.get(params['id'] ?? '');
  if (found === undefined) return undefined;
  const { daemon } = shown;
  const plans = daemon.plans().filter(({ findings }) => findings.includes(found.id));
  const remediations = daemon.remediations().filter((one) => concerns(one, found));
  const entry = entryOf(found.control);
  return {
    title: `${found.control}: ${found.title}`,
    trail: [{ to: '/findings', text: 'Findings' }, ...placeTrail(found.target)],
    body: html`${live(
      'finding',
      html`<p class="facts">
          ${outcomeTag(found)}
          <span class="soft">${found.outcome} · ${found.reason}</span>
        </p>
        <div class="card ${edgeOf(found)}">${casesOf([found])}</div>
        ${planLinks(plans)} ${remediationSection(remediations)}`,
    )}
    ${entry === undefined ? nothing : aboutControl(entry, found)}`,
  };
}

function edgeOf(found: ReportFinding): string {
  return isShort(found) ? `${found.severity}-edge` : 'plain-edge';
}

function concerns(
  {
    findings,
  }: { readonly findings: readonly { readonly control: string; readonly target: ReportFinding['target'] }[] },
  { control, target }: ReportFinding,
): boolean {
  const label = targetLabel(target);
  return findings.some((one) => one.control === control && targetLabel(one.target) === label);
}

function planLinks(plans: readonly { readonly hash: string; readonly id: string }[]): Html {
  if (plans.length === 0) return nothing;
  return html`<p class="notice">
    Would be put right by
    ${plans.map(({ hash, id }) => html`<a href="/plans/${hash}">plan <code>${id}</code></a> `)}
  </p>`;
}

/** Why the guide asks for it, the steps for a person unless the finding has them already, and what can go wrong. */
function aboutControl({ control, guide }: Entry, { remediation }: ReportFinding): Html {
  const { id, rationale, section, manual, hazards } = control;
  const isTold = remediation?.procedure === manual;
  return html`<section aria-labelledby="why-title">
    <h2 id="why-title">Why</h2>
    <p class="prose">${rationale} <span class="soft">${guide.title}, ${section}.</span></p>
    ${
      isTold
        ? nothing
        : html`<h3>By hand</h3>
            <p class="steps prose">${manual}</p>`
    }
    ${
      hazards.length === 0
        ? nothing
        : html`<h3>Take care</h3>
            <ul class="prose">
              ${hazards.map((hazard) => html`<li>${hazard}</li>`)}
            </ul>`
    }
    <p><a href="/controls/${encodeURIComponent(id)}">All of ${id}</a></p>
  </section>`;
}
