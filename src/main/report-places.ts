/** Which models have their reports in which cluster. */
import type { ReportPlace } from '../core/openreports/types.js';
import { isKnown, valueOf } from '../core/fact.js';
import type { ClusterState, NamespaceState } from '../core/kube/cluster.js';
import { isNamespaceOf } from '../core/kube/model-namespace.js';
import { modelNamespaces, namespaceOwner } from '../core/kube/places.js';
import type { WatchedCluster } from '../core/policy/clusters.js';
import type { ControllerState, ModelState } from '../core/snapshot.js';
import type { SinkPlaces } from '../kube/report/shared.js';

/** A cluster that reports go to, as it is seen now. */
export interface ReportingCluster {
  readonly cluster: Pick<WatchedCluster, 'name' | 'match'>;
  readonly state: ClusterState;
  /** Whether all that may be read of it was read. */
  readonly wasRead: boolean;
}

export interface Known {
  /** Of the controllers that are followed. */
  readonly controllers: readonly ControllerState[];
  /** Names of those of which the models are known, and of those that were followed once. */
  readonly sure: readonly string[];
  /** Models that this unit looks after; absent: there is no other unit. */
  readonly ours?: ReadonlySet<ModelState>;
  /** All clusters that reports go to, the one first that takes what belongs to none. */
  readonly clusters: readonly ReportingCluster[];
}

/** What belongs to one of the clusters. */
export function reportPlaces(name: string, known: Known): SinkPlaces {
  const placed = new Map(known.clusters.map((one) => [one.cluster.name, placedIn(one, known)]));
  const own = placed.get(name) ?? new Map<ModelState, ReportPlace>();
  const isFirst = known.clusters[0]?.cluster.name === name;
  const wereRead = known.clusters.every(({ wasRead }) => wasRead);
  const models = new Map(known.controllers.map((one) => [one.name, one.models]));
  const isElsewhere = (controller: string, model: string | undefined): boolean => {
    if (!isFirst) return true;
    if (model === undefined) return false;
    const state = models.get(controller)?.[model];
    const type = state === undefined ? undefined : valueOf(state.info)?.type;
    if (state === undefined || type === undefined) return true;
    // Its namespace may be found yet: until then it belongs nowhere.
    return type === 'caas' && (!wereRead || [...placed.values()].some((one) => one.has(state)));
  };
  return { models: [...own.values()], isElsewhere, known: known.sure, others: othersOf(own, known) };
}

/** Models that are there though nothing is told of them here, and controllers of which another unit may tell. */
function othersOf(
  own: ReadonlyMap<ModelState, ReportPlace>,
  { controllers, ours }: Known,
): NonNullable<SinkPlaces['others']> {
  const isJudged = (model: ModelState): boolean => (ours?.has(model) ?? true) && isKnown(model.info);
  return controllers.flatMap(({ name: controller, models }) => {
    const left = Object.values(models).filter((model) => !own.has(model) && !isJudged(model));
    const named = left.map(({ name: model }) => ({ controller, model }));
    return ours === undefined ? named : [...named, { controller }];
  });
}

function placedIn(
  { cluster, state }: ReportingCluster,
  { controllers, ours }: Known,
): ReadonlyMap<ModelState, ReportPlace> {
  const byName = new Map(controllers.map((one) => [one.name, one.models]));
  const placed = new Map<ModelState, ReportPlace>();
  for (const [namespace, candidates] of modelNamespaces(controllers, cluster.match)) {
    const found = state.namespaces[namespace];
    const models = candidates.flatMap(({ controller, model }) => byName.get(controller)?.[model] ?? []);
    const owner = found && ownerOf(found, models);
    if (found === undefined || owner === undefined || ours?.has(owner) === false) continue;
    const { controller, name: model } = owner;
    const statefulSets = new Set(Object.keys(valueOf(found.statefulSets) ?? {}));
    placed.set(owner, { controller, model, namespace, statefulSets });
  }
  return placed;
}

/**
 * The model whose namespace it is, as its labels tell. Where these may not be read, the only model of that name has it,
 * once something of an application is seen there.
 */
function ownerOf(
  { namespace, statefulSets }: NamespaceState,
  models: readonly ModelState[],
): ModelState | undefined {
  if (isKnown(namespace))
    return models.find((model) => isNamespaceOf(namespaceOwner(model), namespace.value));
  const isInUse = Object.keys(valueOf(statefulSets) ?? {}).length > 0;
  return isInUse && models.length === 1 ? models[0] : undefined;
}
