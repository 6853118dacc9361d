import { argvOf } from '../core/action/argv.js';
import type { PlannedAction } from '../core/action/planned.js';
import { recipeText } from '../core/action/recipe.js';
import type { Plan } from '../core/plan.js';
import type { Remediation, RemediationState } from '../core/ports/index.js';
import { targetLabel } from '../core/target.js';
import { html, nothing, shellLine, time, type Html } from './html-template.js';

/** The plans, each an ordered list of its actions. */
export function planSection(plans: readonly Plan[]): Html {
  if (plans.length === 0) return nothing;
  return html`<section aria-labelledby="plans">
    <h2 id="plans">Plans <span class="count">${plans.length}</span></h2>
    ${plans.map(planDetails)}
  </section>`;
}

function planDetails({ hash, target, createdAt, actions }: Plan): Html {
  return html`<details class="plan">
    <summary>
      <span class="id">${targetLabel(target)}</span>${actions.length}
      ${actions.length === 1 ? 'action' : 'actions'}
      <span class="where">plan <code>${hash.slice(0, 12)}</code> of ${time(createdAt)}</span>
    </summary>
    <div class="inside">
      <ol>
        ${actions.map((action) => plannedAction(action))}
      </ol>
      <p class="meta">hash <code>${hash}</code></p>
    </div>
  </details>`;
}

/** One action of a plan: the command, its effect, its risk, and how it is undone. */
export function plannedAction(action: PlannedAction, more: Html = nothing): Html {
  const { argv, effect, risk, disruptive, repeatable, cutsOff, controls, recipe } = action;
  return html`<li>
    <pre>${shellLine(argv)}</pre>
    <p>${effect}</p>
    <p>
      <span class="tag">risk ${risk}</span>
      ${disruptive ? html`<span class="tag high">disruptive</span>` : nothing}
      ${repeatable ? nothing : html`<span class="tag">runs once only</span>`}
      <span class="soft">for ${controls.join(', ')}</span>
    </p>
    ${cutsOff.length === 0 ? nothing : html`<p>Cuts off: ${cutsOff.join(', ')}</p>`} ${undoing(action)}
    ${recipe === undefined ? nothing : html`<p class="soft">Part of ${recipeText(recipe)}</p>`} ${more}
  </li>`;
}

function undoing({ inverse, irreversible }: PlannedAction): Html {
  if (irreversible !== undefined) return html`<p class="high">Cannot be undone: ${irreversible}</p>`;
  if (inverse === undefined) return nothing;
  return html`<p class="soft">Undone by</p>
    ${inverse.map((action) => html`<pre>${shellLine(argvOf(action))}</pre>`)}`;
}

/** Where every remediation stands, the newest first. */
export function remediationSection(remediations: readonly Remediation[]): Html {
  if (remediations.length === 0) return nothing;
  return html`<section aria-labelledby="remediations">
    <h2 id="remediations">Remediations <span class="count">${remediations.length}</span></h2>
    <table class="stack" role="table">
      <caption>
        Where each remediation stands, the newest first
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">State</th>
          <th role="columnheader" scope="col">Action</th>
          <th role="columnheader" scope="col">Why it stands there</th>
          <th role="columnheader" scope="col">Tries</th>
          <th role="columnheader" scope="col">Updated</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${remediations.toReversed().map(remediationRow)}
      </tbody>
    </table>
  </section>`;
}

const colours: Readonly<Partial<Record<RemediationState, string>>> = {
  Succeeded: 'good',
  Failed: 'critical',
  Quarantined: 'critical',
  NeedsReview: 'high',
  RolledBack: 'medium',
};

function remediationRow(remediation: Remediation): Html {
  const { state, target, argv, controls, reason, message, attempts, updatedAt } = remediation;
  return html`<tr role="row">
    <td role="cell"><span class="tag ${colours[state] ?? 'low'}">${state}</span></td>
    <td role="cell">
      <code>${shellLine(argv)}</code>
      <p class="meta">${targetLabel(target)} · ${controls.join(', ')}</p>
    </td>
    <td role="cell" data-label="Why">${reason}: ${message}</td>
    <td role="cell" class="number" data-label="Tries">${attempts}</td>
    <td role="cell" data-label="Updated">${time(updatedAt)}</td>
  </tr>`;
}
