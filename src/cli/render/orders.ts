import { recipeText } from '../../core/action/recipe.js';
import { pauseText } from '../../core/orders/pause.js';
import type { Standing } from '../../core/orders/standing.js';
import type { WaitingPlan } from '../../core/orders/waiting.js';
import type { Decision, Quarantine } from '../../core/ports/index.js';
import { targetLabel } from '../../core/target.js';
import { columnsOf, styleFor, type Style } from './style.js';
import { clean, counted, hanging, second, wrap } from './text.js';

interface Look {
  readonly columns: number | undefined;
  readonly color: boolean;
}

interface Sheet {
  readonly style: Style;
  readonly columns: number;
}

export function renderOrders({ waiting, decisions, quarantines, pauses }: Standing, look: Look): string {
  const sheet = { style: styleFor(look.color), columns: columnsOf(look.columns) };
  const sections = [
    section('Plans that wait for an approval', waiting.map(waitingText), sheet),
    section('Approved and denied', decisions.map(decisionText), sheet),
    section('In quarantine', quarantines.map(quarantineText), sheet),
    section(
      'Paused',
      pauses.map((pause) => [pause.id, pauseText(pause)]),
      sheet,
    ),
    [sheet.style.faint(closing(waiting.length, quarantines.length))],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Of each: its name, and what there is to say of it, line by line. */
function section(title: string, items: readonly (readonly string[])[], { style, columns }: Sheet): string[] {
  if (items.length === 0) return [];
  return [
    style.strong(`${title}: ${items.length}`),
    ...items.flatMap(([name = '', ...texts]) => {
      const label = `  ${clean(name)}  `;
      return hanging(
        label,
        texts.flatMap((text) => wrap(clean(text), columns - label.length)),
      );
    }),
  ];
}

function waitingText({ plan, message, since }: WaitingPlan): readonly string[] {
  const { id, target, actions, partOf } = plan;
  const part = partOf === undefined ? '' : ` (part ${partOf.n} of ${partOf.of})`;
  const commands = actions.map(({ argv }) => argv.join(' '));
  return [
    id,
    `${targetLabel(target)}${part}: ${counted(actions.length, 'step')}, since ${second(since)}`,
    message,
    ...commands.slice(0, 5),
    ...(commands.length > 5 ? [`and ${commands.length - 5} more`] : []),
    ...actions.flatMap(({ recipe }) => (recipe === undefined ? [] : [`part of ${recipeText(recipe)}`])),
    `holdfast approve ${id}`,
  ];
}

function decisionText({ planHash, decision, by, expiresAt, reason, plan }: Decision): readonly string[] {
  const word = decision === 'approve' ? 'approved' : 'denied';
  return [
    planHash.slice(0, 12),
    `${targetLabel(plan.target)}: ${word} by ${by} until ${second(expiresAt)}${because(reason)}`,
  ];
}

function quarantineText({ id, control, target, since, message }: Quarantine): readonly string[] {
  return [id, `${control} on ${targetLabel(target)} since ${second(since)}: ${message}`];
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}

function closing(waiting: number, quarantined: number): string {
  if (waiting + quarantined === 0) return 'Nothing waits for a person.';
  return quarantined === 0
    ? 'holdfast deny PLAN refuses one.'
    : 'holdfast clear ID lets the daemon try again what is in quarantine.';
}
