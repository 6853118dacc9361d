/** Forms of those who may decide. Everybody else is told why there are none. */
import { durationText } from '../../../core/duration.js';
import type { Plan } from '../../../core/plan.js';
import { mayDecide } from '../access/principal.js';
import { html, nothing, type Content, type Html } from '../../html-template.js';
import type { ViewContext } from './view.js';

type Deciding = Pick<ViewContext, 'who' | 'csrf' | 'journal'>;

export interface FormSheet {
  readonly action: string;
  readonly button: string;
  /** How heavy the button weighs: yes, no, or neither. */
  readonly kind?: 'yes' | 'no';
  readonly fields: Content;
}

/** Nothing for those who may not. */
export function decisionForm(
  { action, button, kind, fields }: FormSheet,
  { who, csrf, journal }: Deciding,
): Html {
  if (!mayDecide(who) || journal === undefined) return nothing;
  return html`<form method="post" action="${action}" class="fields decide">
    <input type="hidden" name="_csrf" value="${csrf}" />
    ${fields}
    <button class="${kind ?? ''}">${button}</button>
  </form>`;
}

export function textField(
  name: string,
  label: string,
  more: { readonly hint?: string; readonly id?: string } = {},
): Html {
  const id = more.id ?? name;
  return html`<label for="${id}"
      >${label}${more.hint === undefined ? nothing : html` <span class="soft">${more.hint}</span>`}</label
    >
    <input id="${id}" name="${name}" autocomplete="off" maxlength="500" />`;
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`;
}

/** Open where the plan waits for a word; folded where one may be said all the same. */
export function decideForms(plan: Plan, context: Deciding & { readonly waits: boolean }): Html {
  const { hash } = plan;
  if (!mayDecide(context.who) || context.journal === undefined)
    return html`<p class="soft">
      ${context.who.name === '' ? 'Whoever may decide does it by holdfast approve, or logs in where the policy names web.tokens or web.oidc.' : 'You may look here, and not decide.'}
    </p>`;
  const longest = durationText(plan.limits.approvalValidity);
  const fields = (word: string): Html =>
    html`${textField('reason', 'Reason', { hint: 'for the audit trail', id: `${word}-reason` })}
    ${textField('valid', 'Counts for', { hint: word === 'approve' ? `at most, and usually, ${longest}` : `as in 24h; usually ${longest}`, id: `${word}-valid` })}`;
  const forms = html`<section class="two" aria-label="Decide">
    <div class="card">
      ${decisionForm({ action: `/plans/${hash}/approve`, button: 'Approve', kind: 'yes', fields: fields('approve') }, context)}
    </div>
    <div class="card">
      ${decisionForm({ action: `/plans/${hash}/deny`, button: 'Deny', kind: 'no', fields: fields('deny') }, context)}
    </div>
  </section>`;
  if (context.waits) return forms;
  return html`<details class="control" id="decide">
    <summary>Decide on it beforehand, or anew</summary>
    <div class="inside">${forms}</div>
  </details>`;
}
