import { describe, expect, test } from '@jest/globals';
import type { KafkaSettings, ZookeeperSettings } from '../../core/evidence/kafka.js';
import { inside } from '../../../test/support/inside.js';
import { nameOf, saysOf, type KafkaWorld, type ProductName } from '../../../test/support/kafka.js';
import { cosOffers } from '../../../test/support/etcd.js';
import { application, relate } from '../../../test/support/world.js';
import { charmedKafkaK8s as guide } from './index.js';

const withoutAuthorizer: KafkaSettings = {
  listeners: [{ name: 'INTERNAL_SASL_SSL_SCRAM_SHA_512', port: 19_093, protocol: 'SASL_SSL' }],
  superUsers: ['User:admin', 'User:sync'],
  everyoneIfNoAcl: false,
  clientAuth: 'none',
  clientAuthOf: {},
  mechanisms: ['SCRAM-SHA-512'],
  oauth: [],
};
const broker: KafkaSettings = {
  ...withoutAuthorizer,
  authorizer: 'kafka.security.authorizer.AclAuthorizer',
};
const keeper: ZookeeperSettings = {
  enforceAuth: true,
  authSchemes: ['sasl', 'digest'],
  saslProvider: true,
  quorumSasl: true,
  quorumLearnerRequires: true,
  quorumServerRequires: true,
  plainPorts: [2181],
  sslQuorum: true,
  portUnification: false,
};

type Shown = Parameters<typeof inside>[2];
const put = (settings: Partial<KafkaSettings>): Shown => ({ kafka: { ...broker, ...settings } });
const keep = (settings: Partial<ZookeeperSettings>): Shown => ({ zookeeper: { ...keeper, ...settings } });
const properties = (mode: number): Shown => ({
  files: {
    '/etc/kafka/server.properties': {
      path: '/etc/kafka/server.properties',
      mode,
      owner: 'kafka',
      group: 'kafka',
    },
  },
});
const plain = {
  name: 'CLIENT_SASL_PLAINTEXT_SCRAM_SHA_512',
  port: 9092,
  protocol: 'SASL_PLAINTEXT',
} as const;
const tls: KafkaWorld = { relations: [relate('kafka:certificates', 'ca:certificates', 'tls-certificates')] };
const mtls: KafkaWorld = {
  relations: [relate('kafka:trusted-certificate', 'app:certificates', 'tls-certificates')],
};
const noUnits: KafkaWorld = { it: { units: 0 } };
const log = (level: string | undefined, appenders: readonly string[] = ['a']): Shown => ({
  authorizerLog: { ...(level === undefined ? {} : { level }), appenders, additive: false, console: false },
});

/** The provider is one for production; the certificate on the units ends then. */
const certificate = (notAfter: string, file = 'server.pem'): Shown => ({
  certificates: {
    [`/etc/kafka/${file}`]: { subject: 'CN=a', issuer: 'CN=b', notBefore: '2026-11-01T00:00:00Z', notAfter },
  },
});
const vault: KafkaWorld = {
  applications: { ca: application({ charm: { name: 'vault-k8s' }, config: { pki_allow_ip_sans: true } }) },
};
const oauth: KafkaWorld = {
  applications: { hydra: application({ config: { dev: false } }) },
  relations: [relate('kafka:oauth', 'hydra:oauth', 'oauth')],
};
const tokens = (more: Partial<KafkaSettings['oauth'][number]>) => ({
  listener: 'client',
  checksAudience: true,
  schemes: ['https'],
  ...more,
});
const printing = (console: boolean): Shown => ({
  authorizerLog: { level: 'INFO', appenders: ['AuthorizerAppender'], additive: false, console },
});

/** Logs reach COS. */
function shipping(product: 'k8s4' | 'machine3'): KafkaWorld {
  const isMachine = product === 'machine3';
  const charm = isMachine
    ? { name: 'opentelemetry-collector', base: 'ubuntu@22.04' }
    : { name: 'opentelemetry-collector-k8s' };
  return {
    applications: { otel: application({ charm, units: isMachine ? 0 : 1 }) },
    remoteApplications: cosOffers(),
    relations: [
      isMachine
        ? relate('kafka:cos-agent', 'otel:cos-agent', 'cos_agent', { scope: 'container' })
        : relate('kafka:logging', 'otel:receive-loki-logs', 'loki_push_api'),
      relate('otel:send-loki-logs', '@loki:logging', 'loki_push_api'),
    ],
  };
}

describe('what units show', () => {
  test.each<[string, string, ProductName, Shown, KafkaWorld & { params?: object }]>([
    ['KAFKA-ENC-02', 'pass AsRequired', 'k8s3', put({}), tls],
    ['KAFKA-ENC-02', 'fail PlainListenerSet', 'k8s3', put({ listeners: [plain] }), tls],
    ['KAFKA-ENC-02', 'fail PlainListenerSet', 'k8s3', { kafka: 'unseen', listeners: [plain] }, tls],
    ['KAFKA-ENC-02', 'unknown NotProbedYet', 'k8s3', put({ listeners: [{ name: 'X', port: 1 }] }), tls],
    ['KAFKA-AUTH-01', 'pass AsRequired', 'k8s3', put({}), {}],
    [
      'KAFKA-AUTH-01',
      'fail ListenerWithoutAuthentication',
      'k8s3',
      put({ listeners: [{ name: 'C', port: 9094, protocol: 'SSL' }] }),
      {},
    ],
    [
      'KAFKA-AUTH-01',
      'pass AsRequired',
      'k8s3',
      put({ listeners: [{ name: 'C', port: 9094, protocol: 'SSL' }], clientAuthOf: { c: 'required' } }),
      {},
    ],
    [
      'KAFKA-AUTH-01',
      'fail PortNotOfListener',
      'k8s3',
      put({ listeners: [{ name: 'C', port: 1234, protocol: 'SASL_SSL' }] }),
      {},
    ],
    ['KAFKA-AUTH-01', 'not-applicable NoUnits', 'k8s3', put({}), noUnits],
    ['KAFKA-AUTH-02', 'fail CertificateNotDemanded', 'k8s3', put({}), mtls],
    ['KAFKA-AUTH-02', 'pass AsRequired', 'k8s3', put({ clientAuth: 'required' }), mtls],
    [
      'KAFKA-AUTH-02',
      'manual MappingNotDeclared',
      'k8s3',
      put({ clientAuth: 'required' }),
      { ...mtls, options: { ssl_principal_mapping_rules: 'RULE:^CN=([a-z]+)$/$1/' } },
    ],
    ['KAFKA-ENC-03', 'pass AsRequired', 'k8s3', certificate('2027-02-01T00:00:00Z'), { ...tls, ...vault }],
    [
      'KAFKA-ENC-03',
      'fail CertificateExpiresSoon',
      'k8s3',
      certificate('2026-11-25T00:00:00Z'),
      { ...tls, ...vault },
    ],
    [
      'KAFKA-ENC-03',
      'fail CaExpiresSoon',
      'k8s3',
      certificate('2026-11-25T00:00:00Z', 'ca.pem'),
      { ...tls, ...vault },
    ],
    ['KAFKA-AUTH-03', 'pass AsRequired', 'k8s3', put({ oauth: [tokens({})] }), oauth],
    [
      'KAFKA-AUTH-03',
      'fail AudienceNotChecked',
      'k8s3',
      put({ oauth: [tokens({ checksAudience: false })] }),
      oauth,
    ],
    ['KAFKA-AUTH-03', 'fail OauthOverHttp', 'k8s3', put({ oauth: [tokens({ schemes: ['http'] })] }), oauth],
    ['KAFKA-AUTH-03', 'unknown OauthNotSet', 'k8s3', put({}), oauth],
    ['KAFKA-AUD-03', 'pass AsRequired', 'k8s4', printing(true), shipping('k8s4')],
    ['KAFKA-AUD-03', 'fail AuthorizerLogNotShipped', 'k8s4', printing(false), shipping('k8s4')],
    ['KAFKA-AUD-03', 'pass AsRequired', 'machine3', printing(false), shipping('machine3')],
    ['KAFKA-AUD-03', 'fail AuthorizerLogOff', 'machine3', log('OFF'), shipping('machine3')],
    ['KAFKA-AUTH-04', 'pass AsRequired', 'k8s3', put({}), {}],
    ['KAFKA-AUTH-04', 'fail AuthorizerOff', 'k8s3', { kafka: withoutAuthorizer }, {}],
    ['KAFKA-AUTH-04', 'fail AuthorizerDiffers', 'k8s4', put({}), {}],
    ['KAFKA-AUTH-04', 'fail EveryoneAllowed', 'k8s3', put({ everyoneIfNoAcl: true }), {}],
    [
      'KAFKA-AUTH-04',
      'fail UnknownSuperUser',
      'k8s3',
      put({ superUsers: ['User:admin', 'User:relation-7'] }),
      {},
    ],
    [
      'KAFKA-AUTH-04',
      'pass AsRequired',
      'k8s3',
      put({ superUsers: ['User:admin', 'User:relation-7'] }),
      { params: { superUsers: ['User:relation-7'] } },
    ],
    ['KAFKA-AUTH-04', 'not-applicable NoUnits', 'k8s3', put({}), noUnits],
    ['KAFKA-FILE-01', 'pass AsRequired', 'k8s3', properties(0o640), {}],
    ['KAFKA-FILE-01', 'fail FileTooOpen', 'k8s3', properties(0o644), {}],
    ['KAFKA-FILE-01', 'not-applicable NoUnits', 'k8s3', properties(0o640), noUnits],
    ['ZK-AUTH-01', 'pass AsRequired', 'zookeeper', keep({}), {}],
    ['ZK-AUTH-01', 'fail SaslNotEnforced', 'zookeeper', keep({ enforceAuth: false }), {}],
    ['ZK-AUTH-01', 'fail QuorumWithoutSasl', 'zookeeper', keep({ quorumServerRequires: false }), {}],
    ['ZK-AUTH-01', 'not-applicable NoUnits', 'zookeeper', keep({}), noUnits],
    ['ZK-ENC-02', 'fail PlainPortStaysOpen', 'zookeeper', keep({}), {}],
    ['ZK-ENC-02', 'pass AsRequired', 'zookeeper', keep({ plainPorts: [] }), {}],
    [
      'KAFKA-AUD-02',
      'pass AsRequired',
      'k8s3',
      log('DEBUG'),
      { params: { grantedAccesses: 'authorizer-log' } },
    ],
    [
      'KAFKA-AUD-02',
      'fail GrantsNotLogged',
      'k8s3',
      log(undefined),
      { params: { grantedAccesses: 'authorizer-log' } },
    ],
    ['KAFKA-OS-03', 'pass AsRequired', 'machine3', { updates: { security: 0, restartNeeded: false } }, {}],
    [
      'KAFKA-OS-03',
      'unknown UpdatesPending',
      'machine3',
      { updates: { security: 1, restartNeeded: false } },
      {},
    ],
  ])('%s is %s (%s)', (id, expected, ...[product, shown, { params = {}, ...world }]) => {
    const workload = inside(nameOf(product), 2, shown);
    expect(
      saysOf(guide, id, product, {
        ...world,
        it: { ...world.it, workload },
        judging: { params: { ...params } },
      }),
    ).toBe(expected);
  });

  test.each([
    ['updates that wait', { security: 1, restartNeeded: false }, 'fail UpdatesOverdue'],
    ['a restart that waits', { security: 0, restartNeeded: true }, 'fail RestartNeeded'],
  ])('%s for longer than the policy allows', (_, updates, expected) => {
    const workload = inside('kafka', 2, { updates });
    expect(
      saysOf(guide, 'KAFKA-OS-03', 'machine3', {
        it: { workload },
        judging: { asOf: '2026-12-22T00:00:00Z' },
      }),
    ).toBe(expected);
  });
});
