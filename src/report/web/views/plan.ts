import { durationText } from '../../../core/duration.js';
import { standingOf } from '../../../core/orders/standing.js';
import type { Plan } from '../../../core/plan.js';
import type { Decision, Journal, StepRails } from '../../../core/ports/index.js';
import type { RailVerdict } from '../../../core/rails/rail.js';
import { counted } from '../../../core/text.js';
import { plannedAction, remediationSection } from '../../html-plans.js';
import { html, nothing, time, type Html } from '../../html-template.js';
import { decideForms } from './forms.js';
import { live } from './parts.js';
import { planTitle } from './plans.js';
import type { Sheet, ViewContext } from './view.js';

/** One plan: what it would do, what each rail says, and the forms of whoever may decide. */
export async function plan(context: ViewContext): Promise<Sheet | undefined> {
  const about = await aboutPlan(context);
  if (about === undefined) return undefined;
  const { found, isKept } = about;
  const { daemon } = context.shown;
  const work = daemon.remediations().filter(({ planHash }) => planHash === found.hash);
  return {
    title: planTitle(found),
    trail: [{ to: '/plans', text: 'Plans' }],
    body: html`${live('stands', standing(about))}
    ${isKept ? decideForms(found, { ...context, waits: about.waitsFor !== undefined }) : nothingToDecide}
    ${live('steps', steps(found, daemon.rails(found.hash)))} ${live('limits', limits(found))}
    ${live('work', remediationSection(work))}`,
  };
}

const nothingToDecide = html`<p class="soft">
  There is nothing to decide on: the policy lets nothing of it be carried out.
</p>`;

interface AboutPlan {
  readonly found: Plan;
  /** Why it cannot go on without a person; absent where it can. */
  readonly waitsFor: string | undefined;
  readonly decision: Decision | undefined;
  /** It is what would be done now. */
  readonly isCurrent: boolean;
  /** It is in the journal: only then can somebody decide on it. */
  readonly isKept: boolean;
}

async function aboutPlan({ shown, params, journal, now }: ViewContext): Promise<AboutPlan | undefined> {
  const named = params['plan'] ?? '';
  const current = shown.daemon.plans().find(({ hash, id }) => hash === named || id === named);
  const kept = await journal?.plan(current?.hash ?? named);
  const found = current ?? kept;
  if (found === undefined) return undefined;
  const said = journal === undefined ? unsaid : await saidOf(found, journal, now);
  return { found, ...said, isCurrent: current !== undefined, isKept: kept !== undefined };
}

const unsaid = { waitsFor: undefined, decision: undefined } as const;

async function saidOf(
  { hash }: Plan,
  journal: Journal,
  now: number,
): Promise<Pick<AboutPlan, 'waitsFor' | 'decision'>> {
  const { waiting, decisions } = await standingOf(journal, now);
  return {
    waitsFor: waiting.find(({ plan }) => plan.hash === hash)?.message,
    decision: decisions.find(({ planHash }) => planHash === hash),
  };
}

function standing({ found, waitsFor, decision, isCurrent }: AboutPlan): Html {
  return html`${decision === undefined ? nothing : decided(decision)}
    ${waitsFor === undefined ? nothing : html`<p class="notice ask"><b>This plan waits for a person.</b> It ${waitsFor}.</p>`}
    ${isCurrent ? nothing : html`<p class="notice">This plan is not what would be done now: what is seen has changed.</p>`}
    <p class="meta">plan <code>${found.id}</code> of ${time(found.createdAt)}</p>`;
}

function decided({ decision, by, at, expiresAt, reason }: Decision): Html {
  const word = decision === 'approve' ? 'Approved' : 'Denied';
  return html`<p class="notice ${decision === 'approve' ? 'good' : 'bad'}">
    ${word} by <b>${by}</b> on ${time(at)}, until
    ${time(expiresAt)}${reason === undefined ? '.' : `: ${reason}`}
  </p>`;
}

function steps({ actions }: Plan, rails: readonly StepRails[]): Html {
  return html`<section aria-labelledby="steps-title">
    <h2 id="steps-title">Steps <span class="count">${actions.length}</span></h2>
    <ol class="card steps-list">
      ${actions.map((action) =>
        plannedAction(
          action,
          railList(action.id, rails.find(({ actionId }) => actionId === action.id)?.verdicts ?? []),
        ),
      )}
    </ol>
  </section>`;
}

/** Rails that hold the step stand open; those that let it through are folded. */
function railList(action: string, verdicts: readonly RailVerdict[]): Html {
  if (verdicts.length === 0) return nothing;
  const holding = verdicts.filter(({ hold }) => hold !== undefined);
  const passing = verdicts.filter(({ hold }) => hold === undefined);
  return html`<ul class="rails">
      ${holding.map(
        ({ rail, hold }) =>
          html`<li>
            <span class="tag high">${rail}</span> ${hold?.message}
            ${hold?.until === undefined ? nothing : html`<span class="soft">until ${time(new Date(hold.until).toISOString())}</span>`}
          </li>`,
      )}
    </ul>
    <details class="quiet-fold" id="rails-${action}">
      <summary>${counted(passing.length, 'rail')} let it through</summary>
      <ul class="rails">
        ${passing.map(({ rail, note }) => html`<li><span class="tag good">${rail}</span> ${note}</li>`)}
      </ul>
    </details>`;
}

function limits({ hash, limits: allowed }: Plan): Html {
  const { applications, percent, units, actions, perHour, approvalValidity } = allowed;
  const reach =
    applications === 0
      ? html`Nothing may be changed at once.`
      : html`At once at most ${counted(applications, 'application')}, ${percent} %, ${counted(units, 'unit')},
        ${counted(actions, 'step')}; ${perHour} an hour.`;
  return html`<p class="meta">
    ${reach} An approval counts for ${durationText(approvalValidity)}, and for this very plan: its hash is
    <code class="long">${hash}</code>.
  </p>`;
}
