import { globMatcher } from '../../core/glob.js';
import type { RuleMatch } from '../../core/policy/policy.js';
import type { WindowRule } from '../../core/policy/rails.js';
import { nextOpening } from '../../core/rails/index.js';
import { millis } from '../../core/time.js';
import type { Mistake } from '../mistakes.js';

/** From here on is looked for an opening: the answer does not hang on when the policy is read. */
const from = millis('2026-01-01T00:00:00Z');

/** Windows that allow changes and never do, for what they are about is denied all the time that they are open. */
export function shutWindows(windows: readonly WindowRule[]): Mistake[] {
  return windows.flatMap((window) => {
    if (window.kind === 'deny') return [];
    const deny = windows.filter(({ kind, match }) => kind === 'deny' && holds(match, window.match));
    if (deny.length === 0 || nextOpening({ deny, allow: [[window]] }, from) !== undefined) return [];
    return [
      `windows: ${window.name}: is never open: ${deny.map(({ name }) => name).join(' and ')} denies it`,
    ];
  });
}

const fields = ['controller', 'model', 'application', 'guide', 'control'] as const;

/** Whether all that the narrow match fits is surely fitted by the wide one. */
function holds(wide: RuleMatch, narrow: RuleMatch): boolean {
  return fields.every((field) => {
    const [outer, inner] = [wide[field], narrow[field]];
    if (outer === undefined || outer === inner) return true;
    return inner !== undefined && !/[*?]/.test(inner) && globMatcher(outer)(inner);
  });
}
