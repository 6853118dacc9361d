import type { Finding } from '../../core/finding.js';
import type { Policy } from '../../core/policy/policy.js';
import { scopeMatcher } from '../../core/policy/resolve.js';
import { matchText } from './words.js';

/** A sentence for each rule that no control on no target of the estate falls under. */
export function idleRules(policy: Policy, judged: readonly Finding[]): readonly string[] {
  if (policy.rules.length === 0) return [];
  const scopes = judged.map(({ target, guide, control }) => ({
    ...target,
    guide: guide.id,
    control: control.id,
  }));
  return policy.rules.flatMap(({ match }, index) =>
    scopes.some(scopeMatcher(match))
      ? []
      : [`rules[${index}] (${matchText(match)}) matches nothing in the estate`],
  );
}

/** The policy with every control judged: rules that switch some off leave no finding to match. */
export function switchedOn(policy: Policy): Policy {
  return { ...policy, rules: policy.rules.map((rule) => ({ ...rule, enabled: true })) };
}
