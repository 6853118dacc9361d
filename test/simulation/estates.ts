/** Small estates by seed: one or two controllers, each product, hardened or not. */
import type {
  ApplicationSpec,
  ControllerSpec,
  EstateSpec,
  ModelSpec,
  UserSpec,
} from '../../src/simulator/world/spec.js';
import type { Chance } from './chance.js';

/** Passwords of our own identities: none of them may ever be seen anywhere. */
export const canaries = {
  observer: 'canary-observer-7f3a9c',
  auditor: 'canary-auditor-51d2e8',
  remediator: 'canary-remediator-b06c47',
} as const;

/** A secret in an application's configuration. */
export const configCanary = 'canary-config-3ec881';

export function anEstate(chance: Chance): EstateSpec {
  const count = chance.happens(0.25) ? 2 : 1;
  const names = ['prod', 'edge'].slice(0, count);
  return { controllers: names.map((name) => aController(name, chance.fork(name))) };
}

function aController(name: string, chance: Chance): ControllerSpec {
  const kinds = [etcdModel, etcdModel, postgresqlModel, kafkaModel, plainModel];
  const count = chance.whole(1, 2);
  const models = Array.from({ length: count }, (_, index) => {
    const draw = chance.fork(`model ${index}`);
    return draw.pick(kinds)(`m${index}`, draw);
  });
  const auditing = chance.happens(0.5) ? { 'auditing-enabled': false } : {};
  return {
    name,
    flavour: chance.happens(0.4) ? '3.6' : '4.0',
    config: auditing,
    users: [...ourselves, ...people(chance)],
    models,
  };
}

const ourselves: readonly UserSpec[] = [
  { name: 'observer', password: canaries.observer, lastConnectionDaysAgo: 0, createdDaysAgo: 9 },
  {
    name: 'auditor',
    password: canaries.auditor,
    access: 'superuser',
    lastConnectionDaysAgo: 0,
    createdDaysAgo: 9,
  },
  {
    name: 'remediator',
    password: canaries.remediator,
    access: 'superuser',
    lastConnectionDaysAgo: 0,
    createdDaysAgo: 9,
  },
];

function people(chance: Chance): readonly UserSpec[] {
  return [
    { name: 'alice', access: 'superuser', createdDaysAgo: 300, lastConnectionDaysAgo: 1 },
    {
      name: 'bob',
      createdDaysAgo: 300,
      lastConnectionDaysAgo: chance.whole(0, 120),
    },
    ...(chance.happens(0.5) ? [{ name: 'carol', createdDaysAgo: 400 }] : []),
  ];
}

const levels = { observer: 'read', remediator: 'admin', auditor: 'admin', bob: 'write' } as const;

function modelOf(name: string, rest: Omit<ModelSpec, 'name' | 'users'>): ModelSpec {
  return { name, users: levels, ...rest };
}

function etcdModel(name: string, chance: Chance): ModelSpec {
  const hardened = chance.happens(0.6);
  const more = chance.happens(0.4);
  return modelOf(name, {
    config: { 'logging-config': '<root>=INFO' },
    applications: [
      { name: 'etcd', charm: 'charmed-etcd', channel: '3.6/stable', units: chance.pick([1, 3, 3]) },
      { name: 'ca', charm: 'self-signed-certificates', channel: '1/stable' },
      s3(chance),
      ...(more
        ? [{ name: 'etcd2', charm: 'charmed-etcd', channel: '3.6/stable', units: chance.pick([1, 3]) }]
        : []),
      ...someMore(chance),
    ],
    relations: hardened
      ? [
          ['etcd:peer-certificates', 'ca:certificates'],
          ['etcd:client-certificates', 'ca:certificates'],
        ]
      : [],
  });
}

function s3(chance: Chance): ApplicationSpec {
  return {
    name: 's3',
    charm: 's3-integrator',
    channel: '2/stable',
    config: { bucket: 'backups', endpoint: `${chance.pick(['http', 'https'])}://s3.example.internal` },
  };
}

function someMore(chance: Chance): readonly ApplicationSpec[] {
  return chance.happens(0.5)
    ? [{ name: 'app', charm: 'data-integrator', channel: 'latest/stable', exposed: chance.happens(0.5) }]
    : [];
}

function postgresqlModel(name: string, chance: Chance): ModelSpec {
  const charm = 'postgresql-k8s';
  const pg14 = chance.happens(0.5);
  const channel = pg14 ? '14/stable' : '16/stable';
  const hardened = chance.happens(0.6);
  return modelOf(name, {
    type: 'caas',
    applications: [
      { name: 'ca', charm: 'self-signed-certificates', channel: '1/stable' },
      { name: 'pg', charm, channel, units: chance.pick([1, 2, 3]), trust: true },
      { name: 'pooler', charm: 'pgbouncer-k8s', channel: '1/stable', trust: true },
      ...someMore(chance),
    ],
    relations: [
      ['pooler:backend-database', 'pg:database'],
      ...(hardened && pg14 ? ([['pg:certificates', 'ca:certificates']] as const) : []),
    ],
  });
}

function kafkaModel(name: string, chance: Chance): ModelSpec {
  const kafka3 = chance.happens(0.6);
  const applications: readonly ApplicationSpec[] = kafka3
    ? [
        { name: 'keeper', charm: 'zookeeper-k8s', channel: '3/stable', units: 3 },
        { name: 'kafka', charm: 'kafka-k8s', channel: '3/stable', units: 2 },
      ]
    : [
        {
          name: 'kafka',
          charm: 'kafka-k8s',
          channel: '4/stable',
          units: 2,
          config: { roles: 'broker,controller' },
        },
      ];
  return modelOf(name, {
    type: 'caas',
    applications: [
      { name: 'ca', charm: 'self-signed-certificates', channel: '1/stable' },
      ...applications,
      ...someMore(chance),
    ],
    relations: kafka3 ? [['kafka:zookeeper', 'keeper:zookeeper']] : [],
  });
}

function plainModel(name: string, chance: Chance): ModelSpec {
  return modelOf(name, {
    config: {
      'logging-config': chance.happens(0.5) ? '<root>=INFO;juju.rpc=TRACE' : '<root>=INFO',
    },
    applications: [
      { name: 'app', charm: 'data-integrator', channel: 'latest/stable', exposed: chance.happens(0.6) },
      { name: 'ca', charm: 'self-signed-certificates', channel: '1/stable' },
      s3(chance),
    ],
  });
}
