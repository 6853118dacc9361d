import type { Finding } from '../../core/finding.js';
import type { Policy, PolicyRule } from '../../core/policy/policy.js';
import { scopeMatcher } from '../../core/policy/resolve.js';
import { matchText } from './words.js';

/** A sentence for each rule that no control on no target of the estate falls under. */
export function idleRules(policy: Policy, judge: (policy: Policy) => readonly Finding[]): readonly string[] {
  if (policy.rules.length === 0) return [];
  const findings = judge({ ...policy, rules: policy.rules.map(switchedOn) });
  const scopes = findings.map(({ target, guide, control }) => ({
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

/** A rule that switches controls off leaves no finding to match. */
function switchedOn(rule: PolicyRule): PolicyRule {
  return { ...rule, enabled: true };
}
