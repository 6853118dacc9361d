import { InputError } from '../core/input-error.js';
import type { Policy } from '../core/policy/policy.js';

/**
 * Until every safety rail exists, a daemon on a real estate may observe and propose, nothing more.
 * @throws InputError naming each place in the policy that asks for more.
 */
export function refuseEnforce(policy: Policy): void {
  const places = [
    ...(policy.defaults.mode === 'enforce' ? ['defaults.mode'] : []),
    ...policy.rules.flatMap((rule, index) => (rule.mode === 'enforce' ? [`rules[${index}].mode`] : [])),
  ];
  if (places.length === 0) return;
  throw new InputError(
    `${places.join(', ')}: enforce is not offered yet on real estates, because approvals, windows and limits do not exist yet; use propose: the plans are shown, and nothing is changed`,
  );
}
