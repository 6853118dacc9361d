/** What the demonstration tells of looks into units: what they settle, and what falls short that nothing else shows. */
import { isViolation } from '../../core/outcome.js';
import type { Report, ReportFinding } from '../../core/report/types.js';
import type { Narrator } from './narrator.js';

export function tellInside(tell: Narrator, { findings }: Report): void {
  const seen = findings.filter(isFromInside);
  const short = seen.filter(({ outcome }) => isViolation(outcome));
  tell.say(
    'inside',
    `${seen.length} findings come from a look into the units, of files only the keys that a control needs; ` +
      `${short.length} of them fall short: ${[...new Set(short.map(({ control }) => control))].join(', ')}`,
  );
}

/** Whether every unit that the policy lets be looked into was. */
export function isLookedInto({ findings }: Report): boolean {
  return (
    findings.some(isFromInside) && !findings.some(({ message }) => message.includes('not looked into yet'))
  );
}

function isFromInside({ outcome, evidence }: ReportFinding): boolean {
  return outcome !== 'unknown' && evidence.some(({ source }) => source.startsWith('workload'));
}
