import type { ApplicationView, ModelView } from '../../core/evaluate/view.js';
import { farEnd } from '../shared/far-end.js';
import { isLinks, linksAt } from '../shared/relations.js';
import { tlsRelation } from '../shared/tls-relation.js';
import { tlsSides, zookeeperEndpoint } from './endpoints.js';
import { charmsOf, isProduct, productOf, type Component } from './product.js';

/**
 * The applications at the other end of `zookeeper`. Undefined where one is in another model or the relations were not
 * read: Kafka stands still between the two TLS steps, so that both have to be in reach of one plan.
 */
function neighbours(app: ApplicationView): readonly ApplicationView[] | undefined {
  const links = linksAt(app, zookeeperEndpoint);
  if (!isLinks(links)) return undefined;
  const ends = links.sure.map((link) => farEnd(app.model, link.other));
  const local = ends.flatMap((end) => (end.kind === 'local' ? [end.app] : []));
  return local.length === ends.length ? local : undefined;
}

/** The ZooKeepers that a Kafka keeps its state in; undefined where one is out of reach or none of ours. */
export function zookeepersOf(kafka: ApplicationView): readonly ApplicationView[] | undefined {
  const all = neighbours(kafka);
  return all?.every((app) => isOne(app, 'zookeeper')) === true ? all : undefined;
}

/** The Kafkas that keep their state in a ZooKeeper; undefined where a client of it is out of reach. */
export function kafkasOf(zookeeper: ApplicationView): readonly ApplicationView[] | undefined {
  return neighbours(zookeeper)?.filter((app) => isOne(app, 'kafka'));
}

/** Kafkas of a model that stand still: their ZooKeeper has a TLS provider, and they have none yet. */
export function betweenSteps(model: ModelView): readonly ApplicationView[] {
  const kafkas = charmsOf('kafka').flatMap((charm) => model.deployed(charm));
  return kafkas.filter((kafka) => {
    const zookeepers = zookeepersOf(kafka) ?? [];
    return hasNoTls(kafka) && zookeepers.length > 0 && !zookeepers.some(hasNoTls);
  });
}

/** Whether an application of ours surely lacks a TLS provider on one of its sides. */
export function hasNoTls(app: ApplicationView): boolean {
  const product = productOf(app);
  if (!isProduct(product)) return false;
  return tlsSides(product).some((side) => tlsRelation(app, side).reason === side.disabled);
}

function isOne(app: ApplicationView, component: Component): boolean {
  const product = productOf(app);
  return isProduct(product) && product.component === component;
}
