import type { Evidence } from '../../core/judgement.js';
import type { ReportAction, ReportFinding, ReportWaiver } from '../../core/report/types.js';
import { shellLine } from '../html-template.js';

/** What a terminal would obey, what XML 1.0 forbids, and what hides or turns around text. Line breaks and tabs stay. */
const harmful =
  /* eslint-disable-next-line no-control-regex -- control characters are what it removes */
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g;

/** Well-formed text without a character that another program could choke on; in their place the replacement character. */
export function visible(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(harmful, '\uFFFD');
}

/** The same on one line, with single spaces. */
export function oneLine(text: string): string {
  return visible(text.replace(/\s+/g, ' ').trim());
}

/** `etcd/0: seen …, wanted … (source, time)`. */
export function evidenceText({ unit, seen, wanted, source, observedAt }: Evidence): string {
  const where = unit === undefined ? '' : `${unit}: `;
  return `${where}seen ${seen}, wanted ${wanted} (${source}, ${observedAt})`;
}

/** The commands that would put it right, as a person would type them. */
export function commandsOf({ remediation }: ReportFinding): readonly string[] {
  return (remediation?.actions ?? []).map(({ argv }: ReportAction) => shellLine(argv));
}

/** How it is put right: the commands, or the steps for a person; '' where nothing is to be put right. */
export function remedyText(finding: ReportFinding): string {
  return [...commandsOf(finding), finding.remediation?.procedure ?? '']
    .filter((text) => text !== '')
    .join('\n');
}

/** `waived by ops until 2027-03-31T00:00:00Z (w1): why`, or that it no longer counts. */
export function waiverText({ id, kind, owner, reason, expiresAt, state }: ReportWaiver): string {
  return state === 'active'
    ? `${kind} by ${owner} until ${expiresAt} (${id}): ${reason}`
    : `waiver ${id} of ${owner} ${state}, ended ${expiresAt}: ${reason}`;
}
