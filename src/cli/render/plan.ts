import type { Precondition } from '../../core/action/action.js';
import { argvOf } from '../../core/action/argv.js';
import type { PlannedAction } from '../../core/action/planned.js';
import { recipeText } from '../../core/action/recipe.js';
import type { Plan } from '../../core/plan.js';
import { targetLabel } from '../../core/target.js';
import { commandLines } from './command.js';
import type { PlanSheet } from '../plan-sheets.js';
import { railLines, reachLines, warningLines } from './plan-rails.js';
import { columnsOf, styleFor, type Style } from './style.js';
import { clean, counted, hanging, wrap } from './text.js';

interface Look {
  readonly columns: number | undefined;
  readonly color: boolean;
}

interface Sheet {
  readonly style: Style;
  readonly columns: number;
}

const indent = '    ';

/**
 * Plans as a text for people: each step with its command, effect, risk, undo and who is cut off; with the sheets also
 * what the safety rails say of it.
 */
export function renderPlans(
  plans: readonly Plan[],
  leftOut: { readonly byHand: number; readonly observed: number },
  look: Look,
  sheets: readonly PlanSheet[] = [],
): string {
  const sheet = { style: styleFor(look.color), columns: columnsOf(look.columns) };
  const said = new Map(sheets.map((one) => [one.plan.hash, one]));
  const sections = [
    ...plans.map((plan) => planLines(plan, said.get(plan.hash), sheet)),
    closing(plans, leftOut, sheet),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** One plan as a text for people. */
export function renderPlan(plan: Plan, look: Look): string {
  const sheet = { style: styleFor(look.color), columns: columnsOf(look.columns) };
  return `${planLines(plan, undefined, sheet).join('\n')}\n`;
}

function planLines(plan: Plan, said: PlanSheet | undefined, sheet: Sheet): string[] {
  const steps = counted(plan.actions.length, 'step');
  const findings = counted(plan.findings.length, 'violation');
  const about = `for ${clean(targetLabel(plan.target))}: ${steps} against ${findings}`;
  const title = `Plan ${plan.id} `;
  return [
    ...hanging(sheet.style.strong(title), wrap(about, sheet.columns - title.length)),
    sheet.style.faint(`hash ${plan.hash}`),
    ...(said?.governed === true ? reachLines(said, sheet) : []),
    ...plan.actions.flatMap((action, index) => [
      '',
      ...stepLines(action, index + 1, sheet),
      ...railsOf(action, said, sheet),
    ]),
  ];
}

function railsOf({ id }: PlannedAction, said: PlanSheet | undefined, sheet: Sheet): string[] {
  const step = said?.steps.find(({ action }) => action === id);
  if (said === undefined || step === undefined) return [];
  return said.governed ? railLines(step, sheet) : warningLines(step, sheet);
}

function stepLines(action: PlannedAction, n: number, sheet: Sheet): string[] {
  const { style, columns } = sheet;
  const text = (label: string, words: string): string[] =>
    hanging(`${indent}${label}`, wrap(clean(words), columns - indent.length - label.length));
  return [
    ...hanging(`${String(n).padStart(2)}. `, commandLines(action.argv, columns - indent.length)).map(
      style.strong,
    ),
    ...text('', action.effect),
    ...text('for:   ', action.controls.join(', ')),
    ...text('risk:  ', risk(action)),
    ...(action.cutsOff.length === 0 ? [] : text('cuts off: ', action.cutsOff.join(', '))),
    ...text('needs: ', action.preconditions.map(conditionText).join('; ') || 'nothing first'),
    ...undo(action, sheet),
    ...(action.recipe === undefined ? [] : text('part of: ', recipeText(action.recipe))),
  ];
}

function risk({ risk: level, disruptive, repeatable }: PlannedAction): string {
  const traits = [
    disruptive ? 'restarts or cuts off' : 'nobody notices',
    ...(repeatable ? [] : ['must not be run twice']),
  ];
  return `${level}, ${traits.join(', ')}`;
}

function undo(action: PlannedAction, { columns }: Sheet): string[] {
  if (action.irreversible !== undefined) {
    return hanging(`${indent}undo:  `, wrap(`cannot be undone: ${clean(action.irreversible)}`, columns - 11));
  }
  const inverse = action.inverse ?? [];
  if (inverse.length === 0) return [`${indent}undo:  nothing to undo`];
  const label = `${indent}undo:  `;
  return inverse.flatMap((one) =>
    hanging(label, commandLines(['juju', ...argvOf(one)], columns - label.length)),
  );
}

/** What must hold right before a step, in words. */
function conditionText(condition: Precondition): string {
  switch (condition.type) {
    case 'relation-absent':
      return `${condition.application}:${condition.endpoint} not related yet`;
    case 'related':
      return `${condition.application}:${condition.endpoint} related`;
    case 'application-settled':
      return `${condition.application} idle and healthy`;
    case 'application-present':
      return `${condition.application} in the model`;
    case 'user-level':
      return `${condition.user} holds ${condition.level} on the ${condition.on}`;
    case 'user-enabled':
      return `${condition.user} enabled`;
    case 'another-superuser':
      return `a superuser besides ${condition.besides}`;
    case 'refresh-checked':
      return `${condition.action} passed on ${condition.application} within the half hour`;
    case 'charm-revision':
      return `${condition.application} at revision ${condition.revision}`;
    case 'refresh-paused':
      return `the refresh of ${condition.application} waits for ${condition.unit}`;
    case 'not-refreshing':
      return `${condition.application} not being refreshed`;
    case 'option-is':
      return `${condition.key}=${condition.value} on ${condition.application}`;
  }
}

function closing(
  plans: readonly Plan[],
  { byHand, observed }: { byHand: number; observed: number },
  { style, columns }: Sheet,
): string[] {
  const said = [
    plans.length === 0 ? 'Nothing to do by a plan.' : 'Nothing was changed. The steps hold in this order.',
    byHand === 0
      ? ''
      : `${counted(byHand, 'violation needs', 'violations need')} a person: holdfast audit tells how.`,
    observed === 0
      ? ''
      : `${counted(observed, 'violation')} could be planned for, but the policy only observes there: set mode: propose.`,
  ];
  return wrap(said.filter((sentence) => sentence !== '').join(' '), columns).map(style.faint);
}
