import type {
  ApplicationSpec,
  ControllerSpec,
  EstateSpec,
  ModelSpec,
} from '../../src/simulator/world/spec.js';

export interface FleetSize {
  readonly models: number;
  readonly unitsPerModel: number;
}

/** Applications of a model of a hundred units, with their shares of them. */
const shares = [
  { name: 'etcd', charm: 'charmed-etcd', channel: '3.6/stable', share: 3 },
  { name: 'ca', charm: 'self-signed-certificates', channel: '1/stable', share: 1 },
  { name: 'db', charm: 'postgresql', channel: '14/stable', share: 3 },
  { name: 'web', share: 30 },
  { name: 'worker', share: 30 },
  { name: 'cache', share: 13 },
  { name: 'queue', share: 10 },
  { name: 'proxy', share: 10 },
] as const;

/** The application that is opened to the world and closed again. */
export const changed = 'proxy';

/** Users whom the policy of the bench logs in as. */
export const identities = ['observer', 'auditor'] as const;

/** Two controllers with half of the models each: 3.6 wakes who follows it, 4.0 has to be asked. */
export function fleetEstate({ models, unitsPerModel }: FleetSize): EstateSpec {
  const all = Array.from({ length: models }, (_, n) => model(`m${n}`, unitsPerModel));
  const half = Math.ceil(models / 2);
  return {
    controllers: [
      controller('juju3', '3.6', all.slice(0, half)),
      controller('juju4', '4.0', all.slice(half)),
    ].filter(({ models: own }) => own.length > 0),
  };
}

function controller(
  name: string,
  flavour: NonNullable<ControllerSpec['flavour']>,
  models: readonly ModelSpec[],
): ControllerSpec {
  return {
    name,
    flavour,
    cloud: { name: 'stack', type: 'openstack' },
    users: [
      { name: 'observer', lastConnectionDaysAgo: 0 },
      { name: 'auditor', access: 'superuser', lastConnectionDaysAgo: 0 },
    ],
    models,
  };
}

function model(name: string, units: number): ModelSpec {
  return {
    name,
    users: { observer: 'read' },
    applications: shares.map((one) => application(one, units)),
    relations: [['etcd:peer-certificates', 'ca:certificates']],
  };
}

function application(one: (typeof shares)[number], units: number): ApplicationSpec {
  const own = Math.max(1, Math.round((one.share * units) / 100));
  if ('charm' in one) return { name: one.name, charm: one.charm, channel: one.channel, units: own };
  return { name: one.name, charm: plainCharm(one.name), units: own };
}

function plainCharm(name: string): NonNullable<ApplicationSpec['charm']> {
  const facts = { track: 'latest', base: '24.04', workloadVersion: '1.0', revision: 7 };
  const endpoints = ['website provider http', 'backend requirer http'];
  return { name: `plain-${name}`, ...facts, endpoints, options: {}, actions: [] };
}
