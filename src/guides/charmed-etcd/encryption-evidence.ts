import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { storeTransport, transportReasons, transportRemedy } from '../shared/backup-transport.js';
import { certificateInsideReasons } from '../shared/certificates-inside.js';
import { clientEndpoint, peerEndpoint, s3Endpoint } from '../shared/charmed-etcd.js';
import { documents } from '../shared/etcd-documents.js';
import { etcdPortReasons, servedCertificates, tlsInEffect } from '../shared/etcd-ports.js';
import { etcdSettingReasons, tlsStrength } from '../shared/etcd-settings.js';
import { duration, httpsEndpoint, manualOwner } from '../shared/params.js';
import { providerGrade, providerGradeReasons } from '../shared/tls-provider.js';

const section = 'Encryption';
const noParams = z.object({});

const effect = defineControl({
  id: 'ETCD-ENC-03',
  title: 'Encryption is really on: every member demands TLS with certificates on both ports',
  severity: 'critical',
  section,
  rationale:
    'A relation only asks for encryption. What the ports answer shows whether it is there, on every member.',
  references: [documents.guide, documents.enableTls, documents.etcdSecurity],
  evidence: ['P', 'S', 'W'],
  scope: 'application',
  params: noParams,
  reasons: etcdPortReasons,
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Relate both TLS endpoints (ETCD-ENC-02, then ETCD-ENC-01) and wait for active/idle. Where a unit still differs, read 'juju run -m MODEL ETCD/N status-detail' " +
    "and 'juju debug-log -m MODEL --include unit-ETCD-N', and check that the provider signed the request of that unit.",
  hazards: ['Removing and adding the relation to force new certificates passes through plain text.'],
  evaluate: tlsInEffect,
});

const provider = defineControl({
  id: 'ETCD-ENC-04',
  title: 'The TLS provider suits production and signs IP addresses',
  severity: 'high',
  section,
  rationale: 'A CA that nobody guards vouches for nobody, and etcd finds its members by IP address.',
  references: [documents.guide, documents.charmCertificates, documents.enableTls],
  evidence: ['S', 'J'],
  scope: 'application',
  params: z.object({ manualOwner }),
  reasons: providerGradeReasons,
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'Deploy a provider that is fit for production, with a CA of its own for etcd. Vault: set it up, then ' +
    "'juju config -m MODEL VAULT pki_allow_ip_sans=true pki_allow_any_name=true'. In a window, with clients told, remove the old relations and integrate the new " +
    "provider: 'juju remove-relation -m MODEL OLD ETCD:client-certificates', the same for peer-certificates, then as ETCD-ENC-02 and ETCD-ENC-01.",
  hazards: [
    'Between the old provider and the new one etcd speaks plain text.',
    'Each step restarts the members one after the other.',
  ],
  evaluate: (app, { params, knowledge }) =>
    providerGrade(app, [peerEndpoint, clientEndpoint], { knowledge, manualOwner: params.manualOwner }),
});

const expiry = defineControl({
  id: 'ETCD-ENC-05',
  title: 'No certificate is about to expire',
  severity: 'high',
  section,
  rationale:
    'Expired certificates cut off all clients and part the members; the provider renews in time or has a fault.',
  references: [documents.guide, documents.enableTls],
  evidence: ['P', 'W'],
  scope: 'application',
  params: z.object({
    notice: duration('30d').meta({
      description:
        'How long before its end a certificate has to be renewed at the latest, as in 30d; a third of its lifetime where that is less.',
    }),
  }),
  reasons: {
    ...certificateInsideReasons,
    NoTlsProvider: 'No TLS provider is related, so no certificate is served.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Look at the provider first: 'juju status -m MODEL PROVIDER --relations' and its log. A provider that works renews by itself; a manual one waits for a person: " +
    "'juju run -m MODEL PROVIDER/leader get-outstanding-certificate-requests'. The CA's own end is to be checked at the provider.",
  hazards: ["While etcd shows 'Rotating peer CA' or 'Rotating client CA', leave the relations alone."],
  evaluate: (app, { params, time }) => servedCertificates(app, params.notice, time),
});

const suites = defineControl({
  id: 'ETCD-ENC-06',
  title: 'TLS 1.2 is the least, with strong cipher suites',
  severity: 'medium',
  section,
  rationale: 'Older protocols and weak suites can be broken by whoever recorded the traffic.',
  references: [documents.cryptography, documents.etcdConfiguration],
  evidence: ['W'],
  scope: 'application',
  params: noParams,
  reasons: etcdSettingReasons.strength,
  remediation: 'manual',
  fixableBy: 'charm',
  manual:
    "Look for 'tls-min-version' and 'cipher-suites' in /var/snap/charmed-etcd/current/etcd.conf.yml of each unit. The charm writes both and has no option for them: " +
    'where they are weaker, refresh the charm (ETCD-UPG-01).',
  hazards: ['A change by hand is overwritten by the charm.'],
  evaluate: tlsStrength,
});

const storage = defineControl({
  id: 'ETCD-ENC-07',
  title: 'Backups travel to the object store over https',
  severity: 'high',
  section,
  rationale: 'A backup holds every key of etcd; its transport is encrypted by the store or not at all.',
  references: [documents.guide, documents.howTo, documents.s3Integrator],
  evidence: ['S', 'J'],
  scope: 'application',
  params: z.object({ endpoint: httpsEndpoint }),
  reasons: transportReasons,
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Check that the store answers over https and that its CA is known (option tls-ca-chain), then run 'juju config -m MODEL S3_INTEGRATOR endpoint=https://STORE'. " +
    "Make a backup afterwards: 'juju run -m MODEL ETCD/leader create-backup'.",
  hazards: [
    'One integrator serves many applications: all of them change over at once.',
    'Backups fail where the store has no https.',
  ],
  evaluate: (app) => storeTransport(app, s3Endpoint),
  remediate: (app, { params }, { reason }) =>
    reason === 'StoreNotHttps' ? transportRemedy(app, s3Endpoint, params.endpoint) : [],
});

export const encryptionEvidence: readonly Control[] = [effect, provider, expiry, suites, storage];
