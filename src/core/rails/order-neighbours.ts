/** Applications that work closely with one that is to be changed. */
import { valueOf } from '../fact.js';
import type { ApplicationState, ModelState, Relation, RelationEnd } from '../snapshot.js';
import { waiting } from './holds.js';
import { isBusy, isRefreshing, productOf, unitsOf } from './places.js';
import type { Hold, World } from './rail.js';

/** Interfaces by which one application keeps its state in another. */
const backings: ReadonlySet<string> = new Set([
  'zookeeper',
  'peer_cluster',
  'kafka_client',
  'postgresql_client',
  'postgresql',
  'pgsql',
  'etcd_client',
  'mysql_client',
  'mongodb_client',
]);

/**
 * An application is left alone while the one that it keeps its state in restarts or is being refreshed. ZooKeeper is
 * left alone while its Kafka is, too.
 */
export function neighbourHold(app: ApplicationState, world: World): Hold | undefined {
  for (const other of neighbours(app, world)) {
    if (isRefreshing(other))
      return waiting(
        'NeighbourRefreshing',
        `${other.name} is being refreshed, and ${app.name} works with it`,
      );
    const message = unsettled(other);
    if (message !== undefined)
      return waiting('NeighbourRestarting', `${other.name} ${message}, and ${app.name} works with it`);
  }
  return undefined;
}

function unsettled(app: ApplicationState): string | undefined {
  if (isBusy(app)) return 'is at work';
  const behind = unitsOf(app).find(({ workloadMessage }) => /^provider not ready/i.test(workloadMessage));
  return behind && `says "${behind.workloadMessage}" on ${behind.name}`;
}

function neighbours(app: ApplicationState, world: World): readonly ApplicationState[] {
  return (valueOf(app.relations) ?? []).flatMap((relation) => {
    const end = relation.ends.find(({ application }) => application !== app.name);
    return end !== undefined && bindsTo(relation, end) ? (stateOf(end, world) ?? []) : [];
  });
}

/** A client that restarts is no reason to wait; where the road shows no roles, it may be the other way round. */
function bindsTo({ interface: kind }: Relation, { role }: RelationEnd): boolean {
  return backings.has(kind) && (role !== 'requirer' || kind === 'zookeeper');
}

function stateOf(end: RelationEnd, world: World): ApplicationState | undefined {
  return end.remote === true ? offered(end.application, world) : world.model?.applications[end.application];
}

/** What stands behind a remote application, where its model is on the same controller and in sight. */
function offered(saas: string, { controller, model }: World): ApplicationState | undefined {
  const url = offerOf((model && valueOf(model.remoteApplications))?.[saas]?.offerUrl ?? '');
  if ((url.controller ?? controller.name) !== controller.name) return undefined;
  const there = controller.models[url.model];
  return there?.applications[servedBy(url.offer, there)];
}

function servedBy(offer: string, model: ModelState): string {
  return valueOf(model.offers)?.[offer]?.application ?? '';
}

/** `controller:owner/model.offer`, the controller where it is another one; empty names where it is written otherwise. */
function offerOf(url: string): { controller: string | undefined; model: string; offer: string } {
  const [, controller, model = '', offer = ''] = /^(?:([^:]+):)?[^/]+\/([^.]+)\.(.+)$/.exec(url) ?? [];
  return { controller, model, offer };
}

/** The ZooKeepers that an application keeps its state in, as far as they are in sight. */
export function zookeepersOf(app: ApplicationState, world: World): readonly ApplicationState[] {
  return neighbours(app, world).filter((other) => productOf(other) === 'zookeeper');
}
