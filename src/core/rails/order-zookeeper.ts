import type { ProposedStep } from '../plan.js';
import { waiting } from './holds.js';
import { zookeepersOf } from './order-neighbours.js';
import { changedBy, disrupts, productOf, statesOf } from './places.js';
import type { Hold, RailScene } from './rail.js';

/** ZooKeeper before Kafka, never both: while anything disruptive is still to be done to a ZooKeeper, its Kafka waits. */
export function zookeeperFirst(step: ProposedStep, scene: RailScene): Hold | undefined {
  if (!disrupts(step.action)) return undefined;
  const { world, proposal } = scene;
  const kafkas = statesOf(changedBy(step.action), world.model).filter((app) => productOf(app) === 'kafka');
  const kafka = kafkas[0];
  if (kafka === undefined) return undefined;
  const before = new Set(kafkas.flatMap((app) => zookeepersOf(app, world)).map(({ name }) => name));
  const open = proposal.steps.find(
    ({ action }) =>
      disrupts(action) && action.id !== step.action.id && changedBy(action).some((name) => before.has(name)),
  );
  if (open === undefined) return undefined;
  const [zookeeper = ''] = changedBy(open.action).filter((name) => before.has(name));
  return waiting('ZooKeeperFirst', `${kafka.name} comes after ${zookeeper}: ${open.action.effect}`);
}
