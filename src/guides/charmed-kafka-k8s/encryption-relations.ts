import { z } from 'zod';
import type { Precondition } from '../../core/action/action.js';
import type { Control } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { notApplicable, type Judgement } from '../../core/judgement.js';
import { clientsAt } from '../shared/client-roles.js';
import { worst } from '../shared/combine.js';
import { kafkaPortReasons, kafkaPortsJudgement, zookeeperTlsEffect } from '../shared/kafka-ports.js';
import { providerChoice } from '../shared/params.js';
import { tlsRelation, tlsRelationReasons, type TlsSide } from '../shared/tls-relation.js';
import { documents } from './documents.js';
import { kafkaClientEndpoint, tlsSides, zookeeperEndpoint } from './endpoints.js';
import { productControl, type Subject } from './product-control.js';
import { pairPlaces, places, tlsSteps } from './tls-steps.js';
import { betweenSteps, hasNoTls, kafkasOf, zookeepersOf } from './zookeeper-links.js';

const section = 'Wire Encryption';

/** How the TLS provider is chosen. */
const params = z.object(providerChoice);

const reasons = { ...tlsRelationReasons, ...kafkaPortReasons } as const;

function certificatesRelated({ app, product }: Subject): Judgement {
  const [first, ...others] = tlsSides(product).map((side) => tlsRelation(app, side));
  if (first === undefined) throw new Error('every product has a side to be secured');
  return worst(first, ...others);
}

const zookeeper = productControl({
  id: 'ZK-ENC-01',
  on: ['zookeeper'],
  title: 'ZooKeeper has a TLS provider',
  severity: 'critical',
  section,
  rationale:
    'ZooKeeper holds the access rules and password verifiers of Kafka; without TLS they cross the network in clear.',
  references: [documents.guide, documents.howToThree, documents.charmCertificates],
  evidence: ['S'],
  params,
  reasons: {
    ...reasons,
    ZooKeeperTlsDisabled: 'No TLS provider is related to ZooKeeper, so Kafka and the members talk in clear.',
    KafkaComesNext: 'A related Kafka stands still until it has TLS too; both are looked at together then.',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Run 'juju integrate -m MODEL PROVIDER:certificates ZOOKEEPER:certificates' (Vault: PROVIDER:vault-pki) and wait until the units no longer say 'provider not ready' " +
    "and are active/idle, then secure Kafka at once (KAFKA-ENC-01). Where the provider signs no IP addresses, first run 'juju config -m MODEL ZOOKEEPER certificate-include-ip-sans=false'. " +
    'Where ZooKeeper and Kafka are in different models, agree on a window for both.',
  hazards: [
    'ZooKeeper restarts three times, member by member.',
    'Kafka is blocked from here until it has TLS too: enforce ZK-ENC-01 and KAFKA-ENC-01 together, with the same provider.',
    'Removing the relation again returns ZooKeeper to plain text.',
  ],
  order: places.zookeeper,
  evaluate: certificatesRelated,
  remediate(subject, { params: choice, knowledge }) {
    const { app } = subject;
    if (kafkasOf(app) === undefined) return [];
    return tlsSteps(subject, {
      choice,
      knowledge,
      preconditions: kafkasToFinishFirst(app),
      place: pairPlaces(app).zookeeper,
      about: () => ({
        effect: `${app.name} speaks TLS with Kafka and among its members`,
        risk: 'high',
        cutsOff: clientsAt(app, zookeeperEndpoint),
      }),
    });
  },
  effect({ app }) {
    const waiting = (kafkasOf(app) ?? []).filter(hasNoTls).map(({ name }) => name);
    if (waiting.length === 0) return zookeeperTlsEffect(app);
    return notApplicable('KafkaComesNext', `${waiting.join(', ')} has to get TLS before anything else`);
  },
});

/** No other ZooKeeper is begun while a Kafka stands between its two steps. */
function kafkasToFinishFirst(app: ApplicationView): readonly Precondition[] {
  const between = betweenSteps(app.model);
  return between.map(({ name }) => ({ type: 'related', application: name, endpoint: 'certificates' }));
}

const kafka = productControl({
  id: 'KAFKA-ENC-01',
  on: ['kafka'],
  title: 'Kafka has a TLS provider',
  severity: 'critical',
  section,
  rationale:
    'Without TLS clients send their passwords and messages in clear, and anyone on the way can take the place of a broker.',
  references: [
    documents.guide,
    documents.howToThree,
    documents.howToFour,
    documents.charmCertificates,
    documents.kafkaSecurity,
  ],
  evidence: ['S'],
  params,
  reasons: {
    ...reasons,
    ClientTlsDisabled: 'No TLS provider is related to certificates, so clients talk in clear.',
    PeerCaOfItsOwn:
      'No TLS provider is related to peer-certificates, so brokers trust a CA that the charm made up itself.',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Kafka 3: secure ZooKeeper first (ZK-ENC-01) and, as soon as it is active/idle, run 'juju integrate -m MODEL PROVIDER:certificates KAFKA:certificates' (Vault: PROVIDER:vault-pki). " +
    "Where the provider signs no IP addresses, run 'juju config -m MODEL KAFKA certificate_include_ip_sans=false' before both. " +
    "Kafka 4: 'juju integrate -m MODEL PROVIDER:certificates KAFKA:peer-certificates', then the same with KAFKA:certificates. " +
    "Look at the result with 'juju run -m MODEL KAFKA/leader get-listeners': no name holds PLAINTEXT.",
  hazards: [
    'Brokers restart one after the other, and the client port changes from 9092 to 9093: clients outside Juju have to be told.',
    'Kafka 3 is blocked while only one of Kafka and ZooKeeper has TLS.',
    'A provider that signs no IP addresses leaves Kafka without TLS, and its status does not say so.',
    'Leaving a provider later passes through plain text: choose the one that is meant to stay.',
  ],
  order: places.kafka,
  evaluate: certificatesRelated,
  remediate(subject, { params: choice, knowledge }) {
    const zookeepers = subject.product.generation === 3 ? zookeepersOf(subject.app) : [];
    // Where a ZooKeeper is out of reach, a person does both.
    if (zookeepers === undefined) return [];
    const [first] = zookeepers;
    return tlsSteps(subject, {
      choice,
      knowledge,
      preconditions: zookeepers.flatMap(isReady),
      place: first === undefined ? places.kafka : pairPlaces(first).kafka,
      about: (side) => aboutKafka(subject.app, side),
    });
  },
  effect: ({ app }) => kafkaPortsJudgement(app),
});

/** ZooKeeper has TLS, and its restarts are over. */
function isReady({ name }: ApplicationView): readonly Precondition[] {
  return [
    { type: 'related', application: name, endpoint: 'certificates' },
    { type: 'application-settled', application: name },
  ];
}

function aboutKafka(app: ApplicationView, { endpoint }: TlsSide) {
  if (endpoint.name === 'peer-certificates') {
    const effect = `the brokers of ${app.name} get their certificates from a CA of yours`;
    return { effect, risk: 'medium', cutsOff: [] } as const;
  }
  return {
    effect: `${app.name} serves its clients over TLS`,
    risk: 'high',
    cutsOff: [...clientsAt(app, kafkaClientEndpoint), 'every client that connects to a plain port'],
  } as const;
}

export const encryptionRelations: readonly Control[] = [zookeeper, kafka];
