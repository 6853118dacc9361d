/** Policies by seed: mostly carried out, with rails of all kinds in the way. */
import {
  defaultPace,
  observeOnly,
  type Pace,
  type Policy,
  type PolicyRule,
  type Waiver,
} from '../../src/core/policy/policy.js';
import type { LimitRule, WindowRule } from '../../src/core/policy/rails.js';
import { instant } from '../../src/core/time.js';
import { canaries } from './estates.js';
import type { Chance } from './chance.js';

const minute = 60_000;

/** Controls of several guides and scopes, as patterns for rules. */
const patterns = [
  'JUJU-USER-*',
  'JUJU-CTRL-*',
  'JUJU-MODEL-*',
  'JUJU-APP-*',
  'ETCD-*',
  'PG-*',
  'KAFKA-*',
  '*-ENC-*',
];

export function aPolicy(chance: Chance, controllers: readonly string[], start: number): Policy {
  const policy = {
    ...observeOnly,
    controllers: controllers.map(accessTo),
    defaults: {
      mode: chance.happens(0.85) ? 'enforce' : chance.pick(['propose', 'observe'] as const),
      profile: chance.happens(0.3) ? 'strict' : 'baseline',
      disruptive: chance.pick(['allow', 'allow', 'allow', 'approval', 'window'] as const),
    } as const,
    rules: [...(chance.happens(0.6) ? rules(chance) : []), ...(chance.happens(0.4) ? [promptly] : [])],
    waivers: chance.happens(0.5) ? waivers(chance, start) : [],
    windows: chance.happens(0.4) ? windows(chance) : [],
    limits: chance.happens(0.6) ? limits(chance) : [],
    managedBy: chance.happens(0.15) ? [{ match: { model: 'm1' }, tool: 'terraform' as const }] : [],
    pace: pace(chance),
  };
  return { ...policy, hash: `policy-${chance.whole(1, 1_000_000)}` };
}

/** Refreshes are due soon after a revision is out. */
const promptly: PolicyRule = { match: { control: 'JUJU-APP-04' }, params: { age: '10m', hang: '20m' } };

function accessTo(name: string): Policy['controllers'][number] {
  return {
    name,
    addresses: [],
    observer: { user: 'observer', password: canaries.observer },
    auditor: { user: 'auditor', password: canaries.auditor },
    remediator: { user: 'remediator', password: canaries.remediator },
  };
}

function rules(chance: Chance): readonly PolicyRule[] {
  return Array.from({ length: chance.whole(1, 3) }, (): PolicyRule => {
    const match = { control: chance.pick(patterns), ...(chance.happens(0.3) ? { model: 'm0' } : {}) };
    const kind = chance.pick(['mode', 'disruptive', 'enabled'] as const);
    switch (kind) {
      case 'mode':
        return { match, mode: chance.pick(['observe', 'propose', 'enforce'] as const) };
      case 'disruptive':
        return { match, disruptive: chance.pick(['allow', 'approval', 'window'] as const) };
      case 'enabled':
        return { match, enabled: false };
    }
  });
}

function waivers(chance: Chance, start: number): readonly Waiver[] {
  return Array.from({ length: chance.whole(1, 2) }, (_, index): Waiver => ({
    id: `w${index}`,
    kind: 'waived',
    match: { control: chance.pick(patterns), ...(chance.happens(0.5) ? { controller: 'prod' } : {}) },
    reason: 'known',
    owner: 'ops',
    expires: instant(start + chance.between(5, 300) * minute),
  }));
}

/** Every hour or two, so that a run sees them open and close; one that denies leaves some of one that allows. */
function windows(chance: Chance): readonly WindowRule[] {
  const kinds = chance.pick([['allow'], ['deny'], ['allow', 'deny']] as const);
  return kinds.map((kind): WindowRule => ({
    name: kind,
    kind,
    match: chance.happens(0.5) ? {} : { control: chance.pick(patterns) },
    cron: `${chance.whole(0, 59)} ${chance.pick(['*', '*/2'])} * * *`,
    duration: (kind === 'allow' ? chance.whole(30, 50) : chance.whole(5, 20)) * 60,
    timeZone: chance.pick(['UTC', 'Europe/Berlin', 'America/New_York']),
  }));
}

/** Each of the limits as it is shipped, or narrower. */
function limits(chance: Chance): readonly LimitRule[] {
  const maybe = (share: number, rails: Partial<LimitRule>): Partial<LimitRule> =>
    chance.happens(share) ? rails : {};
  const rails: LimitRule = {
    match: {},
    ...maybe(0.3, { applications: chance.whole(1, 3) }),
    ...maybe(0.3, { percent: chance.pick([20, 50, 100]) }),
    ...maybe(0.3, { units: chance.whole(2, 8) }),
    ...maybe(0.3, { actions: chance.whole(2, 12) }),
    ...maybe(0.4, { perHour: chance.whole(2, 12) }),
    ...maybe(0.5, { attempts: chance.whole(1, 4), attemptWindow: 86_400 }),
    ...maybe(0.4, { failures: chance.whole(1, 3), coolDown: chance.whole(5, 30) * 60 }),
    ...maybe(0.4, { flips: chance.whole(1, 3), flipWindow: 6 * 3600 }),
    ...maybe(0.3, { approvalValidity: chance.whole(10, 120) * 60 }),
    ...maybe(0.2, { rollback: 'never' }),
    ...maybe(0.2, { plaintextRollback: true }),
  };
  return [rails];
}

function pace(chance: Chance): Pace {
  if (chance.happens(0.1)) return defaultPace;
  return {
    ...defaultPace,
    poll: chance.pick([15, 30]),
    pollIdle: chance.pick([60, 120]),
    slowFacts: 600,
    maxAge: 600,
    probe: chance.pick([60, 180]),
    verifyLook: chance.pick([3, 6]),
    verifyDeadline: chance.pick([180, 300]),
  };
}

/** Without who may log in. */
export function policyText(policy: Policy): string {
  const { rules, defaults, waivers, windows, limits: rails, managedBy, pace: times } = policy;
  return JSON.stringify({ defaults, rules, waivers, windows, limits: rails, managedBy, pace: times });
}
