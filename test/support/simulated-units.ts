/** Simulated units of every product, bare and encrypted, with what lies on them. */
import { behaviourOf } from '../../src/simulator/charms/behaviours.js';
import type { UnitDisk } from '../../src/simulator/charms/disk.js';
import type { EstateSpec, ModelSpec } from '../../src/simulator/world/spec.js';
import type { SimUnit } from '../../src/simulator/world/state.js';
import { virtualClock } from '../../src/simulator/virtual-clock.js';
import { buildWorld } from '../../src/simulator/world/build.js';
import { productsModel } from '../../src/simulator/estates/products.js';
import { etcdModel } from './rig.js';

const certificates = 'ca:certificates';

/** The products' model with every TLS endpoint related. */
export const encryptedProducts: ModelSpec = {
  ...productsModel,
  name: 'encrypted',
  relations: [
    ...(productsModel.relations ?? []),
    ['pg14:certificates', certificates],
    ['pg16:client-certificates', certificates],
    ['pg16:peer-certificates', certificates],
    ['pooler:certificates', certificates],
    ['keeper:certificates', certificates],
    ['kafka3:certificates', certificates],
    ['kafka4:certificates', certificates],
    ['kafka4:peer-certificates', certificates],
  ],
};

const bareEtcd: ModelSpec = { ...etcdModel('bare-etcd'), relations: [] };

const machines: ModelSpec = {
  name: 'machines',
  applications: [
    { name: 'postgresql', channel: '14/stable' },
    { name: 'kafka', channel: '3/stable' },
    { name: 'zookeeper', channel: '3/stable' },
  ],
  relations: [['kafka:zookeeper', 'zookeeper:zookeeper']],
};

const estate: EstateSpec = {
  controllers: [
    { name: 'prod', models: [productsModel, encryptedProducts, etcdModel('etcd'), bareEtcd, machines] },
  ],
};

export interface SimulatedUnit {
  /** As in `encrypted pg14/0`. */
  readonly name: string;
  readonly charm: string;
  readonly endpoints: readonly string[];
  readonly track: string;
  readonly disk: UnitDisk;
}

/** The first unit of each application that has something on its disk. */
export function simulatedUnits(): readonly SimulatedUnit[] {
  const world = buildWorld({ estate, seed: 1, clock: virtualClock() });
  return [...world.controllers.values()].flatMap(({ models }) =>
    [...models.values()].flatMap((model) =>
      [...model.applications.values()].flatMap(({ units: [unit] }) =>
        unit === undefined ? [] : shown(model.name, unit),
      ),
    ),
  );
}

function shown(model: string, unit: SimUnit): readonly SimulatedUnit[] {
  const { application } = unit;
  const disk = behaviourOf(application)?.disk?.(unit);
  if (disk === undefined) return [];
  const { name: charm, track, endpoints } = application.charm;
  return [
    { name: `${model} ${unit.name}`, charm, track, endpoints: endpoints.map(({ name }) => name), disk },
  ];
}
