/** Estates for remedies: one controller with our own identities, and the models that a test names. */
import { instant } from '../../../src/core/time.js';
import type { CharmFacts } from '../../../src/simulator/charms/charm.js';
import type { ControllerSpec, EstateSpec, ModelSpec } from '../../../src/simulator/world/spec.js';
import type { Flavour, SimApplication, World } from '../../../src/simulator/world/state.js';
import type { RemedyStage } from './stage.js';
import { controllerIn } from './world-text.js';

const tempo: CharmFacts = {
  ...{ name: 'tempo-coordinator-k8s', track: '2', base: '24.04', workloadVersion: '', revision: 1 },
  ...{ endpoints: ['tracing provider tracing'], options: {}, actions: [] },
};

const known = { createdDaysAgo: 9, lastConnectionDaysAgo: 0 } as const;

/** Ours may read, look into units and change everything. */
const identities = [
  { name: 'observer', ...known },
  { name: 'auditor', access: 'superuser', ...known },
  { name: 'prober', ...known },
  { name: 'remediator', access: 'superuser', ...known },
] as const;

const within = { observer: 'read', prober: 'admin', remediator: 'admin' } as const;

export const superusers: readonly string[] = ['admin', 'auditor', 'remediator'];

type More = Omit<ControllerSpec, 'name' | 'models'>;

/** The controller `prod` with these models. */
export function prod(models: readonly ModelSpec[], more: More = {}): EstateSpec {
  const controller = {
    ...more,
    name: 'prod',
    users: [...identities, ...(more.users ?? [])],
    controllerModel: { ...more.controllerModel, users: { observer: 'read', remediator: 'admin' } },
    models: models.map((model) => ({ ...model, users: { ...model.users, ...within } })),
  } as const satisfies ControllerSpec;
  return { controllers: [controller] };
}

/** The same estate on controllers of another version of Juju. */
export function withFlavour({ controllers }: EstateSpec, flavour: Flavour): EstateSpec {
  return { controllers: controllers.map((controller) => ({ ...controller, flavour })) };
}

/** A model on machines. */
export function machines(applications: ModelSpec['applications'], more: Partial<ModelSpec> = {}): ModelSpec {
  return { name: 'data', applications, ...more };
}

/** A model on Kubernetes. */
export function pods(applications: ModelSpec['applications'], more: Partial<ModelSpec> = {}): ModelSpec {
  return { name: 'data', type: 'caas', applications, ...more };
}

/** Takes metrics, logs, dashboards and traces from other models. */
export const cos: ModelSpec = {
  name: 'cos',
  type: 'caas',
  applications: [
    { name: 'prometheus', charm: 'prometheus-k8s' },
    { name: 'loki', charm: 'loki-k8s' },
    { name: 'grafana', charm: 'grafana-k8s' },
    { name: 'tempo', charm: tempo },
  ],
  offers: [
    { application: 'prometheus', endpoint: 'receive-remote-write', name: 'metrics' },
    { application: 'loki', endpoint: 'logging', name: 'logs' },
    { application: 'grafana', endpoint: 'grafana-dashboard', name: 'dashboards' },
    { application: 'tempo', endpoint: 'tracing', name: 'traces' },
  ],
};

/** Consumed in another model. */
export const cosOffers: NonNullable<ModelSpec['consumes']> = ['metrics', 'logs', 'dashboards', 'traces'].map(
  (offer) => ({ model: 'cos', offer }),
);

/** The application's charm has a backup of two days ago in its store, related or not. */
export function twoDaysOld(application: string): (stage: RemedyStage) => void {
  return ({ world, clock }) => {
    const id = `${instant(clock.now() - 2 * 86_400_000).slice(0, 19)}Z`;
    applicationIn(world, application).backups.push(id);
  };
}

/** The application of the model `data`. @throws Error where there is none. */
export function applicationIn(world: World, name: string): SimApplication {
  const models = [...controllerIn(world, 'prod').models.values()];
  const found = models.find((model) => model.name === 'data')?.applications.get(name);
  if (found === undefined) throw new Error(`the model data has no application ${name}`);
  return found;
}

/** That nothing newer is out only Charmhub knows: Juju names nothing newer, which it also does when it could not ask. */
export const nothingOffered = { reason: 'NothingOffered', state: 'Succeeded' } as const;
