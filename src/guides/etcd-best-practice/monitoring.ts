import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { unsettled } from '../../core/judgement.js';
import { auditLog, auditLogReasons } from '../shared/audit-log.js';
import { cosEndpoint } from '../shared/charmed-etcd.js';
import { worst } from '../shared/combine.js';
import { cosJudgement, cosReasons } from '../shared/cos.js';
import { documents } from '../shared/etcd-documents.js';
import { logShipping } from '../shared/log-shipping.js';
import { workloadReasons } from '../shared/workload-evidence.js';
import { attested } from './attested.js';

const section = 'Monitoring/Auditing';
const collector =
  "As ETCD-MON-01: 'juju integrate -m MODEL opentelemetry-collector:cos-agent ETCD:cos-agent', and the collector with the offers of COS.";

const metrics = defineControl({
  id: 'EBP-MON-01',
  title: 'Latency, errors and resources of etcd are measured',
  severity: 'medium',
  section,
  rationale: 'Trouble and misuse show in the numbers before they show to users.',
  references: [documents.article, documents.etcdMonitoring, documents.howTo],
  evidence: ['S', 'O'],
  scope: 'application',
  params: z.object({}),
  reasons: {
    ...cosReasons,
    AlertRulesNotObserved:
      'The way to COS is there; whether the alert rules for etcd are loaded there was not asked.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual: `${collector} Check in Prometheus that the rules for etcd are loaded.`,
  hazards: [],
  evaluate(app, { knowledge }) {
    const shipped = cosJudgement(app, cosEndpoint, knowledge);
    if (shipped.outcome !== 'pass') return shipped;
    const message = `${shipped.message}; whether the alert rules for etcd are loaded there was not asked`;
    return unsettled('AlertRulesNotObserved', message, ...shipped.evidence);
  },
});

const recorded = defineControl({
  id: 'EBP-MON-02',
  title: 'Access is recorded as far as etcd can',
  severity: 'medium',
  section,
  rationale:
    'etcd has no audit log, whatever is said of it. What can be had is its shipped log and the audit log of Juju.',
  references: [documents.article, documents.howTo, documents.harden],
  evidence: ['S', 'J', 'W'],
  scope: 'application',
  params: z.object({}),
  reasons: { ...cosReasons, ...auditLogReasons, ...workloadReasons },
  remediation: 'manual',
  fixableBy: 'operator',
  manual: `${collector} Turn the audit log of the controller on: 'juju controller-config -c CONTROLLER auditing-enabled=true'.`,
  hazards: [],
  evaluate: (app, { knowledge }) => worst(logShipping(app, cosEndpoint, knowledge), auditLog(app)),
});

const alerts = defineControl({
  id: 'EBP-MON-03',
  title: 'Alerts exist for unauthorised access, errors and unusual use',
  severity: 'medium',
  section,
  rationale: 'A number that nobody looks at has to call for attention itself.',
  references: [documents.article, documents.etcdMonitoring],
  evidence: ['O'],
  scope: 'application',
  params: z.object({}),
  reasons: {
    AlertRulesNotObserved: 'Prometheus and Alertmanager were not asked for their rules and receivers.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual: `${collector} Give Alertmanager a receiver that reaches a person, and try it once.`,
  hazards: [],
  evaluate: (app) =>
    unsettled(
      'AlertRulesNotObserved',
      `which alert rules watch ${app.name} was not asked; needs the read address of Prometheus and Alertmanager in the policy`,
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
  },
  ['N', 'A'],
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
});

const keeping = attested(
  {
    id: 'EBP-MON-06',
    title: 'Logs are kept in a safe place',
    severity: 'low',
    section,
    rationale: 'Who breaks in changes the logs first, where he can.',
    references: [documents.article, documents.cos],
    manual:
      'Check that Loki is reached over https, keeps logs for as long as your rules ask, and lets only those read who must. State when that was and by whom.',
    what: 'how long logs are kept, and who may read them',
  },
  ['O', 'A'],
);

export const monitoring: readonly Control[] = [metrics, recorded, alerts, audits, reviews, keeping];
