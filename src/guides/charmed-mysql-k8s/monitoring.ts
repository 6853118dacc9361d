import { z } from 'zod';
import { defineControl, type Context, type Control } from '../../core/control.js';
import { collectorChoice, cosEndsWithTraces } from '../shared/cos-choice.js';
import {
  directCosJudgement,
  directCosReasons,
  directIsolation,
  directSignals,
} from '../shared/cos-direct.js';
import { directCosRemedies } from '../shared/cos-direct-remedy.js';
import { cosIsolation, isolationReasons, movingCosAway } from '../shared/cos-isolation.js';
import { optionJudgement, optionReasons, optionRemedy, type OptionQuestion } from '../shared/option.js';
import { logAge } from '../shared/stack/logs.js';
import { shipped as arriving, shippedReasons } from '../shared/stack/shipping.js';
import { documents } from './documents.js';
import { judging, mend80, mending, on80, reasons80 } from './release.js';

const section = 'Monitoring and auditing';
const both = ['mysql', 'router'] as const;

const shipping = z.object({
  logAge,
  signals: z.array(z.enum(directSignals)).min(1).default(['metrics', 'logs', 'dashboards']).meta({
    description:
      'The signals that have to reach COS; of traces the documentation says not for production yet.',
  }),
  collector: collectorChoice,
  cos: cosEndsWithTraces,
});
type Shipping = Context<z.output<typeof shipping>>;

const cos = defineControl({
  id: 'MYSQL-MON-01',
  title: 'Metrics, logs and dashboards of MySQL and its Router reach COS',
  severity: 'medium',
  section,
  rationale:
    'What nobody watches is found broken, or broken into, by its users. A collector that leads nowhere watches nothing.',
  references: [documents.guide, documents.tracing, documents.cos],
  evidence: ['S', 'O'],
  scope: 'application',
  params: shipping,
  reasons: { ...reasons80, ...directCosReasons, ...shippedReasons },
  remediation: 'auto',
  fixableBy: 'operator',
  manual:
    "Deploy opentelemetry-collector-k8s and run 'juju integrate -m MODEL APPLICATION:metrics-endpoint COLLECTOR:metrics-endpoint', ':logging COLLECTOR:receive-loki-logs' " +
    "and ':grafana-dashboard COLLECTOR:grafana-dashboards-consumer'. Then integrate the collector's send-remote-write, send-loki-logs and grafana-dashboards-provider with the offers of COS.",
  hazards: ['Metrics and logs show what clients do: COS is to be guarded like the database.'],
  evaluate: judging(
    both,
    on80((app, _release, { params, knowledge, time }: Shipping) =>
      arriving(app, directCosJudgement(app, params.signals, knowledge), { ...params, time }),
    ),
  ),
  remediate: mending(
    both,
    mend80((app, _release, { params, knowledge }: Shipping) =>
      directCosRemedies(app, params.signals, { choice: params, knowledge }),
    ),
  ),
});

const separate = defineControl({
  id: 'MYSQL-MON-02',
  title: 'COS runs apart from MySQL',
  severity: 'low',
  section,
  rationale: 'What fails or falls together with the database can tell nobody about it.',
  references: [documents.guide, documents.cos],
  evidence: ['S'],
  scope: 'application',
  params: z.object({ cosIsolation }),
  reasons: { ...reasons80, ...isolationReasons },
  remediation: 'manual',
  fixableBy: 'operator',
  ...movingCosAway,
  evaluate: judging(
    'mysql',
    on80((app, _release, { params, knowledge, profile }: Context<{ cosIsolation?: Isolation }>) =>
      directIsolation(app, knowledge, params.cosIsolation ?? (profile === 'strict' ? 'cloud' : 'model')),
    ),
  ),
});

type Isolation = Parameters<typeof directIsolation>[2];

const auditing: OptionQuestion = {
  names: ['plugin-audit-enabled'],
  allowed: ['true'],
  reason: 'AuditLogOff',
};

const audit = defineControl({
  id: 'MYSQL-MON-03',
  title: 'The audit log is on',
  severity: 'medium',
  section,
  rationale: 'Who logged in and when is asked for after an incident; only logs written before can answer.',
  references: [documents.guide, documents.auditLogs],
  evidence: ['J'],
  scope: 'application',
  params: z.object({}),
  reasons: {
    ...reasons80,
    ...optionReasons,
    AuditLogOff: 'The plugin that records logins is switched off.',
  },
  remediation: 'auto',
  fixableBy: 'operator',
  manual:
    "Run 'juju config -m MODEL MYSQL plugin-audit-enabled=true'. It records logins; 'logs_audit_policy' says whether queries, too. " +
    'Ship the logs to COS (MYSQL-MON-01): on the unit they go with the unit.',
  hazards: ['A busy server with short connections writes far more: watch the disk and Loki.'],
  evaluate: judging(
    'mysql',
    on80((app) => optionJudgement(app, auditing)),
  ),
  remediate: mending(
    'mysql',
    mend80((app) =>
      optionRemedy(app, {
        ...auditing,
        effect: `${app.name} records who logs in`,
        disruptive: false,
        cutsOff: [],
      }),
    ),
  ),
});

export const monitoring: readonly Control[] = [cos, separate, audit];
