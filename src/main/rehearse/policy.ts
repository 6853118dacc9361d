/** The policy of a rehearsal: that of the real estate with everything decided that a person or time can decide. */
import { valueOf } from '../../core/fact.js';
import type { ControllerAccess, Credentials, Policy, PolicyRule } from '../../core/policy/policy.js';
import type { LimitRule } from '../../core/policy/rails.js';
import type { Snapshot } from '../../core/snapshot.js';
import type { World } from '../../simulator/world/state.js';

/** Nothing that is rehearsed at once reaches these. */
const wide: LimitRule = {
  match: {},
  applications: 100_000,
  percent: 100,
  units: 100_000,
  actions: 100_000,
  perHour: 100_000,
  failures: 100_000,
};

/** Looking only, or carrying out whatever the daemon is given. */
export function rehearsalPolicy(
  policy: Policy,
  controllers: readonly ControllerAccess[],
  mode: 'observe' | 'enforce',
): Policy {
  return {
    ...policy,
    controllers,
    defaults: { ...policy.defaults, mode, disruptive: 'allow' },
    rules: policy.rules.map(undecided),
    windows: [],
    limits: [...policy.limits, wide],
    managedBy: [],
  };
}

/** A rule without its words on how far to go. */
export function undecided({ match, profile, params, enabled }: PolicyRule): PolicyRule {
  return {
    match,
    ...(profile === undefined ? {} : { profile }),
    ...(params === undefined ? {} : { params }),
    ...(enabled === undefined ? {} : { enabled }),
  };
}

/** Our identities as the policy names them, where the estate has them; else its administrator. */
export function accessTo(world: World, policy: Policy, snapshot: Snapshot): readonly ControllerAccess[] {
  return [...world.controllers.values()].map(({ name, users }) => {
    const declared = policy.controllers.find((access) => access.name === name);
    const known = new Set(
      (valueOf(snapshot.controllers[name]?.users ?? noUsers) ?? []).map((user) => user.name),
    );
    const identity = (wanted: Credentials | undefined): Credentials => {
      const user = wanted !== undefined && known.has(wanted.user) ? wanted.user : 'admin';
      return { user, password: users.get(user)?.password ?? '' };
    };
    return {
      name,
      addresses: [],
      observer: identity(declared?.observer),
      auditor: identity(declared?.auditor),
      remediator: identity(declared?.remediator),
    };
  });
}

const noUsers = {
  unknown: { reason: 'not in the snapshot' },
  source: { road: 'snapshot', call: '' },
  at: '1970-01-01T00:00:00Z',
} as const;
