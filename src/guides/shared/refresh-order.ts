import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { stageOf, type RefreshStage } from '../../core/refresh/stage.js';
import { pendingRefresh } from './charm-currency.js';
import { farEnd } from './far-end.js';
import { isLinks, linksAt, type Endpoint } from './relations.js';

/** How the refresh of an application stands; undefined where it cannot be seen. */
export function stageIn(app: ApplicationView): RefreshStage | undefined {
  const [charm, status, units] = [app.get('charm'), app.get('status'), app.get('units')];
  return stageOf({ name: app.name, charm, status, units });
}

const zookeeperEndpoint: Endpoint = { name: 'zookeeper', interface: 'zookeeper', sole: true };

/**
 * The applications that must not be refreshed at the same time: ZooKeeper and its Kafkas. Undefined while it is not
 * this one's turn: ZooKeeper goes first, never both at once, and one that is out of sight leaves it to a person.
 */
export function neighboursAtRest(app: ApplicationView): readonly string[] | undefined {
  const component = componentOf(app);
  if (component === undefined) return [];
  const neighbours = neighboursOf(app);
  if (neighbours === undefined || (component === 'kafka' && neighbours.length === 0)) return undefined;
  const areAtRest = neighbours.every(
    (other) => stageIn(other)?.stage === 'none' && !(component === 'kafka' && isWaitingItself(other)),
  );
  return areAtRest ? neighbours.map(({ name }) => name) : undefined;
}

/** Kafka 4 needs no ZooKeeper. */
function componentOf(app: ApplicationView): 'kafka' | 'zookeeper' | undefined {
  const charm = app.get('charm');
  if (!isKnown(charm)) return undefined;
  const { name, track } = charm.value;
  if (name === 'zookeeper' || name === 'zookeeper-k8s') return 'zookeeper';
  return (name === 'kafka' || name === 'kafka-k8s') && track === '3' ? 'kafka' : undefined;
}

function neighboursOf(app: ApplicationView): readonly ApplicationView[] | undefined {
  const links = linksAt(app, zookeeperEndpoint);
  if (!isLinks(links) || links.perhaps.length > 0) return undefined;
  const ends = links.sure.map((link) => farEnd(app.model, link.other));
  const local = ends.flatMap((end) => (end.kind === 'local' ? [end.app] : []));
  if (local.length < ends.length) return undefined;
  return local.filter((other) => componentOf(other) !== undefined);
}

/** One that Juju could refresh, or of which that is not shown, goes first. */
function isWaitingItself(app: ApplicationView): boolean {
  return !isKnown(app.get('upgrade')) || pendingRefresh(app) !== undefined;
}
