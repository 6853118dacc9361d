/** From an estate in words to a settled world. */
import type { Clock } from '../../core/ports/index.js';
import { behaviourOf } from '../charms/behaviours.js';
import type { UnitShell } from '../charms/disk.js';
import { hexOf, seededRandom, uuidOf } from '../random.js';
import { buildModel, connectModel, type BuildModel } from './build-model.js';
import { controllerDefaults, controllerDefaults36, only40 } from './controller-defaults.js';
import type { ControllerSpec, EstateSpec, ModelSpec, UserSpec } from './spec.js';
import type { Flavour, SimCloud, SimController, SimUser, World } from './state.js';
import { noPorts, type UnitPorts } from './unit-ports.js';

const dayMs = 86_400_000;
/** Stands for the public key by which a 4.x controller reaches its machines. */
const systemKey = 'ssh-ed25519 placeholder juju-system-key\n';
const versions: Readonly<Record<Flavour, string>> = { '3.6': '3.6.28', '4.0': '4.0.15' };

export interface WorldOptions {
  readonly estate: EstateSpec;
  /** The same seed gives the same names, passwords and times. */
  readonly seed: number;
  readonly clock: Clock;
  readonly ports?: UnitPorts;
  readonly shell?: UnitShell;
  /** The next address for a machine or a pod. */
  readonly nextAddress?: () => string;
}

/** Builds every controller of the estate; relations are joined and units idle. */
export function buildWorld(options: WorldOptions): World {
  const world: World = {
    clock: options.clock,
    random: seededRandom(options.seed),
    ports: options.ports ?? noPorts(),
    controllers: new Map(),
    ...(options.shell === undefined ? {} : { shell: options.shell }),
  };
  const nextAddress = options.nextAddress ?? privateAddresses();
  for (const spec of options.estate.controllers) buildController(world, spec, nextAddress);
  return world;
}

function privateAddresses(): () => string {
  let made = 9;
  return () => {
    made += 1;
    return `10.77.${made >> 8}.${made & 255}`;
  };
}

function buildController(world: World, spec: ControllerSpec, nextAddress: () => string): void {
  const controller = newController(world, spec);
  world.controllers.set(spec.name, controller);
  addUsers(controller, spec.users ?? []);
  const build: BuildModel = { controller, nextAddress };
  buildModel(build, controllerModelOf(controller, spec), true);
  const models = spec.models.map((model) => ({ spec: model, model: buildModel(build, model, false) }));
  for (const each of models) connectModel(each.model, each.spec);
  for (const { model } of models) {
    for (const application of model.applications.values())
      behaviourOf(application)?.start?.(world, application);
  }
}

function newController(world: World, spec: ControllerSpec): SimController {
  const { flavour = '4.0' } = spec;
  const uuid = uuidOf(world.random);
  return {
    world,
    name: spec.name,
    uuid,
    flavour,
    version: spec.version ?? versions[flavour],
    cloud: newCloud(spec),
    users: new Map(),
    config: controllerConfig(spec, { flavour, uuid }),
    models: new Map(),
    caCert: { pem: '' },
    addresses: [],
    faults: noFaults(),
  };
}

function newCloud({ cloud = {} }: ControllerSpec): SimCloud {
  const { name = 'unmanaged', type = 'unmanaged', users = {}, credentials = [{ name: 'default' }] } = cloud;
  return {
    name,
    type,
    users: new Map([['admin', 'admin'], ...Object.entries(users)]),
    credentials: credentials.map((each) => ({ authType: 'empty', valid: true, ...each, owner: 'admin' })),
  };
}

function noFaults(): SimController['faults'] {
  return {
    upgrade: 'none',
    denied: new Set(),
    hanging: new Set(),
    latencyMs: 0,
    silent: false,
    stale: new Map(),
    staleUntil: 0,
  };
}

function controllerConfig(
  spec: ControllerSpec,
  { flavour, uuid }: { readonly flavour: Flavour; readonly uuid: string },
): Map<string, unknown> {
  const own = { 'controller-name': spec.name, 'controller-uuid': uuid, 'system-ssh-keys': systemKey };
  const config = new Map<string, unknown>(Object.entries({ ...controllerDefaults, ...own }));
  if (flavour === '3.6') {
    for (const key of only40) config.delete(key);
    for (const [key, value] of Object.entries(controllerDefaults36)) config.set(key, value);
  }
  for (const [key, value] of Object.entries(spec.config ?? {})) config.set(key, value);
  return config;
}

/** 4.x lists two accounts besides people (Juju facts 9.15). */
const builtIn: readonly UserSpec[] = [
  { name: 'juju-metrics', displayName: 'Juju Metrics', access: 'login' },
  { name: 'everyone@external', access: '' },
];

function addUsers(controller: SimController, users: readonly UserSpec[]): void {
  const admin: UserSpec = {
    name: 'admin',
    displayName: 'admin',
    access: 'superuser',
    lastConnectionDaysAgo: 0,
  };
  const others = users.filter(({ name }) => name !== 'admin');
  const named = users.find(({ name }) => name === 'admin');
  const all = [{ ...admin, ...named }, ...(controller.flavour === '4.0' ? builtIn : []), ...others];
  for (const spec of all) controller.users.set(spec.name, newUser(controller, spec));
}

function newUser({ world }: SimController, spec: UserSpec): SimUser {
  const now = world.clock.now();
  const user: SimUser = {
    name: spec.name,
    displayName: spec.displayName ?? '',
    password: spec.password ?? hexOf(world.random, 24),
    access: spec.access ?? 'login',
    disabled: spec.disabled ?? false,
    created: now - (spec.createdDaysAgo ?? 100) * dayMs,
  };
  if (spec.lastConnectionDaysAgo !== undefined)
    user.lastConnection = now - spec.lastConnectionDaysAgo * dayMs;
  return user;
}

function controllerModelOf(controller: SimController, spec: ControllerSpec): ModelSpec {
  const { exposed, nodes = 1, ...rest } = spec.controllerModel ?? {};
  const application = {
    name: 'controller',
    charm: 'juju-controller',
    channel: `${controller.flavour}/stable`,
    units: nodes,
    openPorts: ['17022/tcp', '17070/tcp'],
    status: { status: controller.flavour === '4.0' ? 'unknown' : 'active' },
    ...(exposed === undefined ? {} : { exposed }),
  };
  return { name: 'controller', ...rest, applications: [application] };
}
