import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { storeJudgement, storeReasons, storeRemedy } from '../shared/backup-store.js';
import { storeTransport, transportReasons, transportRemedy } from '../shared/backup-transport.js';
import { httpsEndpoint, integrator, manualOwner } from '../shared/params.js';
import { providerGrade, providerGradeReasons } from '../shared/tls-provider.js';
import { documents } from './documents.js';
import { clientSide, memberSide, storeEndpoint } from './endpoints.js';
import { judging, mend80, mending, on80, reasons80, releaseReasons } from './release.js';

const section = 'Encryption';

const storage = defineControl({
  id: 'MYSQL-ENC-03',
  title: 'Backups travel to the object store over https',
  severity: 'high',
  section,
  rationale: 'A backup is the whole database; its way to the store is encrypted by the store or not at all.',
  references: [documents.guide, documents.store, documents.s3Integrator],
  evidence: ['S', 'J'],
  scope: 'application',
  params: z.object({ endpoint: httpsEndpoint }),
  reasons: { ...reasons80, ...transportReasons },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Check that the store answers over https and that its CA is known (option tls-ca-chain), then run 'juju config -m MODEL S3_INTEGRATOR endpoint=https://STORE'. " +
    "Make a backup afterwards: 'juju run -m MODEL MYSQL/leader create-backup'.",
  hazards: ['One integrator may serve many applications: all of them change over at once.'],
  evaluate: judging(
    'mysql',
    on80((app) => storeTransport(app, storeEndpoint)),
  ),
  remediate: mending('mysql', (app, _release, { params }, reason) =>
    reason === 'StoreNotHttps' ? transportRemedy(app, storeEndpoint, params.endpoint) : [],
  ),
});

const provider = defineControl({
  id: 'MYSQL-ENC-04',
  title: 'The TLS provider of MySQL suits production',
  severity: 'high',
  section,
  rationale: 'A CA that nobody guards vouches for nobody.',
  references: [documents.guide, documents.enableTls, documents.charmCertificates],
  evidence: ['S', 'J'],
  scope: 'application',
  params: z.object({ manualOwner }),
  reasons: { ...releaseReasons, ...providerGradeReasons },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'Deploy a provider that is fit for production. In a window, with clients told, remove the old relation and integrate the new provider ' +
    "(MYSQL-ENC-01, MYSQL-ENC-02). Look at the ends of certificates with 'openssl x509 -noout -enddate'.",
  hazards: [
    'Between the old provider and the new one MySQL lets clients in without TLS.',
    'Clients that trust the old CA alone are cut off.',
  ],
  evaluate: judging('mysql', (app, release, { params, knowledge }) =>
    providerGrade(app, [clientSide(release).endpoint, memberSide.endpoint], {
      knowledge,
      manualOwner: params.manualOwner,
    }),
  ),
});

const store = defineControl({
  id: 'MYSQL-BKP-01',
  title: 'A backup store is integrated with MySQL',
  severity: 'high',
  section,
  rationale: 'Without a backup a mistake, a fault or an attacker ends with lost data.',
  references: [documents.guide, documents.store, documents.s3Integrator],
  evidence: ['S'],
  scope: 'application',
  params: z.object({ integrator }),
  reasons: { ...reasons80, ...storeReasons },
  remediation: 'auto',
  fixableBy: 'operator',
  manual:
    'Deploy s3-integrator and set bucket and endpoint. Give it the keys as its page says. ' +
    "Then 'juju integrate -m MODEL S3_INTEGRATOR:s3-credentials MYSQL:s3-parameters', " +
    "'juju run -m MODEL MYSQL/leader create-backup' and '… list-backups'; make a backup regularly.",
  hazards: ['A bucket and path that hold the backups of another cluster are not for this one.'],
  evaluate: judging(
    'mysql',
    on80((app) => storeJudgement(app, [storeEndpoint])),
  ),
  remediate: mending(
    'mysql',
    mend80((app, _release, { params }: { params: { integrator?: string | undefined } }, reason) =>
      reason === 'NoBackupStore' ? storeRemedy(app, storeEndpoint, params.integrator) : [],
    ),
  ),
});

export const backup: readonly Control[] = [storage, provider, store];
