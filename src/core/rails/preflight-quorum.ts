import { valueOf } from '../fact.js';
import type { ApplicationState, Unit } from '../snapshot.js';
import { waiting } from './holds.js';
import { productOf, unitsOf } from './places.js';
import type { Hold } from './rail.js';

type Needed = (units: number) => number;

const majority: Needed = (units) => Math.floor(units / 2) + 1;
/** All others: only then every partition keeps all of its replicas but one. */
const allOthers: Needed = (units) => units - 1;
const oneMore: Needed = () => 1;

/** How many members must go on serving while one of so many restarts. */
const products: Readonly<Record<string, Needed>> = {
  etcd: majority,
  zookeeper: majority,
  kafka: allOthers,
  postgresql: oneMore,
  pgbouncer: oneMore,
};

/** Undefined for products of which nothing is known. */
function neededOf(app: ApplicationState): Needed | undefined {
  const product = productOf(app);
  if (product === 'kafka' && isController(app)) return (units) => Math.max(majority(units), units - 1);
  return Object.hasOwn(products, product) ? products[product] : undefined;
}

function isController(app: ApplicationState): boolean {
  const roles = valueOf(app.config)?.['roles']?.value;
  return typeof roles === 'string' && roles.includes('controller');
}

/** Whether restarting one unit stops the service, even when all are well. */
export function hasNoSpare(app: ApplicationState): boolean {
  const { length } = unitsOf(app);
  return length === 1 || (length > 1 && length - 1 < (neededOf(app)?.(length) ?? 1));
}

/** Enough members must be well to lose one. */
export function quorumHold(app: ApplicationState): Hold | undefined {
  const units = unitsOf(app);
  const needed = neededOf(app)?.(units.length);
  if (needed === undefined || hasNoSpare(app)) return undefined;
  const well = wellOf(units);
  if (well - 1 >= needed) return undefined;
  const message = `${well} of ${units.length} units of ${app.name} are well: with one less the ${needed} that it needs are not left`;
  return waiting('QuorumAtRisk', message);
}

/** A block that all units share is about the application as a whole, and no member is lost by it. */
function wellOf(units: readonly Unit[]): number {
  const [first] = units;
  const isShared = units.every(
    ({ workload, workloadMessage }) =>
      workload === 'blocked' && workloadMessage === first?.workloadMessage && !isLost(workloadMessage),
  );
  return isShared ? units.length : units.filter(({ workload }) => workload === 'active').length;
}

function isLost(message: string): boolean {
  return /failure|lost|not running|not connected/i.test(message);
}
