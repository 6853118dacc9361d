import type { Handbook } from '../../../core/handbook.js';
import {
  bothModels,
  charmWrites,
  providerNeeds,
  providerWaiving,
  tlsRelationChange,
  tlsWaiving,
} from '../../shared/handbook.js';

export const encryption: Readonly<Record<string, Handbook>> = {
  'ZK-ENC-01': {
    passes: 'A TLS provider is related to certificates of ZooKeeper, and the relation stands.',
    needs: { S: bothModels },
    change: tlsRelationChange(
      'certificates of ZooKeeper, with certificate-include-ip-sans set to false before where the provider signs no IP addresses',
      'Kafka, which is blocked until it has TLS too (KAFKA-ENC-01 follows in the same plan); each member for a moment, three times.',
    ),
    waiving: tlsWaiving(
      'let only Kafka and the members reach ZooKeeper (K8S-NET-01): it asks everybody for SASL in any case (ZK-AUTH-01).',
    ),
  },
  'KAFKA-ENC-01': {
    passes:
      'A TLS provider is related to certificates, on Kafka 4 to peer-certificates as well, and the relations stand.',
    needs: { S: bothModels },
    change: tlsRelationChange(
      'certificates of Kafka (on 4 peer-certificates first), once ZooKeeper of Kafka 3 has TLS',
      'Every client that connects to a plain port: the client port changes from 9092 to 9093. The plan names the related clients.',
    ),
    waiving: tlsWaiving(
      'let only the related clients reach the brokers (K8S-NET-01), and change the passwords that travelled in clear once TLS is on.',
    ),
  },
  'KAFKA-ENC-02': {
    passes:
      'No listener of any broker speaks plain text, by what its ports answer and, where units were looked into, by its files.',
    waiving: {
      when: 'Right while the last client moves from a plain listener to an encrypted one, with a date. The relation alone proves nothing, so that this is the last control to waive.',
      instead: 'let only that client reach the plain port (K8S-NET-01).',
      atMost: '14d',
      reason: 'the last producer moves to port 9093 this week',
    },
  },
  'ZK-ENC-02': {
    passes:
      'No member serves clients on a plain port, which no known revision of the charm does: it always leaves 2181 open.',
    waiving: {
      when: `${charmWrites} Kind mitigated fits on Kubernetes, while a NetworkPolicy keeps everyone but Kafka and the members away; on machines write kind waived, and name the firewall.`,
      instead: 'see that ZooKeeper enforces SASL (ZK-AUTH-01), and close port 2181 to all others.',
      compensatedBy: 'K8S-NET-01',
      atMost: '180d',
      reason: 'the charm leaves 2181 open; a NetworkPolicy admits Kafka and the members only',
    },
  },
  'KAFKA-ENC-03': {
    passes:
      'The related provider is graded for production, or is a manual one with an owner, and every certificate and CA that was seen ends later than the notice.',
    needs: providerNeeds,
    waiving: providerWaiving,
  },
};
