import type { AuditRecord, ChainVerdict } from '../../core/ports/index.js';
import { columnsOf, styleFor } from './style.js';
import { clean, counted, hanging, second, wrap } from './text.js';

interface Look {
  readonly columns: number | undefined;
  readonly color: boolean;
}

/** Records, oldest first: a line of when, who and what, and below it why. */
export function renderAuditLog(records: readonly AuditRecord[], limit: number, look: Look): string {
  const style = styleFor(look.color);
  const columns = columnsOf(look.columns);
  if (records.length === 0) return 'No records.\n';
  const lines = records.flatMap(({ seq, at, actor, event, why }) => [
    `${style.faint(`${String(seq).padStart(6)}  ${second(at)}`)}  ${style.strong(clean(event))} by ${clean(actor)}`,
    ...hanging('        ', wrap(clean(why), columns - 8)),
  ]);
  const more =
    records.length < limit
      ? ''
      : `\n${style.faint(`The newest ${counted(limit, 'record')}: --limit shows more.`)}\n`;
  return `${lines.join('\n')}\n${more}`;
}

/** The verdict on the whole trail, with the hash that can be kept elsewhere. */
export function verdictText(verdict: ChainVerdict): string {
  if (verdict.state === 'broken')
    return `The audit trail is broken: ${verdict.reason}. What was written before it can be relied on.\n`;
  const { first, last, hash } = verdict;
  if (last < first) return 'The audit trail is whole: it has no records yet.\n';
  return `The audit trail is whole: records ${first} to ${last}.\nLast hash: ${hash}\n`;
}
