/** Looks into units: as the prober that the policy names, or as whoever is logged in where he asks for it. */
import type { Inside } from '../controller/inside-book.js';
import type { WorkloadEvidence } from '../core/evidence/workload.js';
import { valueOf, type Gap } from '../core/fact.js';
import { callGate } from '../core/gate.js';
import { mapDict } from '../core/dict.js';
import type { Policy } from '../core/policy/policy.js';
import { workloadRuleFor, type WorkloadRule } from '../core/policy/workload.js';
import type { Clock, JujuCli } from '../core/ports/index.js';
import type { EtcdIdentity } from '../core/evidence/etcd-users.js';
import type { LookInside, WorkloadReader } from '../core/ports/workload-reader.js';
import type { ApplicationState, ControllerState, ModelState, Snapshot } from '../core/snapshot.js';
import { instant } from '../core/time.js';
import type { InsideCalls } from '../juju/status/with-juju.js';
import { podExec } from '../kube/exec/pod-exec.js';
import { insight } from '../workload/collect/collect-application.js';
import { jujuReader } from '../workload/collect/juju-reader.js';
import { readEtcdUsers } from '../workload/collect/etcd-users.js';
import { kubeReader } from '../workload/collect/kube-reader.js';
import { notPermitted } from '../workload/collect/permitted.js';
import { proberCli, type Followed } from './remediator-cli.js';
import { accessTo } from './clusters.js';
import { toolVersion } from '../config/version.js';
import type { WatchedCluster } from '../core/policy/clusters.js';
import type { Environment } from '../config/environment.js';

interface Surroundings {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly followed: (controller: string) => Followed | undefined;
  /** Which addresses may be connected to; by default literal ones that a unit could have. */
  readonly mayProbe?: ((address: string) => boolean) | undefined;
}

function usersBy(
  identity: EtcdIdentity,
  { clock, mayProbe }: Pick<Surroundings, 'clock' | 'mayProbe'>,
): NonNullable<LookInside['usersOf']> {
  const now = (): string => instant(Math.floor(clock.now() / 1000) * 1000);
  return (app) => readEtcdUsers(app, identity, { clock, now, mayAsk: mayProbe });
}

/** How the daemon looks into units. */
export function insideAs(surroundings: Surroundings): Inside {
  const cliFor = proberCli(surroundings, notPermitted);
  return {
    insight,
    readerFor: (controller, rule) =>
      rule.through === undefined
        ? readerOf(cliFor(controller), controller)
        : throughCluster(rule.through, surroundings),
    usersAs: (identity) => usersBy(identity, surroundings),
  };
}

/** By the cluster's own access, which is read anew each time: it rotates. */
function throughCluster(
  cluster: WatchedCluster,
  { environment, clock }: Pick<Surroundings, 'environment' | 'clock'>,
): WorkloadReader {
  const access = () => accessTo(cluster, environment);
  return kubeReader(podExec({ access, clock, userAgent: `holdfast/${toolVersion()}` }));
}

function readerOf(cli: JujuCli | undefined, controller: string): WorkloadReader | Gap {
  return cli === undefined ? noProber(controller) : jujuReader(cli);
}

function noProber(controller: string): Gap {
  return {
    reason: `the policy names no prober identity for controller ${controller}`,
    permission: 'a prober identity with model admin (identities.prober of the controller)',
  };
}

/** Who looks into the units of one look at an estate, and when it is. */
export interface OneLookInside {
  readonly readerFor: (controller: string, rule: WorkloadRule) => WorkloadReader | Gap;
  readonly clock: Clock;
  readonly progress: (line: string) => void;
}

/** The snapshot with what the units show that the policy lets be looked into: once, now. */
export async function withInside(
  snapshot: Snapshot,
  { workload = [] }: Policy,
  look: OneLookInside,
): Promise<Snapshot> {
  if (workload.length === 0) return snapshot;
  const controllers = await mapAll(snapshot.controllers, (controller) =>
    controllerWith(controller, workload, look),
  );
  return { ...snapshot, controllers };
}

async function controllerWith(
  controller: ControllerState,
  rules: readonly WorkloadRule[],
  look: OneLookInside,
): Promise<ControllerState> {
  const models = await mapAll(controller.models, (model) => modelWith(model, rules, look));
  return { ...controller, models };
}

async function modelWith(
  model: ModelState,
  rules: readonly WorkloadRule[],
  look: OneLookInside,
): Promise<ModelState> {
  const { controller, name } = model;
  const meant = new Map(
    Object.keys(model.applications).flatMap((application) => {
      const rule = workloadRuleFor(rules, { controller, model: name, application });
      return rule === undefined ? [] : [[application, rule] as const];
    }),
  );
  if (meant.size === 0) return model;
  look.progress(`looking into the units of the model ${name}`);
  const gate = callGate(look.clock, () => ({
    atOnce: Math.min(...[...meant.values()].map(({ atOnce }) => atOnce)),
    perMinute: Math.min(...[...meant.values()].map(({ perMinute }) => perMinute)),
  }))(undefined);
  const applications = await mapAll(model.applications, async (app) => {
    const rule = meant.get(app.name);
    return rule === undefined ? app : applicationWith(app, await seen(app, model, { ...look, gate, rule }));
  });
  return { ...model, applications };
}

function seen(
  app: ApplicationState,
  model: ModelState,
  {
    readerFor,
    clock,
    gate,
    rule,
  }: OneLookInside & Pick<LookInside, 'gate'> & { readonly rule: WorkloadRule },
): Promise<WorkloadEvidence | undefined> {
  const now = (): string => instant(Math.floor(clock.now() / 1000) * 1000);
  const owner = valueOf(model.info)?.owner;
  const place = `${model.controller}:${owner ?? ''}/${model.name.slice(model.name.indexOf('/') + 1)}`;
  const reader = readerFor(model.controller, rule);
  if ('look' in reader && owner !== undefined)
    return insight.collect(app, {
      ...{ reader, model: place, now, gate },
      usersOf: rule.etcd && usersBy(rule.etcd, { clock }),
    });
  const gap = 'look' in reader ? { reason: "the model's owner is not known" } : reader;
  const reading = { source: { road: 'workload', call: 'the units' }, at: now() } as const;
  return Promise.resolve(insight.without(app, reading, gap));
}

function applicationWith(app: ApplicationState, workload: WorkloadEvidence | undefined): ApplicationState {
  return workload === undefined ? app : { ...app, workload };
}

async function mapAll<T>(
  dict: Readonly<Record<string, T>>,
  change: (value: T) => Promise<T>,
): Promise<Readonly<Record<string, T>>> {
  const changed = new Map(
    await Promise.all(Object.entries(dict).map(async ([key, value]) => [key, await change(value)] as const)),
  );
  return mapDict(dict, (value, key) => changed.get(key) ?? value);
}

/** The same by the person's own login, for the road that needs nothing else. */
export function byCaller(
  policy: Policy,
  {
    clock,
    progress,
    environment,
  }: Pick<OneLookInside, 'clock' | 'progress'> & Pick<Surroundings, 'environment'>,
): InsideCalls {
  return {
    refuses: notPermitted,
    look: (snapshot, cli) =>
      withInside(snapshot, policy, {
        readerFor: (_, { through }) =>
          through === undefined ? jujuReader(cli) : throughCluster(through, { environment, clock }),
        clock,
        progress,
      }),
  };
}

/** For looks at one controller after it was read: how it was followed. */
export function followedOnce(
  snapshot: Snapshot,
  { controllers, pace }: Policy,
): (name: string) => Followed | undefined {
  return (name) => {
    const access = controllers.find((one) => one.name === name);
    const state = snapshot.controllers[name];
    return access === undefined || state === undefined
      ? undefined
      : { api: { current: () => state }, access, deadline: pace.cliDeadline };
  };
}
