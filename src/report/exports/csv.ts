import { counts } from '../../core/report/diff.js';
import type { Report, ReportFinding } from '../../core/report/types.js';
import { targetLabel } from '../../core/target.js';
import { commandsOf, evidenceText, visible } from './text.js';

type Cell = string | undefined;

/** The columns, in their order. Later versions only add some at the end. */
const columns: Readonly<Record<string, (finding: ReportFinding) => Cell>> = {
  id: ({ id }) => id,
  control: ({ control }) => control,
  guide: ({ guide }) => guide,
  title: ({ title }) => title,
  severity: ({ severity }) => severity,
  outcome: ({ outcome }) => outcome,
  counts: (finding) => (counts(finding) ? 'yes' : 'no'),
  reason: ({ reason }) => reason,
  message: ({ message }) => message,
  place: ({ target }) => targetLabel(target),
  kind: ({ target }) => target.kind,
  controller: ({ target }) => target.controller,
  model: ({ target }) => target.model,
  application: ({ target }) => target.application,
  unit: ({ target }) => target.unit,
  user: ({ target }) => target.user,
  name: ({ target }) => target.name,
  evidence: ({ evidence }) => evidence.map(evidenceText).join('\n'),
  fixable_by: ({ fixableBy }) => fixableBy,
  remediation: ({ remediation }) => remediation?.kind,
  commands: (finding) => commandsOf(finding).join('\n'),
  procedure: ({ remediation }) => remediation?.procedure,
  waiver: ({ waiver }) => waiver?.id,
  waiver_kind: ({ waiver }) => waiver?.kind,
  waiver_state: ({ waiver }) => waiver?.state,
  waiver_owner: ({ waiver }) => waiver?.owner,
  waiver_reason: ({ waiver }) => waiver?.reason,
  waiver_expires: ({ waiver }) => waiver?.expiresAt,
  valid_until: ({ validUntil }) => validUntil,
  first_seen: ({ firstSeen }) => firstSeen,
  drifted_after: ({ drift }) => drift?.lastGood,
  drifted_by: ({ drift }) => drift?.who,
};

/**
 * One row a finding, under a row of names, as RFC 4180 has it. An apostrophe stands before what a spreadsheet would
 * take for a formula.
 */
export function csvOf({ findings }: Report): string {
  const names = Object.keys(columns);
  const cells = Object.values(columns);
  const rows = findings.map((finding) => cells.map((cell) => quoted(cell(finding) ?? '')).join(','));
  return `${[names.join(','), ...rows].join('\r\n')}\r\n`;
}

/**
 * What a spreadsheet would run: a formula's sign at the start of a cell, also in its wide form. A separator or a line
 * break may begin a cell, too, where a program separates by something else than commas.
 */
const formula = /(?<=^|[;\t\n\r])(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
const special = /[",\n\r]/;

function quoted(text: string): string {
  const safe = visible(text).replace(formula, "'");
  return special.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
