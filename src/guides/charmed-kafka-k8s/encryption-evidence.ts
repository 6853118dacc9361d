import { z } from 'zod';
import type { Control } from '../../core/control.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, type Judgement } from '../../core/judgement.js';
import {
  certificateInsideReasons,
  certificatesInUse,
  withCertificates,
} from '../shared/certificates-inside.js';
import { withInside } from '../shared/inside.js';
import { isSurelyUnrelated } from '../shared/relations.js';
import { kafkaPortReasons, kafkaPortsJudgement } from '../shared/kafka-ports.js';
import { duration, manualOwner } from '../shared/params.js';
import { providerGrade, providerGradeReasons } from '../shared/tls-provider.js';
import { brokerReasons, listenersSet } from './broker-settings.js';
import { documents } from './documents.js';
import { tlsSides } from './endpoints.js';
import { keeperReasons, plainPortClosed } from './keeper-settings.js';
import { leavesOutIpSans } from './options.js';
import { productControl, type Subject } from './product-control.js';

const section = 'Wire Encryption';
const noParams = z.object({});

const listeners = productControl({
  id: 'KAFKA-ENC-02',
  on: ['kafka'],
  title: 'No listener of Kafka speaks plain text',
  severity: 'critical',
  section,
  rationale:
    'A relation only asks for encryption. One plain listener beside the encrypted ones is enough to read along.',
  references: [documents.guide, documents.referenceThree, documents.referenceFour],
  evidence: ['P', 'S', 'W'],
  params: noParams,
  reasons: {
    ...kafkaPortReasons,
    ...brokerReasons.listeners,
    NoTlsRelation: 'No TLS provider is related; without one each listener for clients speaks plain text.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Relate the TLS provider (KAFKA-ENC-01), then run 'juju run -m MODEL KAFKA/leader get-listeners' and look into server.properties of each unit: no listener name holds PLAINTEXT. " +
    'Where one is left although the relation stands, the provider probably signs no IP addresses: Kafka 3 takes certificate_include_ip_sans=false.',
  hazards: ['A broker without clients has no listener for them: finding none proves nothing.'],
  evaluate: plainListeners,
});

/** A listener appears with its first client, so that without a provider even a broker without listeners fails. */
function plainListeners({ app, product }: Subject): Judgement {
  for (const { endpoint } of tlsSides(product).filter(({ otherwise }) => otherwise === undefined)) {
    const fact = isSurelyUnrelated(app, endpoint);
    if (fact === undefined) continue;
    const seen = evidenceOf(fact, `nothing related to ${endpoint.name}`, 'no plain listener');
    const message = `${app.name}:${endpoint.name} has no TLS provider, so each listener for clients is a plain one`;
    return fail('NoTlsRelation', message, seen);
  }
  return withInside(kafkaPortsJudgement(app), listenersSet(app));
}

const zookeeperPort = productControl({
  id: 'ZK-ENC-02',
  on: ['zookeeper'],
  title: "ZooKeeper's plain port is closed or restricted",
  severity: 'high',
  section,
  rationale: 'Clients may go on to speak plain text where the old port stays open beside the encrypted one.',
  references: [documents.guide, documents.zookeeperAdmin, documents.networkPolicies],
  evidence: ['W', 'S'],
  params: noParams,
  reasons: keeperReasons.plainPort,
  remediation: 'manual',
  fixableBy: 'charm',
  manual:
    'Keep everyone but Kafka and the members away from port 2181: on Kubernetes by a NetworkPolicy on the pods of ZooKeeper, on machines by the firewall. ' +
    'Clients still have to authenticate by SASL there. Waive the finding as mitigated, naming K8S-NET-01.',
  hazards: ['A policy that forgets ports 2182, 2888 or 3888 parts the members or cuts off Kafka.'],
  evaluate({ app }) {
    const charm = app.get('charm');
    const seenInside = plainPortClosed(app);
    if (seenInside.reason === 'PlainPortStaysOpen') return { ...seenInside, upstream };
    if (seenInside.outcome !== 'unknown') return seenInside;
    const wanted = 'port 2181 closed or restricted';
    if (!isKnown(charm)) return notSeen(charm, wanted);
    const { name, revision } = charm.value;
    const seen = evidenceOf(
      charm,
      `${name} ${revision ?? 'of an unknown revision'}: 2181 stays open`,
      wanted,
    );
    const message = `${app.name} goes on to serve plain text on port 2181, as every known revision of ${name} does`;
    return { ...fail('PlainPortStaysOpen', message, seen), upstream };
  },
});

const upstream =
  'the charm always writes the plain client port into zookeeper-dynamic.properties, whether TLS is on or not';

const provider = productControl({
  id: 'KAFKA-ENC-03',
  on: ['kafka', 'zookeeper'],
  title: 'The TLS provider suits production, and no certificate is about to expire',
  severity: 'high',
  section,
  rationale: 'A CA that nobody guards vouches for nobody, and an expired certificate cuts off all clients.',
  references: [documents.guide, documents.charmCertificates],
  evidence: ['S', 'J', 'P', 'W'],
  params: z.object({
    manualOwner,
    notice: duration('30d').meta({
      description:
        'How long before its end a certificate has to be renewed at the latest, as in 30d; a third of its lifetime where that is less.',
    }),
  }),
  reasons: {
    ...providerGradeReasons,
    ...certificateInsideReasons,
    ProviderSignsNoIpSans:
      'The provider signs no IP addresses and the application asks for them, so it may go without a certificate.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'Deploy a provider that is fit for production. Where it signs no IP addresses, Kafka 3 takes certificate_include_ip_sans=false and ZooKeeper certificate-include-ip-sans=false. ' +
    "In a window, change over ZooKeeper first, then Kafka: 'juju remove-relation -m MODEL OLD APPLICATION:certificates', then as ZK-ENC-01 and KAFKA-ENC-01. " +
    "Certificates renew by themselves; where one is near its end, read the provider's status and log.",
  hazards: [
    'Between the old provider and the new one the application speaks plain text.',
    'Kafka 3 is blocked while only one of Kafka and ZooKeeper has TLS.',
  ],
  evaluate({ app, product }, { params, knowledge, time }) {
    const endpoints = tlsSides(product).map(({ endpoint }) => endpoint);
    const { manualOwner } = params;
    const ipSansSpared = leavesOutIpSans(app, product);
    const grade = providerGrade(app, endpoints, { knowledge, manualOwner, ipSansSpared });
    if (grade.outcome === 'not-applicable') return grade;
    const ports = [product.component === 'kafka' ? 19_093 : 2182];
    return withCertificates(grade, certificatesInUse(app, { ports, notice: params.notice, time }));
  },
});

export const encryptionEvidence: readonly Control[] = [listeners, zookeeperPort, provider];
