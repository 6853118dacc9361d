import { standingOf, type Standing } from '../../../core/orders/standing.js';
import type { Plan } from '../../../core/plan.js';
import type { DaemonView, HeldStep, Remediation } from '../../../core/ports/index.js';
import { targetLabel } from '../../../core/target.js';
import { counted, second } from '../../../core/text.js';
import { groupsBy } from '../../html-group.js';
import { remediationSection } from '../../html-plans.js';
import { html, nothing, time, type Html } from '../../html-template.js';
import { columns, empty, live, table } from './parts.js';
import type { Sheet, ViewContext } from './view.js';

/** Remediations shown below the plans, the newest. */
const shownMost = 50;

/** What would be done, what of it waits for a person, and what is under way. */
export async function plans({ shown: { daemon }, journal, now }: ViewContext): Promise<Sheet> {
  const orders = journal === undefined ? undefined : await standingOf(journal, now);
  const waiting = orders?.waiting ?? [];
  const others = daemon.plans().filter(({ hash }) => waiting.every(({ plan }) => plan.hash !== hash));
  return {
    title: 'Plans',
    body: html`${live('waiting', waitingSection(waiting))}
    ${live('others', otherSection(others, { daemon, orders }))}
    ${live('work', remediationSection(begun(daemon)))}`,
  };
}

/** What is only proposed stands with its plan already. */
function begun(daemon: DaemonView): readonly Remediation[] {
  return daemon
    .remediations()
    .filter(({ state }) => state !== 'Proposed')
    .slice(-shownMost);
}

function waitingSection(waiting: Standing['waiting']): Html {
  if (waiting.length === 0) return nothing;
  return html`<section aria-labelledby="waiting-title">
    <h2 id="waiting-title">Waiting for an approval <span class="count">${waiting.length}</span></h2>
    <ul class="cards">
      ${waiting.map(
        ({ plan, message, since }) =>
          html`<li class="card ask">
            <a class="lead" href="/plans/${plan.hash}">${planTitle(plan)}</a>
            <p>${message}</p>
            <p class="meta">plan <code>${plan.id}</code>, since ${time(second(since))}</p>
          </li>`,
      )}
    </ul>
  </section>`;
}

export function planTitle({ target, actions, partOf }: Plan): string {
  const part = partOf === undefined ? '' : `, part ${partOf.n} of ${partOf.of}`;
  return `${targetLabel(target)}: ${counted(actions.length, 'step')}${part}`;
}

function holdLine([first]: readonly HeldStep[]): Html {
  return html`<p><span class="tag low">${first?.state}</span> <span class="soft">${first?.reason}</span></p>`;
}

function otherSection(
  others: readonly Plan[],
  { daemon, orders }: { readonly daemon: DaemonView; readonly orders: Standing | undefined },
): Html {
  if (others.length === 0) return empty('Nothing else is planned.');
  const held = daemon.held();
  const rows = others.map((plan) => {
    const holds = held.filter(({ planHash, first }) => first && planHash === plan.hash);
    const decision = orders?.decisions.find(({ planHash }) => planHash === plan.hash);
    return html`<tr role="row">
      <th role="rowheader" scope="row">
        <a href="/plans/${plan.hash}">${planTitle(plan)}</a>
        <p class="meta">plan <code>${plan.id}</code> of ${time(plan.createdAt)}</p>
      </th>
      <td role="cell" data-label="Stands">
        ${holds.length === 0 ? html`<span class="tag good">ready</span>` : groupsBy(holds, ({ state, reason }) => `${state} ${reason}`).map(holdLine)}
      </td>
      <td role="cell" data-label="Decided">
        ${decision === undefined ? nothing : `${decision.decision === 'approve' ? 'approved' : 'denied'} by ${decision.by}`}
      </td>
    </tr>`;
  });
  return html`<section aria-labelledby="others-title">
    <h2 id="others-title">Planned <span class="count">${others.length}</span></h2>
    ${table('Plans with what holds them', columns(['Plan', 'Stands', 'Decided']), rows)}
  </section>`;
}
