import { pausedPlace } from '../../../core/orders/pause.js';
import { standingOf, type Standing } from '../../../core/orders/standing.js';
import type { Decision, Pause, Quarantine } from '../../../core/ports/index.js';
import { targetLabel } from '../../../core/target.js';
import { mayDecide } from '../access/principal.js';
import { html, nothing, time, type Html } from '../../html-template.js';
import { decisionForm, hidden, textField } from './forms.js';
import { columns, empty, live, table } from './parts.js';
import type { Sheet, ViewContext } from './view.js';

/** What persons have said and what counts of it: pauses, quarantines, decisions. */
export async function orders(context: ViewContext): Promise<Sheet> {
  const { journal, now } = context;
  if (journal === undefined) return { title: 'Orders', body: empty('No journal is kept here.') };
  const { quarantines, pauses, decisions }: Standing = await standingOf(journal, now);
  return {
    title: 'Orders',
    body: html`<section aria-labelledby="pauses-title">
        <h2 id="pauses-title">Paused <span class="count">${pauses.length}</span></h2>
        ${live('pauses', pauses.length === 0 ? empty('Nothing is paused.') : pauses.map((one) => pauseCard(one, context)))}
        ${pauseForm(context)}
      </section>
      <section aria-labelledby="quarantines-title">
        <h2 id="quarantines-title">In quarantine <span class="count">${quarantines.length}</span></h2>
        ${live('quarantines', quarantines.length === 0 ? empty('Nothing is in quarantine.') : quarantines.map((one) => quarantineCard(one, context)))}
      </section>
      ${live('decisions', decisionTable(decisions))}`,
  };
}

function pauseCard(pause: Pause, context: ViewContext): Html {
  const { id, by, at, until, reason } = pause;
  return html`<div class="card order">
    <p>
      <b>${pausedPlace(pause)}</b> by ${by} since ${time(at)}
      ${until === undefined ? 'until it is lifted' : html`until ${time(until)}`}${reason === undefined ? '' : `: ${reason}`}
    </p>
    ${decisionForm({ action: '/orders/resume', button: 'Lift', fields: html`${hidden('id', id)}${textField('reason', 'Reason', { id: `${id}-reason` })}` }, context)}
  </div>`;
}

function pauseForm(context: ViewContext): Html {
  if (!mayDecide(context.who)) return nothing;
  const fields = html`${textField('reason', 'Reason', { hint: 'for the audit trail', id: 'pause-reason' })}
  ${textField('for', 'For', { hint: 'as in 2h; until it is lifted where empty' })}
  ${textField('controller', 'Controller', { hint: 'all where empty' })}
  ${textField('model', 'Model', { hint: 'all where empty' })}`;
  return html`<details class="control" id="pause-form">
    <summary>Pause changes</summary>
    <div class="inside">
      <p class="soft">
        Nothing is changed while it lasts; looking, judging and telling go on. A step under way is ended and
        verified.
      </p>
      ${decisionForm({ action: '/orders/pause', button: 'Pause', kind: 'no', fields }, context)}
    </div>
  </details>`;
}

function quarantineCard(
  { id, control, target, reason, message, since }: Quarantine,
  context: ViewContext,
): Html {
  return html`<div class="card order">
    <p>
      <a href="/controls/${encodeURIComponent(control)}">${control}</a> <b>${targetLabel(target)}</b> since
      ${time(since)}: ${message} <span class="soft">${reason}</span>
    </p>
    ${decisionForm({ action: '/orders/clear', button: 'Let it try again', fields: html`${hidden('named', id)}${textField('reason', 'Reason', { id: `${id}-reason` })}` }, context)}
  </div>`;
}

function decisionTable(decisions: readonly Decision[]): Html {
  if (decisions.length === 0) return nothing;
  const rows = decisions.map(
    ({ planHash, plan, decision, by, at, expiresAt, reason }) =>
      html`<tr role="row">
        <td role="cell">
          <span class="tag ${decision === 'approve' ? 'good' : 'high'}"
            >${decision === 'approve' ? 'approved' : 'denied'}</span
          >
        </td>
        <th role="rowheader" scope="row">
          <a href="/plans/${planHash}">${targetLabel(plan.target)}</a>
          <p class="meta">plan <code>${plan.id}</code></p>
        </th>
        <td role="cell" data-label="By">
          ${by}${reason === undefined ? nothing : html`<p class="meta">${reason}</p>`}
        </td>
        <td role="cell" data-label="On">${time(at)}</td>
        <td role="cell" data-label="Until">${time(expiresAt)}</td>
      </tr>`,
  );
  return html`<section aria-labelledby="decisions-title">
    <h2 id="decisions-title">Approved and denied <span class="count">${decisions.length}</span></h2>
    ${table('Decisions that count now', columns(['Decision', 'Plan', 'By', 'On', 'Until']), rows)}
  </section>`;
}
