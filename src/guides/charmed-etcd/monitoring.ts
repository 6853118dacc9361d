import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { backupAge, backupJudgement, backupReasons } from '../shared/backup-age.js';
import { storeRemedy } from '../shared/backup-store.js';
import { azureEndpoint, cosEndpoint, s3Endpoint } from '../shared/charmed-etcd.js';
import { cosEnds } from '../shared/cos-choice.js';
import { cosJudgement, cosReasons, signals } from '../shared/cos.js';
import {
  cosIsolation,
  isolationJudgement,
  isolationReasons,
  movingCosAway,
} from '../shared/cos-isolation.js';
import { cosRemedies } from '../shared/cos-remedy.js';
import { documents } from '../shared/etcd-documents.js';
import { etcdSettingReasons, logsKept } from '../shared/etcd-settings.js';
import { logShipping } from '../shared/log-shipping.js';
import { integrator } from '../shared/params.js';
import { logAge } from '../shared/stack/logs.js';
import { shipped, shippedReasons } from '../shared/stack/shipping.js';

const section = 'Monitoring and auditing';
const named = z.string().min(1).optional();

const collector =
  "Deploy a collector on etcd's base: 'juju deploy -m MODEL opentelemetry-collector --base ubuntu@24.04', then 'juju integrate -m MODEL opentelemetry-collector:cos-agent ETCD:cos-agent'. " +
  "Consume the offers of COS: 'juju consume -m MODEL CONTROLLER:OWNER/COS.prometheus-receive-remote-write', the same for loki-logging and grafana-dashboards. " +
  "Integrate 'opentelemetry-collector:send-remote-write', ':send-loki-logs' and ':grafana-dashboards-provider' with them.";

const cos = defineControl({
  id: 'ETCD-MON-01',
  title: 'Metrics, logs and dashboards reach COS',
  severity: 'medium',
  section,
  rationale:
    'What nobody watches is found broken, or broken into, by its users. A collector that leads nowhere watches nothing.',
  references: [documents.guide, documents.howTo, documents.cos],
  evidence: ['S', 'O'],
  scope: 'application',
  params: z.object({
    logAge,
    collector: named.meta({
      description: "The collector to use, by application name; without it, the only one on etcd's base.",
    }),
    cos: cosEnds,
  }),
  reasons: { ...cosReasons, ...shippedReasons },
  remediation: 'auto',
  fixableBy: 'operator',
  manual: collector,
  hazards: ['A collector on another base than etcd is not placed on its machines.'],
  evaluate: (app, { knowledge, params, time }) =>
    shipped(app, cosJudgement(app, cosEndpoint, knowledge), { ...params, signals, time }),
  remediate: (app, { params, knowledge }) => cosRemedies(app, cosEndpoint, { choice: params, knowledge }),
});

const separate = defineControl({
  id: 'ETCD-MON-02',
  title: 'COS runs apart from etcd',
  severity: 'low',
  section,
  rationale: 'What fails or falls together with etcd can tell nobody about it.',
  references: [documents.guide, documents.cos],
  evidence: ['S'],
  scope: 'application',
  params: z.object({ cosIsolation }),
  reasons: isolationReasons,
  remediation: 'manual',
  fixableBy: 'operator',
  ...movingCosAway,
  evaluate(app, { params, knowledge, profile }) {
    const isolation = params.cosIsolation ?? (profile === 'strict' ? 'cloud' : 'model');
    return isolationJudgement(app, cosEndpoint, { knowledge, isolation });
  },
});

const logs = defineControl({
  id: 'ETCD-MON-03',
  title: 'Logs are kept, rotated and shipped',
  severity: 'medium',
  section,
  rationale: 'Logs that stay on the machine go with the machine, and with whoever took it over.',
  references: [documents.guide, documents.howTo],
  evidence: ['S', 'O', 'W'],
  scope: 'application',
  params: z.object({ logAge }),
  reasons: { ...cosReasons, ...shippedReasons, ...etcdSettingReasons.logging },
  remediation: 'manual',
  fixableBy: 'operator',
  manual: `Logs are in /var/snap/charmed-etcd/common/var/log/etcd of each unit; the charm rotates them. To ship them: ${collector}`,
  hazards: ['Rotated logs are never deleted by the charm: watch the disk.'],
  evaluate: (app, { knowledge, params, time }) =>
    logShipping(app, { agent: cosEndpoint, knowledge, kept: logsKept(app), question: { ...params, time } }),
});

const backup = defineControl({
  id: 'ETCD-BKP-01',
  title: 'A backup store is integrated and the newest backup is recent',
  severity: 'high',
  section: 'Encryption',
  rationale: 'Without a backup a lost majority, a mistake or an attacker ends with lost data.',
  references: [documents.guide, documents.howTo, documents.s3Integrator],
  evidence: ['S', 'W'],
  scope: 'application',
  params: z.object({ integrator, backupAge }),
  reasons: backupReasons,
  remediation: 'auto',
  fixableBy: 'operator',
  manual:
    "Deploy and configure an integrator ('juju deploy -m MODEL s3-integrator', bucket, endpoint, credentials as a secret), then run " +
    "'juju integrate -m MODEL S3_INTEGRATOR:s3-credentials ETCD:s3-credentials', 'juju run -m MODEL ETCD/leader create-backup' and '… list-backups'. " +
    'Of two stores remove one.',
  hazards: [
    'Backups hold no credentials: set option system-users before restoring.',
    'S3 and Azure together block the charm.',
  ],
  evaluate: (app, { params, time }) =>
    backupJudgement(app, [s3Endpoint, azureEndpoint], { age: params.backupAge, time }),
  remediate: (app, { params }, { reason }) =>
    reason === 'NoBackupStore' ? storeRemedy(app, s3Endpoint, params.integrator) : [],
});

export const monitoring: readonly Control[] = [cos, separate, logs, backup];
