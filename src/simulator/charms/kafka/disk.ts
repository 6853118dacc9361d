import type { SimApplication, SimUnit } from '../../world/state.js';
import { canary, fileOf, optionText, snapRow, systemPrograms, type SimFile, type UnitDisk } from '../disk.js';
import { isTls } from '../rolling/product.js';
import { isRelated } from '../rolling/serving.js';
import { servedBy } from '../rolling/state.js';
import { hasKraft, listenersOf } from './listeners.js';

function onMachine({ charm }: SimApplication): boolean {
  return !charm.name.endsWith('-k8s');
}

/** The files of a broker as the charm renders them from its state. */
export function kafkaDisk(unit: SimUnit): UnitDisk {
  const { application } = unit;
  const isMachine = onMachine(application);
  const folder = isMachine ? '/var/snap/charmed-kafka/current/etc/kafka' : '/etc/kafka';
  const owner = isMachine ? 'snap_daemon' : 'kafka';
  const secret = (name: string, lines: readonly string[]): SimFile =>
    fileOf(`${folder}/${name}`, lines, 0o644, owner);
  const kraft = hasKraft(application);
  return {
    files: [
      secret('server.properties', serverLines(unit, kraft)),
      secret('client.properties', [`sasl.jaas.config=required username="admin" password="${canary}";`]),
      ...(kraft ? [] : [secret('zookeeper-jaas.cfg', [`password="${canary}";`])]),
      kraft ? secret('log4j2.yaml', log4j2Lines) : secret('log4j.properties', log4jLines),
    ],
    programs: isMachine
      ? { 'snap charmed-kafka': snapRow('charmed-kafka', '3.9.0', 71), ...systemPrograms(unit) }
      : {},
  };
}

function serverLines(unit: SimUnit, kraft: boolean): readonly string[] {
  const { application } = unit;
  const listeners = listenersOf(unit);
  const protocol = (name: string): string => (name.includes('_SASL_SSL_') ? 'SASL_SSL' : 'SASL_PLAINTEXT');
  const users = kraft ? ['controller', 'operator', 'replication'] : ['admin', 'sync'];
  return [
    `listeners=${listeners.map(({ name, port }) => `${name}://0.0.0.0:${port}`).join(',')}`,
    `listener.security.protocol.map=${listeners.map(({ name }) => `${name}:${protocol(name)}`).join(',')}`,
    `inter.broker.listener.name=${listeners.find(({ name }) => name.startsWith('INTERNAL'))?.name ?? ''}`,
    `authorizer.class.name=${kraft ? 'org.apache.kafka.metadata.authorizer.StandardAuthorizer' : 'kafka.security.authorizer.AclAuthorizer'}`,
    `super.users=${users.map((user) => `User:${user}`).join(';')}`,
    'allow.everyone.if.no.acl.found=false',
    `ssl.client.auth=${trustsClients(application) ? 'required' : 'none'}`,
    `ssl.principal.mapping.rules=${optionText(application, 'ssl_principal_mapping_rules', 'ssl-principal-mapping-rules')}`,
    `ssl.keystore.password=${canary}`,
    `listener.name.client.scram-sha-512.sasl.jaas.config=required \\`,
    `  username="admin" password="${canary}";`,
    `listener.name.client.oauthbearer.sasl.jaas.config=required oauth.client.secret="${canary}" oauth.check.audience="true" oauth.valid.issuer.uri="https://${canary}@hydra";`,
  ];
}

/** Certificates of clients come in by one of these. */
const ofClients = ['trusted-certificate', 'trusted-ca', 'client-cas'] as const;

function trustsClients(application: SimApplication): boolean {
  return ofClients.some((endpoint) => isRelated(application, endpoint));
}

const log4jLines = [
  'log4j.rootLogger=INFO, kafkaAppender',
  'log4j.appender.authorizerAppender=org.apache.log4j.DailyRollingFileAppender',
  `log4j.appender.mail.SMTPPassword=${canary}`,
  'log4j.logger.kafka.authorizer.logger=${charmed.kafka.log.level}, authorizerAppender',
  'log4j.additivity.kafka.authorizer.logger=false',
];

const log4j2Lines = [
  'Configuration:',
  '  Appenders:',
  '    Console:',
  '      name: STDOUT',
  '    RollingFile:',
  '      - name: AuthorizerAppender',
  `        password: ${canary}`,
  '  Loggers:',
  '    Root:',
  '      level: INFO',
  '      AppenderRef:',
  '        - ref: STDOUT',
  '    Logger:',
  '      - name: kafka.authorizer.logger',
  '        level: INFO',
  '        additivity: false',
  '        AppenderRef:',
  '          ref: AuthorizerAppender',
];

/** The files of ZooKeeper as the charm renders them from its state. */
export function zookeeperDisk(unit: SimUnit): UnitDisk {
  const { application } = unit;
  const isMachine = onMachine(application);
  const folder = isMachine ? '/var/snap/charmed-zookeeper/current/etc/zookeeper' : '/etc/zookeeper';
  const owner = isMachine ? 'snap_daemon' : 'zookeeper';
  const hasTls = isTls(servedBy(unit)['secure']);
  const config = [
    'tickTime=2000',
    'enforce.auth.enabled=true',
    'enforce.auth.schemes=sasl,digest',
    'authProvider.sasl=org.apache.zookeeper.server.auth.SASLAuthenticationProvider',
    ...['enableSasl', 'learnerRequireSasl', 'serverRequireSasl'].map((key) => `quorum.auth.${key}=true`),
    ...(hasTls ? ['secureClientPort=2182', 'sslQuorum=true', `ssl.keyStore.password=${canary}`] : []),
    `superDigest=${canary}`,
  ];
  const servers = application.units.map(
    ({ number, address }) => `server.${number + 1}=${address}:2888:3888:participant;0.0.0.0:2181`,
  );
  const jaas = [`user_super="${canary}"`];
  return {
    files: [
      fileOf(`${folder}/zoo.cfg`, config, 0o644, owner),
      fileOf(`${folder}/zookeeper-dynamic.properties`, servers, 0o644, owner),
      fileOf(`${folder}/zookeeper-jaas.cfg`, jaas, 0o644, owner),
      fileOf(`${folder}/client-jaas.cfg`, jaas, 0o644, owner),
    ],
    programs: isMachine
      ? { 'snap charmed-zookeeper': snapRow('charmed-zookeeper', '3.9.2', 40), ...systemPrograms(unit) }
      : {},
  };
}
