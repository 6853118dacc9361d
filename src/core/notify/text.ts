/** Messages in words, for people: one line on top, and lines below it. */
import { severities } from '../outcome.js';
import { targetLabel } from '../target.js';
import type { Alert, EndedAlert } from './alert.js';
import type { Digest, DigestLine } from './digest.js';
import type { Message } from './message.js';
import { plain } from './plain.js';

/** Alerts that a person is given to read at once. */
const mostRead = 20;

export function headline(message: Message): string {
  const { sort, counts, unit } = message;
  const from = unit === undefined ? '' : ` (${unit})`;
  if (sort === 'test') return `Holdfast${from}: this is a test, nothing has happened`;
  if (message.digest !== undefined) return `Holdfast${from}: digest ${plain(message.digest.name, 60)}`;
  if (sort === 'begin') return `Holdfast${from} begins to tell: ${openText(message)}`;
  const parts = [
    ...(counts.firing === 0 ? [] : [openText(message)]),
    ...(counts.resolved === 0 ? [] : [`${counts.resolved} over`]),
  ];
  return `Holdfast${from}${placeText(message)}: ${parts.join(', ')}`;
}

export function bodyLines(message: Message): readonly string[] {
  if (message.digest !== undefined) return digestLines(message.digest);
  const { firing, resolved, counts } = message;
  const first = firing.slice(0, mostRead);
  const rest = resolved.slice(0, Math.max(mostRead - first.length, 0));
  return [
    ...first.map(alertLine),
    ...more(counts.firing - first.length, 'open'),
    ...rest.map(endedLine),
    ...more(counts.resolved - rest.length, 'over'),
  ];
}

function openText({ counts, sort }: Message): string {
  const by = severities.filter((severity) => counts.bySeverity[severity] > 0);
  const severity = by.map((name) => `${counts.bySeverity[name]} ${name}`).join(', ');
  return `${counts.firing} ${sort === 'begin' ? 'open' : 'new'}${severity === '' ? '' : ` (${severity})`}`;
}

/** Where all of it is at one place. */
function placeText({ sort, firing, resolved }: Message): string {
  const [first] = [...firing, ...resolved];
  if (sort !== 'changes' || first === undefined) return '';
  const { controller, model } = first.target;
  const place = [controller, model].filter((part) => part !== undefined).join(':');
  return place === '' ? '' : ` on ${plain(place, 120)}`;
}

function alertLine(alert: Alert): string {
  const who = alert.who === undefined ? '' : ` ${plain(alert.who)}`;
  return `[${alert.severity}] ${subject(alert)}: ${plain(alert.message)}${who}`;
}

const endings: Readonly<Record<EndedAlert['ending'], string>> = {
  passing: 'as it should be again',
  waived: 'waived',
  gone: 'no longer there',
  unsettled: 'it does not show any more',
};

function endedLine(alert: EndedAlert): string {
  return `[over] ${subject(alert)}: ${endings[alert.ending]}`;
}

function subject({ control, title, target }: Alert): string {
  const where = target.kind === 'estate' ? '' : ` on ${plain(targetLabel(target), 160)}`;
  return plain(control === undefined ? title : `${control} ${title}`, 200) + where;
}

function more(count: number, what: string): readonly string[] {
  return count > 0 ? [`and ${count} more ${what}`] : [];
}

function digestLines(digest: Digest): readonly string[] {
  const open = severities.map((severity) => `${digest.bySeverity[severity]} ${severity}`).join(', ');
  return [
    `score ${digest.score ?? 'none'}; open: ${open}; new since the last digest: ${digest.news}`,
    `waived ${digest.waived}; cannot be judged ${digest.unknown}; quarantined ${digest.quarantines}; plans that wait for approval ${digest.waitingApprovals}`,
    ...digest.controls.map(digestLine),
    ...(digest.beyondUs.length === 0 ? [] : ['only the makers of a charm, or nobody, can put right:']),
    ...digest.beyondUs.map(digestLine),
    ...digest.waivers.slice(0, mostRead).map((waiver) => `waiver ${plain(waiver)}`),
  ];
}

function digestLine({ severity, control, title, count }: DigestLine): string {
  return `[${severity}] ${plain(control, 80)} ${plain(title, 200)}: ${count}`;
}
