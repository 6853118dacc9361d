/** In which order several units began their changes: the audit trail has them in one. */
import type { AuditRecord, Mark } from '../core/ports/index.js';

/**
 * Tells whether a mark is not of a change that was begun after the one of `own`. What does not stand in the trail as
 * begun later counts as earlier.
 */
export function beginsBefore(own: readonly Mark[], trail: readonly AuditRecord[]): (mark: Mark) => boolean {
  const begun = trail.filter(({ event }) => event === 'ChangeBegun');
  const ours = begun.findLast((record) => own.some((mark) => isOf(mark, record)));
  if (ours === undefined) return () => true;
  const later = begun.filter(({ seq }) => seq > ours.seq);
  return (mark) => mark.kind !== 'attempt' || !later.some((record) => isOf(mark, record));
}

/** One change has one moment for all that is written about it. */
function isOf({ at, finding }: Mark, record: AuditRecord): boolean {
  const { findings } = record.body;
  return record.at === at && Array.isArray(findings) && findings.includes(finding);
}
