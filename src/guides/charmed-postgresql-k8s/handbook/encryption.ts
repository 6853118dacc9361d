import type { Handbook } from '../../../core/handbook.js';
import {
  bothModels,
  charmWrites,
  filesWaiving,
  providerNeeds,
  providerWaiving,
  tlsRelationChange,
  tlsWaiving,
  transport,
} from '../../shared/handbook.js';

export const encryption: Readonly<Record<string, Handbook>> = {
  'PG-ENC-01': {
    passes:
      'A TLS provider is related to certificates (track 14) or client-certificates (track 16), and the relation stands.',
    needs: { S: bothModels },
    change: tlsRelationChange(
      'certificates (track 14) or client-certificates (track 16)',
      'Every client that connects without TLS, for good; the plan names the related clients. Each unit for a moment, one after the other.',
    ),
    waiving: tlsWaiving(
      'let only the related clients reach port 5432 (K8S-NET-01, on machines PG-NET-01), and change the passwords that travelled in clear once TLS is on.',
    ),
  },
  'PG-ENC-02': {
    passes:
      'A TLS provider is related to certificates (track 14) or peer-certificates (track 16), and the relation stands.',
    needs: { S: bothModels },
    change: tlsRelationChange(
      'certificates (track 14) or peer-certificates (track 16)',
      'On track 14 every client that connects without TLS, because clients and members share the endpoint. On track 16 nobody for good.',
    ),
    waiving: tlsWaiving('let only the members reach each other on ports 5432 and 8008 (K8S-NET-01).'),
  },
  'PGB-ENC-01': {
    passes: 'A TLS provider is related to certificates of PgBouncer, and the relation stands.',
    needs: { S: bothModels },
    change: tlsRelationChange(
      'certificates',
      'Clients for a moment, when PgBouncer takes its certificate into use.',
    ),
    waiving: tlsWaiving('let only the related clients reach PgBouncer (K8S-NET-01, on machines PGB-NET-01).'),
  },
  'PG-ENC-03': {
    passes:
      'Port 5432 of every unit refuses sessions without TLS, and where units were looked into ssl is on with hostssl in every rule for the network.',
    waiving: {
      when: 'Right only while a unit waits for its certificate after the relations were made, and somebody is at it. The relations alone prove nothing, so that this is the last control to waive.',
      instead: 'have clients ask for verify-full, so that none of them falls back to plain text.',
      atMost: '7d',
      reason: 'the provider signs the request of the new unit after its own repair on Monday',
    },
  },
  'PGB-ENC-02': {
    passes:
      'Port 6432 of every unit refuses sessions without TLS: client_tls_sslmode is require or stricter, which no known revision of the charm writes.',
    waiving: {
      when: `${charmWrites} Kind mitigated fits on Kubernetes, while a NetworkPolicy keeps others out; on machines write kind waived, and name the firewall.`,
      instead: 'let clients ask for verify-full, and only them reach the port.',
      compensatedBy: 'K8S-NET-01',
      atMost: '180d',
      reason: 'the charm writes prefer; a NetworkPolicy admits the related clients only',
    },
  },
  'PG-ENC-06': {
    passes:
      'Port 8008 of every unit speaks https, and where units were looked into restapi names a certificate.',
    waiving: {
      when: 'Right while the TLS provider of the members waits for its window (PG-ENC-02): waive both or none.',
      instead: 'let only the members reach port 8008 (K8S-NET-01).',
      atMost: '60d',
      reason: 'TLS among the members is switched on in the window of January',
    },
  },
  'PG-FILE-01': {
    passes: 'patroni.yml has mode 600 or stricter on every unit.',
    waiving: filesWaiving('patroni.yml'),
  },
  'PG-ENC-04': transport('PostgreSQL'),
  'PG-ENC-05': {
    passes:
      'The related provider is graded for production, or is a manual one with an owner, and every certificate and CA that was seen ends later than the notice.',
    needs: providerNeeds,
    waiving: providerWaiving,
  },
};
