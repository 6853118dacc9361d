/** What the safety rails say of a plan, for people. */
import type { Plan } from '../../core/plan.js';
import type { RailVerdict } from '../../core/rails/index.js';
import type { PlanSheet, StepSheet } from '../plan-sheets.js';
import type { Style } from './style.js';
import { clean, counted, hanging, listed, wrap } from './text.js';

interface Sheet {
  readonly style: Style;
  readonly columns: number;
}

const indent = '    ';

/** Each rail's state for one step: what holds it, and what lets it through. */
export function railLines({ hold, verdicts }: StepSheet, sheet: Sheet): string[] {
  const holding = verdicts.filter((verdict) => verdict.hold !== undefined);
  const clear = verdicts.filter((verdict) => verdict.hold === undefined);
  const state = hold === undefined ? 'nothing holds it back' : `${hold.state} (${hold.reason})`;
  return [
    ...labelled('now:   ', state, sheet),
    ...holding.flatMap((verdict) => labelled('held:  ', holdText(verdict), sheet)),
    ...labelled('clear: ', clear.map(({ rail }) => rail).join(', ') || 'no rail', sheet).map(
      sheet.style.faint,
    ),
  ];
}

/** Where no policy governs: what the estate itself has against one step. */
export function warningLines({ verdicts }: StepSheet, sheet: Sheet): string[] {
  return verdicts.flatMap(({ rail, hold }) =>
    hold !== undefined && ofTheEstate.has(rail) ? labelled('mind:  ', hold.message, sheet) : [],
  );
}

const ofTheEstate: ReadonlySet<RailVerdict['rail']> = new Set(['self', 'order', 'preflight']);

function labelled(label: string, words: string, { columns }: Sheet): string[] {
  return hanging(`${indent}${label}`, wrap(clean(words), columns - indent.length - label.length));
}

/** What the plan as a whole exceeds is told once, above its steps. */
function holdText({ rail, hold, note }: RailVerdict): string {
  return `${rail}: ${rail === 'blast-radius' || hold === undefined ? note : hold.message}`;
}

/** What the plan as a whole reaches, and the parts that it was split into. */
export function reachLines({ plan, steps, parts }: PlanSheet, { columns, style }: Sheet): string[] {
  const verdicts = steps[0]?.verdicts ?? [];
  const notes = verdicts.filter(({ rail }) => rail === 'blast-radius' || rail === 'hourly-cap');
  const limits = notes.map(({ note }) => note).join('; ');
  return [
    ...(limits === '' ? [] : hanging('limits: ', wrap(clean(limits), columns - 8)).map(style.faint)),
    ...parts.flatMap((part) => partLines(part, { columns, style })),
    ...(parts.length === 0 ? [] : wrap(splitText(plan), columns)),
  ];
}

function partLines({ partOf, hash, actions }: Plan, { columns, style }: Sheet): string[] {
  const places = [
    ...new Set(actions.flatMap(({ args }) => ('application' in args ? [args.application] : []))),
  ];
  const where = places.length === 0 ? '' : `: ${clean(listed(places, 4))}`;
  const text = `part ${partOf?.n ?? 1} of ${partOf?.of ?? 1}, ${counted(actions.length, 'step')}${where}`;
  return [...wrap(text, columns - 2), style.faint(`hash ${hash}`)].map((line) => `  ${line}`);
}

function splitText({ id }: Plan): string {
  return `Plan ${id} reaches too far, and none of it is done. Each part can be approved by its hash.`;
}
