import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { backupAge, backupJudgement, backupReasons } from '../shared/backup-age.js';
import { storeRemedy } from '../shared/backup-store.js';
import { worst } from '../shared/combine.js';
import { isViolation } from '../../core/outcome.js';
import { integrator } from '../shared/params.js';
import { documents } from './documents.js';
import { storeEndpoint } from './endpoints.js';
import { judging, mending, releaseReasons } from './release.js';
import { archiving, settingReasons } from './settings.js';

const store = defineControl({
  id: 'PG-BKP-01',
  title: 'A backup store is integrated, archiving is on and the newest backup is recent',
  severity: 'high',
  section: 'Encryption',
  rationale: 'Without a backup a mistake, a fault or an attacker ends with lost data.',
  references: [documents.guide, documents.howTo14, documents.s3Integrator],
  evidence: ['S', 'W'],
  scope: 'application',
  params: z.object({ integrator, backupAge }),
  reasons: { ...releaseReasons, ...backupReasons, ...settingReasons.archiving },
  remediation: 'auto',
  fixableBy: 'operator',
  manual:
    "Deploy s3-integrator and set bucket and endpoint. Give it the keys: track 1 by 'juju run -m MODEL S3_INTEGRATOR/leader sync-s3-credentials', track 2 by a secret with access-key and secret-key, " +
    "granted to it and named in option credentials. Then 'juju integrate -m MODEL S3_INTEGRATOR:s3-credentials POSTGRESQL:s3-parameters', " +
    "'juju run -m MODEL POSTGRESQL/leader create-backup' and '… list-backups'.",
  hazards: [
    'A bucket that holds the backups of another cluster blocks the charm.',
    'The action of track 1 leaves the keys in the records of Juju: prefer track 2.',
    'From then on the write-ahead log is archived: when the store fails, the disk fills.',
  ],
  evaluate: judging('postgresql', (app, _release, { params, time }) => {
    const backups = backupJudgement(app, [storeEndpoint], { age: params.backupAge, time });
    const archived = archiving(app);
    return isViolation(backups.outcome) || archived.reason === 'WorkloadEvidenceOff'
      ? backups
      : worst(backups, archived);
  }),
  remediate: mending('postgresql', (app, _release, { params }, reason) =>
    reason === 'NoBackupStore' ? storeRemedy(app, storeEndpoint, params.integrator) : [],
  ),
});

export const backup: readonly Control[] = [store];
