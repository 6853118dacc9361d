/** A simulated estate: controllers with their API on loopback, on the machine's clock or on a virtual one. */
import type { Clock } from '../core/ports/index.js';
import { startApiServer, type ApiServer } from './api/server.js';
import type { UnitShell } from './charms/disk.js';
import { faultsOf, type Faults } from './faults.js';
import { operationsOf, type WorldOperations } from './operations.js';
import { createAuthority } from './pki/authority.js';
import { loopbackAddresses } from './ports/loopback.js';
import { productPorts } from './ports/product-ports.js';
import { realPorts } from './ports/real-ports.js';
import { realClock } from './real-clock.js';
import { buildWorld } from './world/build.js';
import type { EstateSpec } from './world/spec.js';
import type { Flavour, SimController, World } from './world/state.js';
import { noPorts } from './world/unit-ports.js';

export interface SimulatorOptions {
  readonly estate: EstateSpec;
  /** The same seed gives the same estate and the same times; 1 unless said otherwise. */
  readonly seed?: number;
  /** The machine's own unless said otherwise. */
  readonly clock?: Clock;
  /** `real`: units listen on loopback addresses, as their workload would. `none` unless said otherwise. */
  readonly ports?: 'real' | 'none';
  /** Answers commands by what lies on the units. */
  readonly shell?: UnitShell;
}

export interface SimulatedController {
  readonly name: string;
  readonly uuid: string;
  readonly flavour: Flavour;
  readonly version: string;
  /** `host:port` of the API. */
  readonly addresses: readonly string[];
  /** PEM; the API's certificate is for `juju-apiserver`. */
  readonly caCert: string;
  /** By user name. */
  readonly credentials: Readonly<Record<string, { readonly user: string; readonly password: string }>>;
  /** UUID by the model's short name. */
  readonly models: Readonly<Record<string, string>>;
  readonly operations: WorldOperations;
  readonly faults: Faults;
}

export interface Simulator {
  readonly controllers: readonly SimulatedController[];
  /** Throws for a name that the estate does not have. */
  controller(name: string): SimulatedController;
  readonly world: World;
  close(): Promise<void>;
}

const certificateDays = 3650;

export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { estate, seed = 1, clock = realClock(), ports = 'none', shell } = options;
  const isReal = ports === 'real';
  const now = (): number => clock.now();
  const unitPorts = isReal ? productPorts(realPorts(now), now) : noPorts();
  const addresses = isReal ? { nextAddress: await loopbackAddresses() } : {};
  const world = buildWorld({ estate, seed, clock, ports: unitPorts, ...addresses, ...(shell && { shell }) });
  const started = await Promise.all([...world.controllers.values()].map(startController));
  await unitPorts.settled();
  return {
    controllers: started.map(({ shown }) => shown),
    controller: (name) => {
      const found = started.find(({ shown }) => shown.name === name);
      if (found === undefined) throw new Error(`the simulation has no controller ${name}`);
      return found.shown;
    },
    world,
    close: async () => {
      await Promise.all(started.map(({ server }) => server.stop()));
      await unitPorts.close();
    },
  };
}

interface Started {
  readonly shown: SimulatedController;
  readonly server: ApiServer;
}

async function startController(controller: SimController): Promise<Started> {
  const { clock } = controller.world;
  const authority = await createAuthority('juju-ca', { now: () => clock.now(), validDays: certificateDays });
  const names = ['localhost', 'juju-apiserver', '127.0.0.1'];
  const identity = await authority.issue({ commonName: 'juju-generated', names, validDays: certificateDays });
  const server = await startApiServer(controller, identity);
  controller.caCert.pem = authority.certificate;
  controller.addresses.push(`127.0.0.1:${server.port}`);
  return { shown: shownAs(controller, server), server };
}

function shownAs(controller: SimController, server: ApiServer): SimulatedController {
  const { name, uuid, flavour, version, addresses, caCert, users, models } = controller;
  const credentials = [...users.values()].map((user) => [
    user.name,
    { user: user.name, password: user.password },
  ]);
  return {
    name,
    uuid,
    flavour,
    version,
    addresses,
    caCert: caCert.pem,
    credentials: Object.fromEntries(credentials) as SimulatedController['credentials'],
    models: Object.fromEntries([...models.values()].map((model) => [model.name, model.uuid])),
    operations: operationsOf(controller),
    faults: faultsOf(controller, server),
  };
}

export type { Faults } from './faults.js';
export type { WorldOperations } from './operations.js';
export type { EstateSpec, ModelSpec } from './world/spec.js';
export { virtualClock, type VirtualClock } from './virtual-clock.js';
