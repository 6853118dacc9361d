import type {
  ComplianceChange,
  LeftOver,
  Rehearsal,
  RehearsedClient,
  RehearsedPlan,
  RehearsedRestart,
  RehearsedStep,
} from '../../core/rehearsal.js';
import { targetLabel } from '../../core/target.js';
import { commandLines } from './command.js';
import { columnsOf, styleFor, type Style } from './style.js';
import { clean, counted, hanging, pad, wrap } from './text.js';

interface Look {
  readonly columns: number | undefined;
  readonly color: boolean;
}

interface Sheet {
  readonly style: Style;
  readonly columns: number;
}

const indent = '    ';
/** So many lines of what remains are shown; the JSON has them all. */
const mostLeft = 15;

/** A rehearsal as the text that a person reads before saying yes. */
export function renderRehearsal(rehearsal: Rehearsal, look: Look): string {
  const sheet = { style: styleFor(look.color), columns: columnsOf(look.columns) };
  const sections = [
    headLines(rehearsal, sheet),
    ...rehearsal.plans.map((plan) => planLines(plan, sheet)),
    afterLines(rehearsal, sheet),
    leftLines(rehearsal.left, sheet),
    doubtLines(rehearsal.doubts, sheet),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines({ source, plans }: Rehearsal, { style, columns }: Sheet): string[] {
  const place = `a simulated copy of ${clean(source.name)} (${source.road}, ${source.takenAt})`;
  if (plans.length === 0) return wrap(`Nothing to rehearse on ${place}: no plan would change it.`, columns);
  const head = wrap(`Rehearsal on ${place}. Nothing real was changed.`, columns).map(style.strong);
  return [...head, ...wrap(successText(plans), columns)];
}

/** The answer first: whether it all would work. */
function successText(plans: readonly RehearsedPlan[]): string {
  const steps = plans.flatMap((plan) => plan.steps);
  const failed = steps.filter(({ state }) => state !== 'Succeeded').length;
  const all = counted(steps.length, 'step');
  if (failed === 0) return steps.length === 1 ? 'Its one step worked.' : `All ${all} worked.`;
  return `Of ${all} ${failed} did not work: each says why.`;
}

function planLines(plan: RehearsedPlan, sheet: Sheet): string[] {
  const { style } = sheet;
  const steps = counted(plan.steps.length, 'step');
  return [
    style.strong(`${clean(targetLabel(plan.target))}: ${steps} in ${duration(plan.seconds)}`),
    ...(plan.hash === undefined ? [] : [style.faint(`hash ${plan.hash}`)]),
    ...plan.steps.flatMap((step, index) => ['', ...stepLines(step, index + 1, sheet)]),
  ];
}

function stepLines(step: RehearsedStep, n: number, sheet: Sheet): string[] {
  const { style, columns } = sheet;
  const say = (label: string, words: string): string[] =>
    hanging(`${indent}${label}`, wrap(clean(words), columns - indent.length - label.length));
  const number = `${String(n).padStart(2)}. `;
  return [
    ...hanging(number, commandLines(step.argv, columns - indent.length)).map(style.strong),
    ...say('', `${step.effect} (${step.controls.join(', ')})`),
    ...say('runs:     ', step.ranAt === undefined ? 'not in this rehearsal' : moment(step.ranAt)),
    ...step.holds.flatMap(({ rail, message }) =>
      rail === 'order' ? say('waits:    ', message) : say('held by:  ', `${rail}: ${message}`),
    ),
    ...say('restarts: ', restartsText(step.restarts)),
    ...clientTexts(step).flatMap((words) => say('clients:  ', words)),
    ...(step.cutsOff.length === 0 ? [] : say('cuts off: ', step.cutsOff.join(', '))),
    ...say('outcome:  ', outcomeText(step)),
  ];
}

function restartsText(restarts: readonly RehearsedRestart[]): string {
  if (restarts.length === 0) return 'none';
  return restarts.map(({ unit, at, seconds }) => `${unit} ${moment(at)} for ${seconds} s`).join(', ');
}

/** Silence would be taken for good news, so that its absence is said too. */
function clientTexts({ clients, restarts }: RehearsedStep): readonly string[] {
  if (clients.length > 0) return clients.map(clientText);
  return restarts.length === 0 ? [] : ['nobody that Juju knows of uses what restarts'];
}

function clientText({ client, application, secondsWithout, breaks }: RehearsedClient): string {
  if (secondsWithout > 0) return `${client} is without ${application} for ${secondsWithout} s in all`;
  const times = counted(breaks, 'time');
  return `${client} is never without ${application}; ${times} a unit goes away, and its connections break`;
}

function outcomeText({ state, reason, message, verifiedAt }: RehearsedStep): string {
  if (state === 'Succeeded') return `verified ${verifiedAt === undefined ? '' : moment(verifiedAt)}`.trim();
  return `${state} (${reason}): ${message}`;
}

/** `T+0:07`, `T+1:02:03`. */
function moment(seconds: number): string {
  return `T+${duration(seconds)}`;
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, '0');
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${String(minutes).padStart(2, '0')}:${rest}`;
}

function afterLines({ compliance, plans }: Rehearsal, sheet: Sheet): string[] {
  const { before, after, changes } = compliance;
  if (plans.length === 0) return [];
  const score = `score ${before.score ?? '-'} -> ${after.score ?? '-'}`;
  const counts = `violations ${before.violations} -> ${after.violations}, not seen ${before.unknown} -> ${after.unknown}`;
  return [
    sheet.style.strong('What holds afterwards'),
    `  ${score}; ${counts}`,
    ...changes.flatMap((change) => changeLines(change, sheet)),
  ];
}

function changeLines(
  { control, severity, target, from, to, message }: ComplianceChange,
  sheet: Sheet,
): string[] {
  const way = `${from ?? 'not judged'} -> ${to ?? 'gone'}`;
  const head = `${pad(severity, 8)} ${control} ${clean(targetLabel(target))}: ${way}`;
  return [
    ...wrap(head, sheet.columns - 2).map((line) => `  ${line}`),
    ...wrap(clean(message), sheet.columns - 6).map((line) => sheet.style.faint(`      ${line}`)),
  ];
}

const whyWords: Readonly<Record<LeftOver['why'], string>> = {
  'by-hand': 'by hand',
  observed: 'observed',
  held: 'not done',
};

function leftLines(left: readonly LeftOver[], { style, columns }: Sheet): string[] {
  if (left.length === 0) return [];
  const more = left.length - mostLeft;
  return [
    style.strong(`What remains: ${counted(left.length, 'violation')}`),
    ...left.slice(0, mostLeft).flatMap(({ control, target, why, message }) => {
      const label = `  ${pad(whyWords[why], 8)} `;
      const words = `${control} ${targetLabel(target)}: ${message}`;
      return hanging(label, wrap(clean(words), columns - label.length));
    }),
    ...(more > 0 ? [style.faint(`  and ${more} more: --format json lists them all`)] : []),
  ];
}

function doubtLines(doubts: readonly string[], { style, columns }: Sheet): string[] {
  if (doubts.length === 0) return [];
  return [
    style.strong('What this rehearsal cannot know'),
    ...doubts.flatMap((doubt) => hanging('  - ', wrap(clean(doubt), columns - 4))),
  ];
}
