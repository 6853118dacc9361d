import type { Knowledge } from '../../core/knowledge.js';
import type { Charm } from '../../core/snapshot.js';
import type { JudgedTime } from '../../core/time.js';

/** Whether a charm of the table is retired where and when it runs; else until when or where it is maintained. */
export function standingOf(
  charm: Charm,
  entry: Knowledge['retiredCharms'][string],
  time: JudgedTime,
): string {
  const { from, fromBase } = entry;
  if (from !== undefined && !time.isPast(from)) return `until ${from}`;
  if (fromBase !== undefined && !isAtLeast(charm.base, fromBase)) return `below ${fromBase}`;
  return 'retired';
}

/** `ubuntu@24.04` is at least `ubuntu@22.04`; bases of two systems cannot be compared, an unknown one is none. */
function isAtLeast(base: string | undefined, least: string): boolean {
  const [system, version] = (base ?? '').split('@');
  const [leastSystem, leastVersion] = least.split('@');
  return system === leastSystem && Number.parseFloat(version ?? '') >= Number.parseFloat(leastVersion ?? '');
}
