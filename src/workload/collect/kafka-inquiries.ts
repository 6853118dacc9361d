/** What is looked at inside the units of Kafka and ZooKeeper. Paths and keys as the charms' own code has them. */
import type { Look } from '../../core/ports/workload-reader.js';
import type { Inquiry } from './inquiry.js';
import { onMachine } from './system-looks.js';

const kafkaKeys = [
  ...[
    'listeners',
    'listener.security.protocol.map',
    'inter.broker.listener.name',
    'controller.listener.names',
  ],
  ...['authorizer.class.name', 'super.users', 'allow.everyone.if.no.acl.found', 'sasl.enabled.mechanisms'],
  ...['ssl.client.auth', 'ssl.principal.mapping.rules'],
  ...['listener.name.*.ssl.client.auth', 'listener.name.*.sasl.enabled.mechanisms'],
];
const log4jKeys = [
  ...['kafka.authorizer.logger', 'kafka.authorizer', 'kafka'].flatMap((name) => [
    `log4j.logger.${name}`,
    `log4j.category.${name}`,
  ]),
  ...[
    'log4j.additivity.kafka.authorizer.logger',
    'log4j.rootLogger',
    'log4j.rootCategory',
    'log4j.appender.*',
  ],
];
const log4j2Keys = [
  ...['Logger/-', 'AsyncLogger/-', 'Logger', 'Root'].flatMap((block) =>
    ['name', 'level', 'additivity', 'AppenderRef/ref', 'AppenderRef/-/ref'].map(
      (key) => `Configuration/Loggers/${block}/${key}`,
    ),
  ),
  ...['Console/name', 'Console/-/name'].map((key) => `Configuration/Appenders/${key}`),
];

function kafka(id: string, generation: 3 | 4, folder: string, container?: string): Inquiry {
  const within = container === undefined ? {} : { container };
  const log: Look =
    generation === 3
      ? {
          kind: 'keys',
          paths: [`${folder}/log4j.properties`],
          format: 'properties',
          keys: log4jKeys,
          ...within,
        }
      : { kind: 'keys', paths: [`${folder}/log4j2.yaml`], format: 'yaml', keys: log4j2Keys, ...within };
  return {
    id,
    looks: {
      kafka: {
        kind: 'keys',
        paths: [`${folder}/server.properties`],
        format: 'properties',
        keys: kafkaKeys,
        ...within,
      },
      authorizerLog: log,
      files: {
        kind: 'stat',
        paths: ['server.properties', 'client.properties', 'zookeeper-jaas.cfg'].map(
          (name) => `${folder}/${name}`,
        ),
        ...within,
      },
      certificates: { kind: 'certificates', paths: [`${folder}/server.pem`, `${folder}/ca.pem`], ...within },
      ...(container === undefined ? onMachine('charmed-kafka') : {}),
    },
    actions: ['get-listeners'],
  };
}

const zookeeperKeys = [
  ...[
    'clientPort',
    'secureClientPort',
    'sslQuorum',
    'portUnification',
    'enforce.auth.enabled',
    'enforce.auth.schemes',
  ],
  ...[
    'authProvider.*',
    'quorum.auth.enableSasl',
    'quorum.auth.learnerRequireSasl',
    'quorum.auth.serverRequireSasl',
    'server.*',
  ],
];

function zookeeper(id: string, folder: string, container?: string): Inquiry {
  const within = container === undefined ? {} : { container };
  const paths = ['zoo.cfg', 'zookeeper-dynamic.properties'].map((name) => `${folder}/${name}`);
  return {
    id,
    looks: {
      zookeeper: { kind: 'keys', paths, format: 'properties', keys: zookeeperKeys, ...within },
      files: {
        kind: 'stat',
        paths: ['zookeeper-jaas.cfg', 'client-jaas.cfg'].map((name) => `${folder}/${name}`),
        ...within,
      },
      certificates: { kind: 'certificates', paths: [`${folder}/server.pem`, `${folder}/ca.pem`], ...within },
      ...(container === undefined ? onMachine('charmed-zookeeper') : {}),
    },
    actions: [],
  };
}

const kafkaSnap = '/var/snap/charmed-kafka/current/etc/kafka';
export const kafka3Machine = kafka('kafka 3 on machines', 3, kafkaSnap);
export const kafka4Machine = kafka('kafka 4 on machines', 4, kafkaSnap);
export const kafka3 = kafka('kafka 3 on Kubernetes', 3, '/etc/kafka', 'kafka');
export const kafka4 = kafka('kafka 4 on Kubernetes', 4, '/etc/kafka', 'kafka');
export const zookeeperMachine = zookeeper(
  'zookeeper on machines',
  '/var/snap/charmed-zookeeper/current/etc/zookeeper',
);
export const zookeeperK8s = zookeeper('zookeeper on Kubernetes', '/etc/zookeeper', 'zookeeper');
