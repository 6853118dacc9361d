import type { Control } from '../../core/control.js';
import { memberReasons, membersJudgement } from '../shared/etcd-members.js';
import {
  configurationReasons,
  demandsCertificates,
  hasCertificate,
  makesUpNone,
} from './by-configuration.js';
import { effectReasons, servesCertificate, showsNoneMadeUp, turnsAway } from './by-effect.js';
import { check, type Check } from './check.js';
import { documents } from './documents.js';
import { memberVerdict, verdictReasons, type SideCheck } from './member-verdict.js';
import { clients, peers, type Side } from './sides.js';
import { uniqueCa, uniqueCaReasons } from './unique-ca.js';

const section = '2 etcd';

const file = '/var/snap/charmed-etcd/current/etcd.conf.yml';
const byRelation = (end: string, control: string) =>
  `Relate a TLS provider to ${end} as ${control} says: the charm writes these settings then, and only then. Look at ${file} of each unit afterwards.`;

const byHand = (what: string) =>
  `Without a charm: ${what} in the configuration file that etcd is started with, or as flag or variable where there is no such file, and restart the members one after the other.`;

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

type Judged = Pick<Check, 'reasons' | 'evidence' | 'judge'>;

interface Texts {
  /** Starts a sentence. */
  readonly what: string;
  readonly wanted: string;
  readonly met: string;
}

/** Put to one side of every member; `reasons` are those of its condition and of its effect. */
function sideCheck({ what, wanted, met }: Texts, made: SideCheck, reasons: Check['reasons']): Judged {
  const texts = { what, wanted, met };
  return {
    reasons: { ...memberReasons, ...verdictReasons, ...reasons },
    evidence: ['W', 'P'],
    judge: (app) => membersJudgement(app, { ...texts, verdict: (member) => memberVerdict(member, made) }),
  };
}

function ownCertificate(side: Side): Judged {
  return sideCheck(
    {
      what: `whether etcd serves its ${side.callers} over https with a certificate and key of its own`,
      wanted: `${side.prefix}cert-file and ${side.prefix}key-file set, and https only`,
      met: `every member serves its ${side.callers} over https with a certificate and key of its own`,
    },
    { side, condition: hasCertificate(side), effect: servesCertificate(side) },
    { ...configurationReasons.certificate, ...effectReasons.certificate },
  );
}

function demanded(side: Side): Judged {
  return sideCheck(
    {
      what: `whether etcd demands certificates of its ${side.callers}`,
      wanted: `${side.prefix}client-cert-auth true, in effect`,
      met: `every member demands certificates of its ${side.callers}`,
    },
    { side, condition: demandsCertificates(side), effect: turnsAway(side) },
    {
      ...configurationReasons.demand,
      ...effectReasons[side.prefix === '' ? 'demandOfClients' : 'demandOfMembers'],
    },
  );
}

function noneMadeUp(side: Side): Judged {
  return sideCheck(
    {
      what: `whether etcd makes up certificates for its ${side.callers}`,
      wanted: `${side.prefix}auto-tls not true`,
      met: `no member makes up certificates for its ${side.callers}`,
    },
    { side, condition: makesUpNone(side), effect: showsNoneMadeUp(side) },
    { ...configurationReasons.madeUp, ...effectReasons.madeUp },
  );
}

const checks: readonly Check[] = [
  {
    id: 'CIS-2.1',
    title: 'etcd serves its clients with a certificate and key of its own',
    severity: 'critical',
    rationale: 'Without a certificate everything that clients write and read crosses the network in clear.',
    references,
    manual: `${byRelation('client-certificates', 'ETCD-ENC-01')} Both cert-file and key-file stand under client-transport-security, and every listen-client-urls begins with https. ${byHand('set cert-file and key-file under client-transport-security and let every one of listen-client-urls begin with https')}`,
    hazards: clientHazards,
    fixableBy: 'operator',
    ...ownCertificate(clients),
  },
  {
    id: 'CIS-2.2',
    title: 'etcd demands certificates of its clients',
    severity: 'critical',
    rationale: 'A server that only shows its own certificate serves whoever reaches its port.',
    references,
    manual: `${byRelation('client-certificates', 'ETCD-ENC-01')} client-cert-auth under client-transport-security is true, and a caller without a certificate is turned away. ${byHand('set client-cert-auth and trusted-ca-file under client-transport-security')}`,
    hazards: clientHazards,
    fixableBy: 'operator',
    ...demanded(clients),
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
    manual: `Look for auto-tls under client-transport-security in ${file} of each unit: it is absent or false. The charm never sets it: report a unit that has it, and relate a TLS provider (ETCD-ENC-01). ${byHand('take auto-tls out of client-transport-security and set cert-file and key-file')}`,
    hazards: writtenByCharm,
    fixableBy: 'charm',
    ...noneMadeUp(clients),
  },
  {
    id: 'CIS-2.4',
    title: 'Members have a certificate and key for the traffic among them',
    severity: 'critical',
    rationale: 'Members send each other every write: without TLS anyone on the way reads all of it.',
    references,
    manual: `${byRelation('peer-certificates', 'ETCD-ENC-02')} Both cert-file and key-file stand under peer-transport-security, and every listen-peer-urls begins with https. ${byHand('set cert-file and key-file under peer-transport-security and let every one of listen-peer-urls begin with https')}`,
    hazards: peerHazards,
    fixableBy: 'operator',
    ...ownCertificate(peers),
  },
  {
    id: 'CIS-2.5',
    title: 'Members demand certificates of each other',
    severity: 'critical',
    rationale: 'Whoever may join as a member gets a copy of everything.',
    references,
    manual: `${byRelation('peer-certificates', 'ETCD-ENC-02')} client-cert-auth under peer-transport-security is true. ${byHand('set client-cert-auth and trusted-ca-file under peer-transport-security')}`,
    hazards: peerHazards,
    fixableBy: 'operator',
    ...demanded(peers),
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
    manual: `Look for auto-tls under peer-transport-security in ${file} of each unit: it is absent or false. The charm never sets it: report a unit that has it, and relate a TLS provider (ETCD-ENC-02). ${byHand('take auto-tls out of peer-transport-security and set cert-file and key-file')}`,
    hazards: writtenByCharm,
    fixableBy: 'charm',
    ...noneMadeUp(peers),
  },
  {
    id: 'CIS-2.7',
    title: 'etcd trusts a CA that signs for nobody else',
    severity: 'high',
    rationale: 'Where one CA signs for everything, the certificate of any service opens the door to etcd.',
    references: [documents.benchmark, documents.kubeBench, documents.charmGuide],
    manual:
      'Give etcd a TLS provider application of its own: deploy a second one and relate only etcd to it. ' +
      "Compare the CA's fingerprint with those of the other providers of the model and of the cluster: 'openssl x509 -noout -fingerprint -sha256'. A trusted-ca-file alone proves nothing. Without a charm, name the CAs of the others: 'holdfast audit --etcd-config FILE --other-ca /etc/kubernetes/pki/ca.crt'.",
    hazards: [
      'Between the old provider and the new one etcd speaks plain text: take a window, with clients told.',
      'Clients need certificates of the new CA before.',
    ],
    fixableBy: 'operator',
    reasons: { ...memberReasons, ...uniqueCaReasons },
    judge: (app) => uniqueCa(app),
  },
];

export const service: readonly Control[] = checks.map((one) => check(section, one));
