/** Builds steps and scenes for the safety rails: all at rest and allowed, unless a test says otherwise. */
import type { Action, Precondition } from '../../src/core/action/action.js';
import { argvOf } from '../../src/core/action/argv.js';
import type { PlannedAction } from '../../src/core/action/planned.js';
import type { Finding } from '../../src/core/finding.js';
import { fail } from '../../src/core/judgement.js';
import { hashOf, planHash, type Plan, type Proposal, type ProposedStep } from '../../src/core/plan.js';
import { limitsFor } from '../../src/core/policy/limits.js';
import { defaultRails, type Rails, type WindowRule } from '../../src/core/policy/rails.js';
import type { Settings } from '../../src/core/policy/resolve.js';
import type { Decision, Mark, Orders } from '../../src/core/ports/index.js';
import type { RailScene, RailVerdict } from '../../src/core/rails/index.js';
import { findingId } from '../../src/core/report/build.js';
import type { Unit } from '../../src/core/snapshot.js';
import type { Target } from '../../src/core/target.js';
import { instant, millis } from '../../src/core/time.js';
import { notExposed, toyGuide } from './toy-guide.js';
import {
  application,
  controller,
  estate,
  model,
  relate,
  unit,
  type ControllerSpec,
  type ModelSpec,
} from './world.js';

/** The moment of every scene, unless a test says otherwise. */
export const at = millis('2026-11-22T06:00:00Z');
export const place = { controller: 'prod', owner: 'admin', model: 'data' } as const;
const minute = 60_000;

/** A moment so many minutes before the scene's. */
export function ago(minutes: number): string {
  return instant(at - minutes * minute);
}

export interface FindingSpec {
  readonly control?: string;
  readonly target?: Partial<Target>;
  readonly settings?: Partial<Omit<Settings, 'rails'>>;
  readonly rails?: Partial<Rails>;
}

export function finding({
  control = 'TOY-01',
  target = {},
  settings = {},
  rails = {},
}: FindingSpec = {}): Finding {
  return {
    control: { ...notExposed, id: control },
    guide: toyGuide,
    target: { kind: 'application', controller: 'prod', model: 'data', application: 'etcd', ...target },
    judgement: fail('Wrong', 'it is wrong'),
    settings: {
      mode: 'enforce',
      profile: 'baseline',
      disruptive: 'allow',
      enabled: true,
      params: {},
      windows: [],
      ...settings,
      rails: { ...defaultRails, ...rails },
    },
    remedies: [],
    validUntil: Infinity,
  };
}

export interface StepSpec extends FindingSpec {
  readonly findings?: readonly Finding[];
  readonly preconditions?: readonly Precondition[];
  readonly irreversible?: string;
  readonly disruptive?: boolean;
}

/** A disruptive step. */
export function step(args: Action, given: StepSpec = {}): ProposedStep {
  const { findings = [finding(given)], preconditions = [], irreversible, disruptive = true } = given;
  const action: PlannedAction = {
    id: `${args.type}-${hashOf(args).slice(0, 8)}`,
    type: args.type,
    args,
    preconditions,
    argv: ['juju', ...argvOf(args)],
    effect: `${args.type} is done`,
    ...(irreversible === undefined ? { inverse: [] } : { irreversible }),
    risk: 'low',
    disruptive,
    repeatable: true,
    cutsOff: [],
    controls: findings.map(({ control }) => control.id),
  };
  return { action, findings };
}

/** Sets an option of an application, which restarts it. */
export function restart(app = 'etcd', given: StepSpec = {}): ProposedStep {
  const target = { application: app, ...given.target };
  return step(
    { type: 'set-config', model: place, application: app, key: 'tls', value: 'on' },
    { ...given, target },
  );
}

/** Gives an application its provider of certificates. */
export function secure(app = 'etcd', given: StepSpec = {}): ProposedStep {
  const ends = [
    { application: 'ca', endpoint: 'certificates' },
    { application: app, endpoint: 'peer-certificates' },
  ] as const;
  const preconditions = [
    { type: 'relation-absent', application: app, endpoint: 'peer-certificates' },
    { type: 'application-settled', application: app },
    ...(given.preconditions ?? []),
  ] as const;
  return step(
    { type: 'integrate', model: place, ends },
    { ...given, preconditions, target: { application: app, ...given.target } },
  );
}

export function proposal(steps: readonly ProposedStep[]): Proposal {
  const target = { kind: 'model', controller: 'prod', model: 'data' } as const;
  const limits = limitsFor(steps.flatMap(({ findings }) => findings.map(({ settings }) => settings)));
  const actions = steps.map(({ action }) => action);
  const hash = planHash({ target, limits, actions });
  const findings = steps.flatMap((one) =>
    one.findings.map(({ control, target: on }) => findingId(control.id, on)),
  );
  const plan: Plan = {
    kind: 'Plan',
    version: 'v1',
    id: hash.slice(0, 12),
    hash,
    target,
    createdAt: instant(at),
    findings: [...new Set(findings)],
    limits,
    actions,
  };
  return { plan, steps };
}

export interface SceneSpec {
  readonly steps: readonly ProposedStep[];
  readonly model?: ModelSpec | 'none';
  /** Other models of the controller, and what else is seen of it. */
  readonly controller?: ControllerSpec;
  readonly orders?: Partial<Orders>;
  readonly marks?: readonly Mark[];
  readonly journal?: RailScene['journal'];
  readonly ourselves?: readonly string[];
  readonly now?: number;
}

/** Five etcd-like applications of three units, with a provider of certificates. */
export const usual: ModelSpec = {
  applications: {
    etcd: application({ charm: { name: 'charmed-etcd' }, units: 3 }),
    kafka: application({ charm: { name: 'kafka-k8s' }, units: 3 }),
    zookeeper: application({ charm: { name: 'zookeeper-k8s' }, units: 3 }),
    postgresql: application({ charm: { name: 'postgresql-k8s' }, units: 3 }),
    ca: application({ charm: { name: 'self-signed-certificates' } }),
  },
  relations: [relate('kafka:zookeeper', 'zookeeper:zookeeper', 'zookeeper')],
};

export function scene(given: SceneSpec): RailScene {
  const { model: spec = usual, controller: more = {}, steps } = given;
  const models = { ...(spec === 'none' ? {} : { data: model(spec) }), ...more.models };
  const prod = estate({ controllers: { prod: controller({ ...more, models }) } }).controllers['prod'];
  if (prod === undefined) throw new Error('no controller');
  const data = prod.models['data'];
  return {
    world: { controller: prod, ...(data === undefined ? {} : { model: data }) },
    proposal: proposal(steps),
    orders: { decisions: [], quarantines: [], pauses: [], ...given.orders },
    marks: given.marks ?? [],
    journal: given.journal ?? { state: 'ok' },
    ourselves: given.ourselves ?? ['holdfast', 'holdfast-observer'],
    now: given.now ?? at,
  };
}

/** A person's word on a plan, an hour old and good for two more unless it says otherwise. */
export function word(plan: Plan, given: Partial<Decision> = {}): Decision {
  const times = { at: ago(60), expiresAt: instant(at + 120 * minute) };
  return { id: 'd1', planHash: plan.hash, decision: 'approve', by: 'ann', ...times, plan, ...given };
}

/** A mark of the scene's model. */
export function mark(kind: Mark['kind'], minutesAgo: number, more: Partial<Mark> = {}): Mark {
  const where = { controller: 'prod', model: 'data', application: 'etcd', control: 'TOY-01' };
  return { at: ago(minutesAgo), kind, ...where, ...more };
}

/** A window that opens at a time of every day, for two hours, in UTC, unless it says otherwise. */
export function window(cron: string, more: Partial<WindowRule> = {}): WindowRule {
  return { name: 'nights', kind: 'allow', match: {}, cron, duration: 7200, timeZone: 'UTC', ...more };
}

/** `State Reason`, or the note of a rail that lets the step through. */
export function said({ hold, note }: Omit<RailVerdict, 'rail'>): string {
  return hold === undefined ? `- ${note}` : `${hold.state} ${hold.reason}`;
}

/** The usual model with one unit of an application as given. */
export function having(name: string, more: Partial<Unit>, spec: ModelSpec = usual): ModelSpec {
  const units = { [`${name}/0`]: unit(`${name}/0`, more) };
  const charm = { name: name === 'etcd' ? 'charmed-etcd' : `${name}-k8s` };
  return { ...spec, applications: { ...spec.applications, [name]: application({ charm, units }) } };
}
