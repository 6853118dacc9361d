import type { Mode, OfferGrant, RuleMatch } from '../../core/policy/policy.js';

/** `model data, control *-ENC-*`; everything when nothing is named. */
export function matchText(match: RuleMatch | OfferGrant['match']): string {
  const named = Object.entries(match).map(([field, pattern]) => `${field} ${String(pattern)}`);
  return named.length === 0 ? 'everything' : named.join(', ');
}

/** What a mode means, in words. */
export const modeWords: Readonly<Record<Mode, string>> = {
  observe: 'look and tell',
  propose: 'look, tell and plan; nothing is changed',
  enforce: 'carry plans out within the rails',
};
