/** Reading the marks that count what was attempted, failed, was put right and came back. */
import type { Mark } from '../ports/index.js';
import { millis } from '../time.js';

/** Marks without those that a person has cleared since: what failed or flipped before counts no more. */
export function standing(marks: readonly Mark[]): readonly Mark[] {
  const cleared = new Map<string, number>();
  for (const mark of marks) {
    if (mark.kind !== 'cleared' || mark.finding === undefined) continue;
    cleared.set(mark.finding, Math.max(cleared.get(mark.finding) ?? -Infinity, millis(mark.at)));
  }
  if (cleared.size === 0) return marks;
  return marks.filter(({ finding, at }) => millis(at) > (cleared.get(finding ?? '') ?? -Infinity));
}

/** Changes that were begun, without those that were refused: nothing was changed by them. */
export function begun(marks: readonly Mark[]): readonly Mark[] {
  const open = new Map<string, Mark>();
  const refused = new Set<Mark>();
  for (const mark of marks) {
    const of = mark.finding ?? '';
    const last = open.get(of);
    if (mark.kind === 'attempt') open.set(of, mark);
    else if (mark.kind === 'refused' && last !== undefined) refused.add(last);
  }
  return marks.filter((mark) => mark.kind === 'attempt' && !refused.has(mark));
}

/**
 * The moments (ms, ascending) of the marks. One change writes a mark for each finding that it is about: what has the
 * same moment in the same model is one.
 */
export function moments(marks: readonly Mark[]): readonly number[] {
  const changes = new Map(marks.map(({ at, model }) => [JSON.stringify([at, model]), millis(at)]));
  return [...changes.values()].sort((a, b) => a - b);
}
