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
  'ETCD-ENC-01': {
    passes:
      'A TLS provider is related to client-certificates, here or over an offer, and the relation stands.',
    needs: { S: bothModels },
    change: tlsRelationChange(
      'client-certificates, once peer-certificates is related (ETCD-ENC-02)',
      'Every client that shows no certificate, for good; the plan names the related clients. Each member for a moment, one after the other.',
    ),
    waiving: tlsWaiving(
      'expose etcd to nobody and let only its clients reach port 2379 (ETCD-NET-01); change the passwords that travelled in clear once TLS is on.',
    ),
  },
  'ETCD-ENC-02': {
    passes: 'A TLS provider is related to peer-certificates, here or over an offer, and the relation stands.',
    needs: { S: bothModels },
    change: tlsRelationChange(
      'peer-certificates',
      'Nobody for good: the members restart one after the other.',
    ),
    waiving: tlsWaiving(
      'keep the members in a network that nothing else shares, and port 2380 closed to everybody else (ETCD-NET-01).',
    ),
  },
  'ETCD-ENC-03': {
    passes:
      'Ports 2379 and 2380 of every unit demand TLS with a certificate of the caller, and every configuration that was looked at says so.',
    waiving: {
      when: 'Right only while a unit waits for its certificate after the relations were made, and somebody is at it. The relations alone prove nothing, so that this is the last control to waive.',
      instead: 'take the unit that differs out of the list of endpoints of your clients.',
      atMost: '7d',
      reason: 'the provider signs the request of the new unit after its own repair on Monday',
    },
  },
  'ETCD-ENC-04': {
    passes:
      'The related provider is graded for production, or is a manual one with an owner, is not retired, and signs IP addresses.',
    needs: providerNeeds,
    waiving: providerWaiving,
  },
  'ETCD-ENC-05': {
    passes:
      'Every certificate that the units serve, and every CA that was seen, ends later than the notice, or than a third of its lifetime where that is shorter.',
    waiving: {
      when: 'Right for a provider of short-lived certificates that renews late on purpose, once you have seen it renew.',
      instead:
        'alert on the end of the certificate itself (HoldfastCertificateExpiring does), so that a renewal that fails is seen.',
      atMost: '14d',
      reason: 'the provider renews a day before the end; seen doing so on 1 December',
    },
  },
  'ETCD-ENC-06': {
    passes:
      'Every member takes TLS 1.2 at least, and lists only suites with forward secrecy and authenticated encryption.',
    waiving: {
      when: `${charmWrites} Right, too, while one old client has no better suite.`,
      instead: 'name the client and its owner in the reason, and let only it and the members reach the port.',
      atMost: '90d',
      reason: 'the charm writes the suites; mended in its next release',
    },
  },
  'ETCD-ENC-07': transport('etcd'),
  'ETCD-FILE-01': {
    passes:
      'Private keys have mode 600 or stricter on every unit, and the configuration gives no rights to others.',
    waiving: filesWaiving('keys or configuration'),
  },
};
