import { z } from 'zod';
import type { Remedy } from '../../core/action/action.js';
import { defineControl, type Context, type Control } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Judgement } from '../../core/judgement.js';
import type { Knowledge } from '../../core/knowledge.js';
import { collectorChoice, cosEndsWithTraces } from '../shared/cos-choice.js';
import { cosJudgement, cosReasons } from '../shared/cos.js';
import {
  directCosJudgement,
  directCosReasons,
  directIsolation,
  directSignals,
  type DirectSignal,
} from '../shared/cos-direct.js';
import { directCosRemedies } from '../shared/cos-direct-remedy.js';
import {
  cosIsolation,
  isolationJudgement,
  isolationReasons,
  movingCosAway,
} from '../shared/cos-isolation.js';
import { cosRemedies } from '../shared/cos-remedy.js';
import { alertReasons, alertsInEffect } from '../shared/stack/alerts.js';
import { longestSilence } from '../shared/stack/receivers.js';
import { logAge } from '../shared/stack/logs.js';
import { shipped as arriving, shippedReasons } from '../shared/stack/shipping.js';
import { documents } from './documents.js';
import { agentEndpoint } from './endpoints.js';
import { logging } from './logging.js';
import { judging, mending, releaseReasons, type Release } from './release.js';

const section = 'Monitoring and auditing';

const shipping = z.object({
  logAge,
  signals: z
    .array(z.enum(directSignals))
    .min(1)
    .default([...directSignals])
    .meta({
      description:
        'The signals that have to reach COS from Kubernetes; on machines the agent takes all that there are.',
    }),
  collector: collectorChoice,
  cos: cosEndsWithTraces,
});
type Shipping = Context<z.output<typeof shipping>>;

const shipped = {
  severity: 'medium',
  section,
  rationale:
    'What nobody watches is found broken, or broken into, by its users. A collector that leads nowhere watches nothing.',
  evidence: ['S', 'O'],
  scope: 'application',
  params: shipping,
  reasons: { ...releaseReasons, ...cosReasons, ...directCosReasons, ...shippedReasons },
  remediation: 'auto',
  fixableBy: 'operator',
  hazards: [
    'Traces, metrics and logs show what clients do: COS is to be guarded like the database.',
    'On machines a collector on another base is not placed beside the units.',
  ],
} as const;

const shippingManual =
  "On Kubernetes deploy opentelemetry-collector-k8s and run 'juju integrate -m MODEL APPLICATION:metrics-endpoint COLLECTOR:metrics-endpoint', ':logging COLLECTOR:receive-loki-logs', " +
  "':grafana-dashboard COLLECTOR:grafana-dashboards-consumer' and ':tracing COLLECTOR:receive-traces' (grafana-agent-k8s: logging-provider and tracing-provider). " +
  "On machines run 'juju integrate -m MODEL COLLECTOR:cos-agent APPLICATION:cos-agent'. Then integrate the collector's send-remote-write, send-loki-logs and grafana-dashboards-provider with the offers of COS.";

const cos = defineControl({
  ...shipped,
  id: 'PG-MON-01',
  title: 'Metrics, logs, dashboards and traces of PostgreSQL reach COS',
  references: [documents.guide, documents.howTo14, documents.cos],
  manual: shippingManual,
  evaluate: judging('postgresql', shippingJudgement),
  remediate: mending('postgresql', shippingRemedies),
});

const poolerCos = defineControl({
  ...shipped,
  id: 'PGB-MON-01',
  title: 'Metrics, logs, dashboards and traces of PgBouncer reach COS',
  references: [documents.guide, documents.pgbouncer, documents.cos],
  manual: shippingManual,
  evaluate: judging('pgbouncer', shippingJudgement),
  remediate: mending('pgbouncer', shippingRemedies),
});

function shippingJudgement(
  app: ApplicationView,
  release: Release,
  { params, knowledge, time }: Shipping,
): Judgement {
  const way = wayToCos(app, release, { signals: params.signals, knowledge });
  return arriving(app, way, { ...params, time });
}

function wayToCos(
  app: ApplicationView,
  { substrate }: Release,
  { signals, knowledge }: { readonly signals: readonly DirectSignal[]; readonly knowledge: Knowledge },
): Judgement {
  if (substrate === 'kubernetes') return directCosJudgement(app, signals, knowledge);
  return cosJudgement(
    app,
    agentEndpoint,
    knowledge,
    signals.filter((signal) => signal !== 'traces'),
  );
}

function shippingRemedies(
  app: ApplicationView,
  { substrate }: Release,
  { params, knowledge }: Shipping,
): readonly Remedy[] {
  return substrate === 'kubernetes'
    ? directCosRemedies(app, params.signals, { choice: params, knowledge })
    : cosRemedies(app, agentEndpoint, { choice: params, knowledge });
}

const separate = defineControl({
  id: 'PG-MON-02',
  title: 'COS runs apart from PostgreSQL',
  severity: 'low',
  section,
  rationale: 'What fails or falls together with the database can tell nobody about it.',
  references: [documents.guide, documents.cos],
  evidence: ['S'],
  scope: 'application',
  params: z.object({ cosIsolation }),
  reasons: { ...releaseReasons, ...isolationReasons },
  remediation: 'manual',
  fixableBy: 'operator',
  ...movingCosAway,
  evaluate: judging('postgresql', (app, { substrate }, { params, knowledge, profile }) => {
    const isolation = params.cosIsolation ?? (profile === 'strict' ? 'cloud' : 'model');
    return substrate === 'kubernetes'
      ? directIsolation(app, knowledge, isolation)
      : isolationJudgement(app, agentEndpoint, { knowledge, isolation });
  }),
});

const alerts = defineControl({
  id: 'PG-MON-04',
  title: 'The alert rules of PostgreSQL reach Prometheus',
  severity: 'medium',
  section,
  rationale: 'Metrics without rules wake nobody. The rules travel with the metrics, by the same relations.',
  references: [documents.guide, documents.howTo14, documents.cos],
  evidence: ['O', 'S'],
  scope: 'application',
  params: z.object({ longestSilence }),
  reasons: {
    ...releaseReasons,
    ...cosReasons,
    ...directCosReasons,
    ...alertReasons,
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Have the metrics shipped (PG-MON-01). Then ask Prometheus for its rules ('/api/v1/rules', or the page Alerts) and look for those of PostgreSQL with the model's name, " +
    'and see in Alertmanager that a receiver is set for them.',
  hazards: ['New rules may fire at once: tell those who are woken.'],
  evaluate: judging('postgresql', (app, release, { knowledge, params, time }) => {
    const way = wayToCos(app, release, { signals: ['metrics'], knowledge });
    return alertsInEffect(app, way, { ...params, time });
  }),
});

export const monitoring: readonly Control[] = [cos, separate, logging, alerts, poolerCos];
