/** Controls of Kafka and ZooKeeper, each with a world in which it fails. */
import type { CharmFacts } from '../../../src/simulator/charms/charm.js';
import type { ApplicationSpec, ModelSpec } from '../../../src/simulator/world/spec.js';
import type { RemedyCase } from '../../support/remedies/case.js';
import { cos, cosOffers, machines, pods, nothingOffered, prod } from '../../support/remedies/estates.js';

const ca: ApplicationSpec = { name: 'ca', charm: 'self-signed-certificates', channel: '1/stable' };
const zookeeper: ApplicationSpec = {
  name: 'zookeeper',
  charm: 'zookeeper-k8s',
  channel: '3/stable',
  units: 3,
};
const kafka3: ApplicationSpec = { name: 'kafka', charm: 'kafka-k8s', channel: '3/stable', units: 3 };
const kafka4: ApplicationSpec = {
  name: 'kafka',
  charm: 'kafka-k8s',
  channel: '4/stable',
  units: 3,
  config: { roles: 'broker,controller' },
};
const kept = ['kafka:zookeeper', 'zookeeper:zookeeper'] as const;
const keeperTls = ['zookeeper:certificates', 'ca:certificates'] as const;
const brokerTls = ['kafka:certificates', 'ca:certificates'] as const;
const otelcol: ApplicationSpec = {
  name: 'otelcol',
  charm: 'opentelemetry-collector-k8s',
  channel: '2/stable',
};
const provider = { provider: 'ca' } as const;
const traefik: CharmFacts = {
  ...{ name: 'traefik-k8s', track: 'latest', base: '22.04', workloadVersion: '', revision: 1 },
  ...{ endpoints: ['traefik-route provider traefik_route'], options: {}, actions: [] },
};

function three(more: Partial<ModelSpec> = {}, besides: readonly ApplicationSpec[] = []): ModelSpec {
  return pods([zookeeper, kafka3, ca, ...besides], { relations: [kept], ...more });
}

/** On machines, where the operating system is ours. */
function hosts(besides: ApplicationSpec): ModelSpec {
  return machines([
    { name: 'kafka', charm: 'kafka', channel: '4/stable', units: 3, config: { roles: 'broker,controller' } },
    besides,
  ]);
}

function behind(application: ApplicationSpec, besides: readonly ApplicationSpec[]): RemedyCase {
  return {
    estate: prod([pods([application, ...besides], { relations: [kept] })]),
    params: { age: '1m' },
    ends: nothingOffered,
  };
}

export const kafkaRemedies: Readonly<Record<string, RemedyCase>> = {
  'KAFKA-OS-01': {
    estate: prod([
      hosts({ name: 'landscape', charm: 'landscape-client', channel: 'latest/stable', base: '22.04' }),
    ]),
  },
  'KAFKA-OS-02': {
    estate: prod([
      hosts({
        name: 'pro',
        charm: 'ubuntu-advantage',
        channel: 'latest/stable',
        config: { token: 'placeholder' },
      }),
    ]),
  },
  'KAFKA-UPG-01': behind({ ...kafka3, revision: 100, canUpgradeTo: 'ch:amd64/kafka-k8s-130' }, [zookeeper]),
  'ZK-UPG-01': behind({ ...zookeeper, revision: 70, canUpgradeTo: 'ch:amd64/zookeeper-k8s-90' }, [kafka3]),
  'ZK-ENC-01': { estate: prod([three()]), params: provider },
  'KAFKA-ENC-01': { estate: prod([three({ relations: [kept, keeperTls] })]), params: provider },
  'KAFKA-AUTH-02': {
    estate: prod([
      three({ relations: [kept, keeperTls, brokerTls, ['kafka:trusted-ca', 'ca:certificates']] }),
    ]),
    params: { principalMapping: 'RULE:^CN=([^,]*).*$/$1/,DEFAULT' },
  },
  'KAFKA-AUTH-03': {
    estate: prod([
      three(
        {
          relations: [kept, ['kafka:oauth', 'hydra:oauth'], ['hydra:public-route', 'traefik:traefik-route']],
        },
        [
          { name: 'hydra', channel: 'latest/stable', config: { dev: true } },
          { name: 'traefik', charm: traefik },
        ],
      ),
    ]),
  },
  'KAFKA-AUTH-05': {
    estate: prod([pods([kafka4])]),
    policy: { rotation: [{ match: { application: 'kafka' }, users: ['operator'], every: 86_400 }] },
  },
  'KAFKA-MON-01': { estate: prod([cos, pods([kafka4, otelcol], { consumes: cosOffers })]) },
  'ZK-MON-01': { estate: prod([cos, pods([zookeeper, otelcol], { consumes: cosOffers })]) },
  'KAFKA-AUD-01': {
    estate: prod([pods([{ ...kafka4, config: { ...kafka4.config, 'log-level': 'ERROR' } }])]),
  },
  'KAFKA-AUD-02': { estate: prod([pods([kafka4])]), params: { grantedAccesses: 'all-logs' } },
  'ZK-BKP-01': {
    estate: prod([
      pods([
        zookeeper,
        {
          name: 's3',
          charm: 's3-integrator',
          channel: '2/stable',
          config: {
            bucket: 'backups',
            credentials: 'secret:placeholder',
            endpoint: 'https://store.example.internal',
          },
        },
      ]),
    ]),
  },
  'KAFKA-NET-01': {
    estate: prod([pods([{ ...kafka4, config: { ...kafka4.config, 'expose-external': 'nodeport' } }])]),
  },
  'ZK-NET-01': { estate: prod([pods([{ ...zookeeper, config: { 'expose-external': 'nodeport' } }])]) },
};

/** The same on other tracks and on machines, where endpoints, options and ways differ. */
export const kafkaVariants: Readonly<Record<string, RemedyCase>> = {
  'KAFKA-ENC-01 on 4': { estate: prod([pods([kafka4, ca])]), params: provider },
  'KAFKA-AUTH-02 on 4': {
    estate: prod([pods([kafka4, ca], { relations: [brokerTls, ['kafka:client-cas', 'ca:send-ca-cert']] })]),
    params: { principalMapping: 'RULE:^CN=([^,]*).*$/$1/,DEFAULT' },
  },
  'KAFKA-AUTH-05 on 3': {
    estate: prod([three()]),
    policy: { rotation: [{ match: { application: 'kafka' }, users: ['admin'], every: 86_400 }] },
  },
  'KAFKA-AUTH-05 on ZooKeeper': {
    estate: prod([three()]),
    policy: { rotation: [{ match: { application: 'zookeeper' }, users: ['super'], every: 86_400 }] },
  },
  'KAFKA-AUD-01 on 3': {
    estate: prod([pods([zookeeper, { ...kafka3, config: { log_level: 'ERROR' } }], { relations: [kept] })]),
  },
  'KAFKA-MON-01 on machines': {
    estate: prod([
      cos,
      {
        ...hosts({ name: 'otelcol', charm: 'opentelemetry-collector', channel: '2/stable', base: '22.04' }),
        consumes: cosOffers,
      },
    ]),
  },
  'KAFKA-NET-01 on 3': {
    estate: prod([
      pods([zookeeper, { ...kafka3, config: { expose_external: 'nodeport' } }], { relations: [kept] }),
    ]),
  },
  'KAFKA-UPG-01 on 4': {
    estate: prod([pods([{ ...kafka4, revision: 90, canUpgradeTo: 'ch:amd64/kafka-k8s-145' }])]),
    params: { age: '1m' },
    ends: nothingOffered,
  },
};
