import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { storeTransport, transportReasons, transportRemedy } from '../shared/backup-transport.js';
import {
  certificateInsideReasons,
  certificatesInUse,
  withCertificates,
} from '../shared/certificates-inside.js';
import { duration, httpsEndpoint, manualOwner } from '../shared/params.js';
import { providerGrade, providerGradeReasons } from '../shared/tls-provider.js';
import { documents } from './documents.js';
import { clientSide, memberSide, storeEndpoint } from './endpoints.js';
import { judging, mending, releaseReasons } from './release.js';

const storage = defineControl({
  section: 'Encryption',
  scope: 'application',
  id: 'PG-ENC-04',
  title: 'Backups travel to the object store over https',
  severity: 'high',
  rationale: 'A backup is the whole database; its way to the store is encrypted by the store or not at all.',
  references: [documents.guide, documents.howTo14, documents.s3Integrator],
  evidence: ['S', 'J'],
  params: z.object({ endpoint: httpsEndpoint }),
  reasons: { ...releaseReasons, ...transportReasons },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Check that the store answers over https and that its CA is known (option tls-ca-chain), then run 'juju config -m MODEL S3_INTEGRATOR endpoint=https://STORE'. " +
    "Make a backup afterwards: 'juju run -m MODEL POSTGRESQL/leader create-backup'.",
  hazards: [
    'One integrator serves many applications: all of them change over at once.',
    'Backups and archiving fail where the store has no https; the disk fills while they do.',
  ],
  evaluate: judging('postgresql', (app) => storeTransport(app, storeEndpoint)),
  remediate: mending('postgresql', (app, _release, { params }, reason) =>
    reason === 'StoreNotHttps' ? transportRemedy(app, storeEndpoint, params.endpoint) : [],
  ),
});

const provider = defineControl({
  section: 'Encryption',
  scope: 'application',
  id: 'PG-ENC-05',
  title: 'The TLS provider suits production, and no certificate is about to expire',
  severity: 'high',
  rationale:
    'A CA that nobody guards vouches for nobody, and with expired certificates clients and members part.',
  references: [documents.guide, documents.enableTls, documents.charmCertificates],
  evidence: ['S', 'J', 'P', 'W'],
  params: z.object({
    manualOwner,
    notice: duration('30d').meta({
      description:
        'How long before its end a certificate has to be renewed at the latest, as in 30d; a third of its lifetime where that is less.',
    }),
  }),
  reasons: {
    ...releaseReasons,
    ...providerGradeReasons,
    ProviderSignsNoIpSans: 'The provider signs no IP addresses, which the charm puts into its requests.',
    ...certificateInsideReasons,
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'Deploy a provider that is fit for production and signs IP addresses; Vault: set it up, then ' +
    "'juju config -m MODEL VAULT pki_allow_ip_sans=true pki_allow_any_name=true'. In a window, with clients told, remove the old relation and integrate the new provider. " +
    "For the ends of certificates look at the provider, and at 'openssl x509 -noout -enddate' on the units.",
  hazards: [
    'Between the old provider and the new one PostgreSQL speaks plain text, and restarts unit by unit.',
    'Clients that trust the old CA alone are cut off.',
  ],
  evaluate: judging('postgresql', (app, release, { params, knowledge, time }) => {
    const endpoints = [memberSide(release).endpoint, clientSide(release).endpoint];
    const grade = providerGrade(app, endpoints, { knowledge, manualOwner: params.manualOwner });
    if (grade.outcome === 'not-applicable') return grade;
    return withCertificates(grade, certificatesInUse(app, { ports: [5432], notice: params.notice, time }));
  }),
});

export const encryptionProviders: readonly Control[] = [storage, provider];
