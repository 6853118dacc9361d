/** Evidence from inside units in a saved snapshot: as strict as the controls that read it need it. */
import { z } from 'zod';
import { Time } from './common.js';
import { fact } from './fact.js';

const Texts = z.array(z.string());
const Numbers = z.array(z.number());

const Standing = z.looseObject({ path: z.string(), mode: z.int(), owner: z.string(), group: z.string() });

const Certificate = z.looseObject({
  subject: z.string(),
  issuer: z.string(),
  notBefore: Time,
  notAfter: Time,
  fingerprint: z.string(),
  keyFingerprint: z.string().exactOptional(),
  keyKind: z.string().exactOptional(),
  keyBits: z.number().exactOptional(),
  alternativeNames: Texts.exactOptional(),
  isCa: z.boolean().exactOptional(),
  selfSigned: z.boolean().exactOptional(),
});

const FileCertificate = z.looseObject({
  subject: z.string(),
  issuer: z.string(),
  notBefore: Time.exactOptional(),
  notAfter: Time,
  fingerprint: z.string().exactOptional(),
});

const Port = z.looseObject({ port: z.int(), answer: z.string() });

const Configuration = z.looseObject({
  ruledBy: z.enum(['file', 'flags and environment']),
  file: z.string().exactOptional(),
  settings: z.record(
    z.string(),
    z.looseObject({ value: z.string(), origin: z.enum(['file', 'environment', 'flag']) }),
  ),
  refusal: z.string().exactOptional(),
  dependsOnVersion: z.string().exactOptional(),
  ignored: Texts,
});

const Served = z.looseObject({
  url: z.string(),
  chain: z.array(Certificate),
  protocol: z.string().exactOptional(),
  trusted: z.boolean().exactOptional(),
  ca: Certificate.exactOptional(),
  asked: z.boolean(),
  authentication: z.enum(['on', 'off', 'unknown']),
  authenticationShown: z.string(),
  nameIsUser: z.boolean().exactOptional(),
});

const Member = z.looseObject({
  configuration: fact(Configuration),
  configurationFile: fact(Standing),
  dataDirectory: fact(Standing),
  clientCas: fact(z.array(Certificate)),
  peerCas: fact(z.array(Certificate)),
  clientPort: fact(Port),
  peerPort: fact(Port),
  served: fact(Served),
});

const Rule = z.looseObject({
  type: z.enum(['local', 'host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc']),
  databases: Texts,
  users: Texts,
  address: z.string().exactOptional(),
  method: z.string(),
});

const Postgresql = z.looseObject({
  ssl: z.boolean().exactOptional(),
  passwordEncryption: z.string().exactOptional(),
  logConnections: z.boolean().exactOptional(),
  logDisconnections: z.boolean().exactOptional(),
  archiving: z.enum(['pgbackrest', 'none', 'other']).exactOptional(),
  rules: z.array(Rule),
  restCertificate: z.boolean(),
  restAuthentication: z.boolean(),
});

const Pgbouncer = z.looseObject({
  authType: z.string(),
  clientTls: z.string(),
  serverTls: z.string(),
  listenAddress: z.string().exactOptional(),
  instances: z.int().exactOptional(),
});

const Listener = z.looseObject({
  name: z.string(),
  port: z.number(),
  protocol: z.enum(['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL']).exactOptional(),
});

const Kafka = z.looseObject({
  listeners: z.array(Listener),
  interBroker: z.string().exactOptional(),
  authorizer: z.string().exactOptional(),
  superUsers: Texts,
  everyoneIfNoAcl: z.boolean(),
  clientAuth: z.string(),
  clientAuthOf: z.record(z.string(), z.string()),
  mechanisms: Texts,
  principalMapping: z.string().exactOptional(),
  oauth: z.array(z.looseObject({ listener: z.string(), checksAudience: z.boolean(), schemes: Texts })),
});

const Zookeeper = z.looseObject({
  enforceAuth: z.boolean(),
  authSchemes: Texts,
  saslProvider: z.boolean(),
  quorumSasl: z.boolean(),
  quorumLearnerRequires: z.boolean(),
  quorumServerRequires: z.boolean(),
  plainPorts: Numbers,
  securePort: z.number().exactOptional(),
  sslQuorum: z.boolean(),
  portUnification: z.boolean(),
});

const AuthorizerLog = z.looseObject({
  level: z.string().exactOptional(),
  appenders: Texts,
  additive: z.boolean(),
  console: z.boolean(),
});

const Backup = z.looseObject({
  id: z.string(),
  at: Time.exactOptional(),
  type: z.string(),
  status: z.string(),
});

const Detail = z.looseObject({ status: z.string(), message: z.string() });

const UnitInside = z.looseObject({
  postgresql: fact(Postgresql),
  verifiers: fact(z.record(z.string(), z.number())),
  pgbouncer: fact(Pgbouncer),
  kafka: fact(Kafka),
  listeners: fact(z.array(Listener)),
  zookeeper: fact(Zookeeper),
  authorizerLog: fact(AuthorizerLog),
  files: fact(z.record(z.string(), Standing)),
  certificates: fact(z.record(z.string(), FileCertificate)),
  backups: fact(z.array(Backup)),
  details: fact(z.record(z.string(), z.array(Detail))),
  etcdAuthentication: fact(z.looseObject({ state: z.enum(['on', 'off']), shown: z.string() })),
  etcdPeers: fact(z.array(z.looseObject({ name: z.string(), peerUrls: Texts }))),
  pro: fact(z.looseObject({ attached: z.boolean(), enabled: Texts })),
  updates: fact(z.looseObject({ security: z.number(), restartNeeded: z.boolean() })),
  snap: fact(
    z.looseObject({ name: z.string(), version: z.string(), revision: z.number(), held: z.boolean() }),
  ),
  disk: fact(z.looseObject({ device: z.string(), layers: Texts })),
  packetFilter: fact(
    z.looseObject({
      tool: z.enum(['ufw', 'iptables', 'nft', 'none']),
      incoming: z.enum(['accept', 'drop']),
      rules: z.array(
        z.looseObject({
          verdict: z.enum(['accept', 'drop', 'other']),
          ports: z.string().exactOptional(),
          from: z.string().exactOptional(),
        }),
      ),
    }),
  ),
});

const Permission = z.looseObject({
  access: z.enum(['read', 'write', 'readwrite']),
  from: z.string(),
  to: z.string().exactOptional(),
});

/** What `application.workload` holds; evidence of other names has to be a fact. */
export const Workload = z
  .looseObject({
    unitsInside: fact(z.record(z.string(), UnitInside)),
    etcdMembers: fact(z.record(z.string(), Member)),
    certificateAuthorities: fact(z.array(Certificate)),
    etcdUsers: fact(
      z.looseObject({
        users: z.array(z.looseObject({ name: z.string(), roles: Texts })),
        roles: z.array(z.looseObject({ name: z.string(), permissions: z.array(Permission) })),
        askedAs: z.string(),
      }),
    ),
  })
  .catchall(fact(z.unknown()));
