import type { Control } from '../../core/control.js';
import { check, type Check } from './check.js';
import { documents } from './documents.js';

const section = '2 etcd';

const file = '/var/snap/charmed-etcd/current/etcd.conf.yml';
const byRelation = (end: string, control: string) =>
  `Relate a TLS provider to ${end} as ${control} says: the charm writes these settings then, and only then. Look at ${file} of each unit afterwards.`;

const references = [
  documents.benchmark,
  documents.kubeBench,
  documents.etcdSecurity,
  documents.enableTls,
] as const;

const clientHazards = [
  'Client TLS demands certificates at once: every client without one is cut off.',
  'The members restart one after the other.',
] as const;

const peerHazards = ['The members restart one after the other.'] as const;
const writtenByCharm = ['A change of the file by hand is overwritten by the charm.'] as const;

const checks: readonly Check[] = [
  {
    id: 'CIS-2.1',
    title: 'etcd serves its clients with a certificate and key of its own',
    severity: 'critical',
    rationale: 'Without a certificate everything that clients write and read crosses the network in clear.',
    references,
    manual: `${byRelation('client-certificates', 'ETCD-ENC-01')} Both cert-file and key-file stand under client-transport-security, and every listen-client-urls begins with https.`,
    hazards: clientHazards,
    fixableBy: 'operator',
    what: 'whether etcd serves its clients over https with a certificate and key of its own',
  },
  {
    id: 'CIS-2.2',
    title: 'etcd demands certificates of its clients',
    severity: 'critical',
    rationale: 'A server that only shows its own certificate serves whoever reaches its port.',
    references,
    manual: `${byRelation('client-certificates', 'ETCD-ENC-01')} client-cert-auth under client-transport-security is true, and a caller without a certificate is turned away.`,
    hazards: clientHazards,
    fixableBy: 'operator',
    what: 'whether etcd demands certificates of its clients',
  },
  {
    id: 'CIS-2.3',
    title: 'etcd makes up no certificates for its clients',
    severity: 'high',
    rationale:
      'With certificates made up at start, etcd forgets which CA it was to trust and serves anyone who speaks TLS.',
    references: [
      documents.benchmark,
      documents.kubeBench,
      documents.etcdSecurity,
      documents.etcdConfiguration,
    ],
    manual: `Look for auto-tls under client-transport-security in ${file} of each unit: it is absent or false. The charm never sets it: report a unit that has it, and relate a TLS provider (ETCD-ENC-01).`,
    hazards: writtenByCharm,
    fixableBy: 'charm',
    what: 'whether etcd makes up certificates for its clients',
  },
  {
    id: 'CIS-2.4',
    title: 'Members have a certificate and key for the traffic among them',
    severity: 'critical',
    rationale: 'Members send each other every write: without TLS anyone on the way reads all of it.',
    references,
    manual: `${byRelation('peer-certificates', 'ETCD-ENC-02')} Both cert-file and key-file stand under peer-transport-security, and every listen-peer-urls begins with https.`,
    hazards: peerHazards,
    fixableBy: 'operator',
    what: 'whether the members talk over https with certificates and keys of their own',
  },
  {
    id: 'CIS-2.5',
    title: 'Members demand certificates of each other',
    severity: 'critical',
    rationale: 'Whoever may join as a member gets a copy of everything.',
    references,
    manual: `${byRelation('peer-certificates', 'ETCD-ENC-02')} client-cert-auth under peer-transport-security is true.`,
    hazards: peerHazards,
    fixableBy: 'operator',
    what: 'whether the members demand certificates of each other',
  },
  {
    id: 'CIS-2.6',
    title: 'Members make up no certificates',
    severity: 'high',
    rationale:
      'Certificates made up at start vouch for nobody: any caller with one of his own making would pass as a member.',
    references: [
      documents.benchmark,
      documents.kubeBench,
      documents.etcdSecurity,
      documents.etcdConfiguration,
    ],
    manual: `Look for auto-tls under peer-transport-security in ${file} of each unit: it is absent or false. The charm never sets it: report a unit that has it, and relate a TLS provider (ETCD-ENC-02).`,
    hazards: writtenByCharm,
    fixableBy: 'charm',
    what: 'whether the members make up certificates',
  },
  {
    id: 'CIS-2.7',
    title: 'etcd trusts a CA that signs for nobody else',
    severity: 'high',
    rationale: 'Where one CA signs for everything, the certificate of any service opens the door to etcd.',
    references: [documents.benchmark, documents.kubeBench, documents.charmGuide],
    manual:
      'Give etcd a TLS provider application of its own: deploy a second one and relate only etcd to it. ' +
      "Compare the CA's fingerprint with those of the other providers of the model and of the cluster: 'openssl x509 -noout -fingerprint -sha256'. A trusted-ca-file alone proves nothing.",
    hazards: [
      'Between the old provider and the new one etcd speaks plain text: take a window, with clients told.',
      'Clients need certificates of the new CA before.',
    ],
    fixableBy: 'operator',
    what: "whether etcd's CA differs from all others of the model",
  },
];

export const service: readonly Control[] = checks.map((one) => check(section, one));
