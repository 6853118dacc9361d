import { z } from 'zod';
import type { Control } from '../../core/control.js';
import { fileReasons, filesPrivate } from '../shared/files.js';
import { authorizerOn, brokerReasons, everyListenerAuthenticates } from './broker-settings.js';
import { documents } from './documents.js';
import { keeperReasons, saslEnforced } from './keeper-settings.js';
import { mtlsJudgement, mtlsReasons, mappingRemedy } from './mtls.js';
import { oauthJudgement, oauthReasons, oauthRemedies } from './oauth.js';
import { passwordAge, passwordAgeReasons } from './password-age.js';
import { duration, names } from '../shared/params.js';
import {
  rotationJudgement,
  rotationReasons,
  rotationRemedies,
  takeOver,
  type SystemUsers,
} from '../shared/rotation.js';
import type { Product } from './product.js';
import { productControl } from './product-control.js';

const section = 'Authentication';
const noParams = z.object({});

const listeners = productControl({
  id: 'KAFKA-AUTH-01',
  on: ['kafka'],
  title: 'Every listener authenticates: by SCRAM, certificate or OAuth',
  severity: 'critical',
  section,
  rationale: 'A listener that asks for nothing lets whoever reaches the port read and write.',
  references: [documents.guide, documents.referenceThree, documents.referenceFour, documents.kafkaSecurity],
  evidence: ['W'],
  params: noParams,
  reasons: brokerReasons.authentication,
  remediation: 'manual',
  fixableBy: 'charm',
  manual:
    "Run 'juju run -m MODEL KAFKA/leader get-listeners' and compare names and ports with the charm's list of listeners: SASL_SSL on 9093, 19093 and 29093 (SCRAM) or 9096 (OAuth), SSL on 9094 (certificates), " +
    'and 9098 for the controllers of Kafka 4. The charm makes the listeners: report one that asks for nothing to it.',
  hazards: ['A change of server.properties by hand is overwritten by the charm.'],
  evaluate: ({ app }) => everyListenerAuthenticates(app),
});

const zookeeper = productControl({
  id: 'ZK-AUTH-01',
  on: ['zookeeper'],
  title: 'ZooKeeper enforces SASL for clients and among its members',
  severity: 'critical',
  section,
  rationale: 'Whoever writes to ZooKeeper unasked can give himself every right on Kafka.',
  references: [documents.guide, documents.zookeeperAdmin],
  evidence: ['W'],
  params: noParams,
  reasons: keeperReasons.sasl,
  remediation: 'manual',
  fixableBy: 'charm',
  manual:
    'Look into zoo.cfg of each unit (/etc/zookeeper, on machines /var/snap/charmed-zookeeper/current/etc/zookeeper): enforce.auth.enabled is true with the schemes sasl,digest, ' +
    'and quorum.auth.enableSasl, learnerRequireSasl and serverRequireSasl are true. The charm writes them always: report a difference to it.',
  hazards: ['A change by hand is overwritten by the charm.'],
  evaluate: ({ app }) => saslEnforced(app),
});

const mtls = productControl({
  id: 'KAFKA-AUTH-02',
  on: ['kafka'],
  title: 'Certificates of clients are really demanded, and mapped to users as the policy says',
  severity: 'high',
  section,
  rationale:
    'The mapping decides which user a certificate stands for: a rule that is too wide makes strangers administrators.',
  references: [documents.guide, documents.howToThree, documents.howToFour, documents.kafkaSecurity],
  evidence: ['S', 'J', 'W'],
  params: z.object({
    principalMapping: z.string().min(1).optional().meta({
      description:
        "The rules that turn a certificate's subject into a user, as Kafka writes them; without them, Kafka's own default.",
    }),
  }),
  reasons: mtlsReasons,
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Write down which subject stands for which user, then set the rules: 'juju config -m MODEL KAFKA ssl-principal-mapping-rules=RULES' (Kafka 3: ssl_principal_mapping_rules). " +
    'Look for ssl.client.auth=required in server.properties of each unit.',
  hazards: [
    'A changed mapping renames every user that comes by certificate: access rules have to be made for the new names before.',
  ],
  evaluate: (subject, { params }) => mtlsJudgement(subject, params.principalMapping),
  remediate: (subject, { params }) => mappingRemedy(subject, params.principalMapping),
});

const oauth = productControl({
  id: 'KAFKA-AUTH-03',
  on: ['kafka'],
  title: 'OAuth goes over https with a check of the audience, and its provider is not in development mode',
  severity: 'high',
  section,
  rationale: 'Hydra in development mode takes tokens over http, where they can be read and used by anyone.',
  references: [documents.guide, documents.howToThree, documents.howToFour, documents.hydra],
  evidence: ['S', 'W', 'J'],
  params: noParams,
  reasons: oauthReasons,
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Give Hydra an https ingress (relation public-route), then run 'juju config -m MODEL HYDRA dev=false'. " +
    'In server.properties of each unit the OAuth lines of the listener hold oauth.check.audience=true and an issuer that begins with https.',
  hazards: [
    'Without an https ingress nobody can log in through Hydra any more, other applications included.',
  ],
  evaluate: oauthJudgement,
  remediate: oauthRemedies,
});

const authorizer = productControl({
  id: 'KAFKA-AUTH-04',
  on: ['kafka'],
  title: 'The authorizer is on, nobody is let in for want of a rule, and super users are known',
  severity: 'critical',
  section,
  rationale: 'Authentication says who it is; only the authorizer says what he may do.',
  references: [documents.guide, documents.kafkaSecurity],
  evidence: ['W'],
  params: z.object({
    superUsers: names().meta({
      description: 'Super users besides those of the charm, as Kafka names them: User:relation-7.',
    }),
  }),
  reasons: brokerReasons.authorizer,
  remediation: 'manual',
  fixableBy: 'charm',
  manual:
    'In server.properties of each unit authorizer.class.name is AclAuthorizer (Kafka 3) or StandardAuthorizer (Kafka 4), allow.everyone.if.no.acl.found is false, and super.users names ' +
    'admin and sync (3) or controller, operator and replication (4), besides the clients that ask for extra-user-roles admin: take that option from those that do not need it.',
  hazards: ['A client that loses the admin role fails where it has no access rules of its own.'],
  evaluate: ({ app, product }, { params }) => authorizerOn(app, product, params.superUsers),
});

const passwords = productControl({
  id: 'KAFKA-AUTH-05',
  on: ['kafka', 'zookeeper'],
  title: "The internal users' passwords are rotated",
  severity: 'medium',
  section,
  rationale:
    'The internal users may do everything; a password of theirs that leaked is of use until it is changed.',
  references: [documents.guide, documents.howToThree, documents.howToFour],
  evidence: ['N', 'J', 'A'],
  params: z.object({
    age: duration('90d').meta({ description: 'How old the passwords may be, as in 90d.' }),
  }),
  reasons: { ...rotationReasons, ...passwordAgeReasons },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Kafka 3 and ZooKeeper: 'juju run -m MODEL APPLICATION/leader set-password username=USER', which makes up a new one. Kafka 4: put new passwords under the keys operator and replication into a user secret, " +
    "'juju grant-secret -m MODEL SECRET KAFKA', then 'juju config -m MODEL KAFKA system-users=SECRET'.",
  hazards: [
    'Kafka 4 drops keys of the secret other than operator and replication without a word in its status.',
    'A password as an argument of an action stays readable in the list of operations: let the charm make it up.',
  ],
  evaluate: (subject, context) =>
    rotationJudgement(subject.app, systemUsers(subject.product), context) ??
    passwordAge(subject, context.params.age, context.time),
  remediate: ({ app, product }, context) => rotationRemedies(app, systemUsers(product), context),
  effect: ({ app, product }) => takeOver(app, systemUsers(product)),
});

/** As the charms' code takes them; the description of Kafka 4 names others, which it drops. */
function systemUsers({ component, generation }: Product): SystemUsers {
  if (generation === 4) return { by: 'system-users', taken: ['operator', 'replication'] };
  return { by: 'set-password', taken: component === 'kafka' ? ['admin', 'sync'] : ['super', 'sync'] };
}

const files = productControl({
  id: 'KAFKA-FILE-01',
  on: ['kafka', 'zookeeper'],
  title: 'Configuration files that hold passwords are private',
  severity: 'medium',
  section,
  rationale: 'A password in a file that every local user can read is known to every local user.',
  references: [documents.guide, documents.referenceThree, documents.referenceFour],
  evidence: ['W'],
  params: noParams,
  reasons: fileReasons,
  remediation: 'manual',
  fixableBy: 'charm',
  manual:
    'Look at the modes of server.properties, client.properties and zookeeper-jaas.cfg (Kafka), zookeeper-jaas.cfg and client-jaas.cfg (ZooKeeper) with stat: none gives rights to others. ' +
    'They are in /etc/kafka and /etc/zookeeper, on machines below /var/snap. The charm writes them anew: report wider modes to it.',
  hazards: [
    'Never print these files through Juju: what a unit prints is kept and readable to everyone who may read the model.',
  ],
  evaluate: ({ app }) =>
    filesPrivate(app, {
      what: `how private the files of ${app.name} with passwords are`,
      wanted: 'files with passwords give no rights to others',
      forbidden: (path) =>
        /\/(?:(?:server|client)\.properties|(?:zookeeper|client)-jaas\.cfg)$/.test(path) ? 0o007 : undefined,
    }),
});

export const authentication: readonly Control[] = [
  listeners,
  zookeeper,
  mtls,
  oauth,
  authorizer,
  passwords,
  files,
];
