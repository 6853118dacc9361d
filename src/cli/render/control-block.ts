import type { ReportFinding } from '../../core/report/types.js';
import { fixLines } from './fix.js';
import { groupBy } from './group.js';
import type { Page } from './report.js';
import { clean, hanging, listed, pad, second, width, wrap } from './text.js';

/** A page that names what findings are about: within one model by the application, across several by both. */
export interface Naming extends Page {
  readonly nameOf: (finding: ReportFinding) => string;
}

/** Of different sentences, and of different ways to put a control right, so many are told; the rest is only named. */
const most = 5;
/** So many names stand beside a sentence that is true of several. */
const mostNames = 8;

/** One control: its title and reason, then what it says of each target and how that is put right. */
export function controlBlock(findings: readonly ReportFinding[], page: Naming): string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const id = `  ${page.style.strong(pad(clean(first.control), 12))} `;
  const times = findings.length === 1 ? '' : ` ×${findings.length}`;
  const title = wrap(clean(`${first.title} [${first.reason}]${times}`), page.columns - width(id));
  const ways = [...groupBy(findings, sameAdvice).values()];
  return [...hanging(id, title), ...few(ways, page, entry)];
}

/** A few groups as they are told, and the others by their names. */
function few(
  groups: readonly (readonly ReportFinding[])[],
  page: Naming,
  tell: (group: readonly ReportFinding[], page: Naming) => string[],
): string[] {
  const told = page.all ? groups : groups.slice(0, most);
  const rest = groups.slice(told.length).flat();
  return [...told.flatMap((group) => tell(group, page)), ...(rest.length === 0 ? [] : restLines(rest, page))];
}

function restLines(rest: readonly ReportFinding[], page: Naming): string[] {
  const text = `and ${rest.length} more: ${listed(namesOf(rest, page), 10)} (--all shows each)`;
  return hanging('    ', wrap(text, page.columns - 4)).map(page.style.faint);
}

function namesOf(findings: readonly ReportFinding[], { nameOf }: Naming): readonly string[] {
  return [...new Set(findings.map(nameOf))];
}

/** Findings that are put right by the same words are told together, and the words once. */
function sameAdvice({ remediation, fixableBy, upstream, waiver }: ReportFinding): string {
  return JSON.stringify([remediation, fixableBy, upstream, waiver]);
}

function entry(findings: readonly ReportFinding[], page: Naming): string[] {
  const [first] = findings;
  if (first === undefined) return [];
  return [
    ...few([...groupBy(findings, sentence).values()], page, sayings),
    ...drifted(findings, page),
    ...expired(first, page),
    ...fixLines(first, page),
  ];
}

/** A message with the names of its target left open: what differs in nothing else is the same sentence. */
function sentence({ message, target }: ReportFinding): string {
  const { unit, application, user, name, model } = target;
  const names = [unit, application, user, name, model].flatMap((one) =>
    one === undefined || one === '' ? [] : [one],
  );
  return names.reduce((text, one) => text.replaceAll(one, '\u0000'), message);
}

/** What was found, once, with the names it was found on where the sentence does not tell them. */
function sayings(same: readonly ReportFinding[], page: Naming): string[] {
  const [first] = same;
  if (first === undefined) return [];
  const message = clean(first.message);
  const names = namesOf(same, page);
  const shown = page.all ? Infinity : mostNames;
  const alike = same.every((finding) => finding.message === first.message);
  const lines = (text: string): string[] => hanging('    ', wrap(text, page.columns - 4));
  const [name = ''] = names;
  if (alike && names.length > 1) return lines(`${listed(names, shown)}: ${message}`);
  const others = names.slice(1);
  return [
    ...lines(name.startsWith('the ') || mentions(message, name) ? message : `${name}: ${message}`),
    ...(others.length === 0 ? [] : lines(`likewise ${listed(others, shown)}`)),
  ];
}

/** Whether a name stands in a sentence as a word of its own, in whatever script it is written. */
function mentions(message: string, name: string): boolean {
  const at = message.indexOf(name);
  if (at < 0) return false;
  const around = (message[at - 1] ?? ' ') + (message[at + name.length] ?? ' ');
  return !/[\w-]/.test(around);
}

/** When it changed, and what is known of who changed it; those that changed alike are told together. */
function drifted(findings: readonly ReportFinding[], page: Naming): string[] {
  const changed = findings.filter(({ drift }) => drift !== undefined);
  return [...groupBy(changed, ({ drift }) => JSON.stringify(drift)).values()].flatMap((same) => {
    const [first] = same;
    if (first?.drift === undefined) return [];
    const { lastGood, firstBad, who } = first.drift;
    const names = same.length < findings.length ? `${listed(namesOf(same, page), mostNames)}: ` : '';
    const text = clean(`${names}between ${second(lastGood)} and ${second(firstBad)}. ${who}`);
    return hanging('    drifted: ', wrap(text, page.columns - 13));
  });
}

function expired({ waiver }: ReportFinding, page: Page): string[] {
  if (waiver === undefined) return [];
  const why =
    waiver.state === 'lapsed'
      ? `lapsed: ${waiver.compensatedBy ?? 'the compensating control'} does not pass here`
      : `expired at ${waiver.expiresAt}`;
  const text = clean(`its waiver ${waiver.id} (${waiver.owner}) ${why}`);
  return hanging('    ', wrap(text, page.columns - 4));
}
