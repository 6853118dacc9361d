import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { auditLog, auditLogReasons } from '../shared/audit-log.js';
import { cosEndpoint } from '../shared/charmed-etcd.js';
import { worst } from '../shared/combine.js';
import { cosReasons } from '../shared/cos.js';
import { documents } from '../shared/etcd-documents.js';
import { etcdSettingReasons, logsKept } from '../shared/etcd-settings.js';
import { logShipping } from '../shared/log-shipping.js';
import { logAge } from '../shared/stack/logs.js';
import { shippedReasons } from '../shared/stack/shipping.js';
import { alerts, metrics } from './alerting.js';
import { attested } from './attested.js';
import { keeping } from './log-keeping.js';

const section = 'Monitoring and Auditing: Detecting and Responding to Threats';
const collector =
  "As ETCD-MON-01: 'juju integrate -m MODEL opentelemetry-collector:cos-agent ETCD:cos-agent', and the collector with the offers of COS.";

const recorded = defineControl({
  id: 'EBP-MON-02',
  title: 'Access is recorded as far as etcd can',
  severity: 'medium',
  section,
  rationale:
    'etcd has no audit log, whatever is said of it. What can be had is its shipped log and the audit log of Juju.',
  references: [documents.article, documents.howTo, documents.harden],
  evidence: ['S', 'J', 'O', 'W'],
  scope: 'application',
  params: z.object({ logAge }),
  reasons: { ...cosReasons, ...shippedReasons, ...auditLogReasons, ...etcdSettingReasons.logging },
  remediation: 'manual',
  fixableBy: 'operator',
  manual: `${collector} Turn the audit log of the controller on: 'juju controller-config -c CONTROLLER auditing-enabled=true'.`,
  hazards: [],
  evaluate: (app, { knowledge, params, time }) =>
    worst(
      logShipping(app, { agent: cosEndpoint, knowledge, kept: logsKept(app), question: { ...params, time } }),
      auditLog(app),
    ),
});

const audits = attested(
  {
    id: 'EBP-MON-04',
    title: 'Security audits are held regularly',
    severity: 'low',
    section,
    rationale: 'What was right last year drifts.',
    references: [documents.article],
    manual: "Run 'holdfast audit' on a schedule, keep its report, and let a named person acknowledge it.",
    what: 'a full audit that a named person has acknowledged',
    age: '90d',
  },
  ['A'],
);

const reviews = attested({
  id: 'EBP-MON-05',
  title: 'Logs of access are reviewed',
  severity: 'low',
  section,
  rationale: 'A record that nobody reads warns nobody.',
  references: [documents.article],
  manual:
    "Look through the logs of etcd in Grafana and the controller's audit log for failed logins, new users and unusual reads. State when that was and by whom.",
  what: 'a review of the logs of access',
  age: '90d',
});

export const monitoring: readonly Control[] = [metrics, recorded, alerts, audits, reviews, keeping];
