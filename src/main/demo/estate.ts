/** The demonstration's estate: the simulator's, with the identities that Holdfast works with. */
import { charmhubDefaults } from '../../core/policy/charmhub.js';
import type { Policy, PolicyRule } from '../../core/policy/policy.js';
import { defaultPace, observeOnly } from '../../core/policy/policy.js';
import type { LimitRule } from '../../core/policy/rails.js';
import { workloadDefaults, type WorkloadRule } from '../../core/policy/workload.js';
import { hashOf } from '../../core/plan.js';
import { demoEstate } from '../../simulator/estates/demo.js';
import type { EstateSpec, ModelSpec, SimulatedController } from '../../simulator/index.js';

const observer = 'holdfast-observer';
const auditor = 'holdfast-auditor';
const remediator = 'holdfast-remediator';
const prober = 'holdfast-prober';

/** The estate with an observer who may read, an auditor, a remediator and a prober on every controller. */
export const estateWithIdentities: EstateSpec = {
  controllers: demoEstate.controllers.map((controller) => ({
    ...controller,
    users: [
      ...(controller.users ?? []),
      { name: observer, lastConnectionDaysAgo: 0, createdDaysAgo: 30 },
      { name: auditor, access: 'superuser', lastConnectionDaysAgo: 0, createdDaysAgo: 30 },
      { name: remediator, access: 'superuser', lastConnectionDaysAgo: 0, createdDaysAgo: 30 },
      { name: prober, lastConnectionDaysAgo: 0, createdDaysAgo: 30 },
    ],
    controllerModel: { ...controller.controllerModel, users: { [observer]: 'read' } },
    models: controller.models.map((model) => ({
      ...withHoldfast(model),
      users: { ...model.users, [observer]: 'read', [remediator]: 'admin', [prober]: 'admin' },
    })),
  })),
};

/** Holdfast lives in the estate that it judges, and somebody was careless when deploying it. */
function withHoldfast(model: ModelSpec): ModelSpec {
  if (model.name !== 'postgres') return model;
  const holdfast = { name: 'holdfast', charm: 'holdfast-k8s', channel: 'latest/edge', trust: true };
  return { ...model, applications: [...model.applications, holdfast] };
}

const enforced = { mode: 'enforce', disruptive: 'allow' } as const;
const superusers = ['admin', 'alice', auditor, remediator];

/** What the demonstration may put right by itself: encryption, monitoring, superusers and the audit log. */
const rules: readonly PolicyRule[] = [
  { match: { control: 'JUJU-USER-01' }, ...enforced, params: { superusers, maximum: 4 } },
  { match: { control: 'JUJU-CTRL-01' }, ...enforced },
  { match: { control: 'JUJU-CTRL-02' }, ...enforced },
  { match: { model: 'data', control: '*-ENC-0?' }, ...enforced, params: { provider: 'etcd-ca' } },
  { match: { model: 'postgres', control: '*-ENC-0?' }, ...enforced, params: { provider: 'ca' } },
  { match: { model: 'streams', control: '*-ENC-0?' }, ...enforced, params: { provider: 'ca' } },
  { match: { control: 'PG-AUTH-01' }, ...enforced },
  { match: { control: 'KAFKA-AUD-01' }, ...enforced },
  { match: { control: 'ETCD-MON-01' }, ...enforced },
  { match: { control: 'EBP-MON-01' }, ...enforced },
];

/**
 * Units of one model for each product may be looked into, so that the others show what stays unknown without. In earnest
 * once in a quarter of an hour is often enough.
 */
const workload: readonly WorkloadRule[] = ['data', 'postgres', 'streams'].map((model) => ({
  match: { model },
  ...workloadDefaults,
  every: 90,
  perMinute: 240,
}));

/** A careful policy would let one of these through at a time; the demonstration is to end within minutes. */
const limits: readonly LimitRule[] = [
  { match: {}, applications: 50, percent: 100, units: 200, actions: 100, perHour: 500 },
];

/** The policy of the demonstration. `speed`: how many times faster than real time the estate lives. */
export function demoPolicy(controllers: readonly SimulatedController[], speed: number): Policy {
  const access = controllers.map(({ name, addresses, caCert, credentials }) => {
    const identity = (user: string): { user: string; password: string } => ({
      user,
      password: credentials[user]?.password ?? '',
    });
    return {
      name,
      addresses,
      caCert,
      observer: identity(observer),
      auditor: identity(auditor),
      remediator: identity(remediator),
      prober: identity(prober),
    };
  });
  const pace = {
    ...defaultPace,
    poll: 1,
    pollIdle: 2,
    slowFacts: 3,
    probe: 5,
    verifyLook: 1,
    quiet: 10 / speed,
    retryFirst: 2,
  };
  const defaults = { ...observeOnly.defaults, mode: 'propose' } as const;
  const policy = {
    ...observeOnly,
    controllers: access,
    defaults,
    rules,
    limits,
    pace,
    workload,
    charmhub: charmhubDefaults,
  };
  return { ...policy, hash: hashOf({ defaults, rules, limits, workload }) };
}
