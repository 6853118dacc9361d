import { z } from 'zod';
import type { Remedy } from '../../core/action/action.js';
import type { Context, Control } from '../../core/control.js';
import type { Judgement } from '../../core/judgement.js';
import { collectorChoice, cosEnds } from '../shared/cos-choice.js';
import { cosJudgement, cosReasons } from '../shared/cos.js';
import { directCosJudgement, directCosReasons, directIsolation } from '../shared/cos-direct.js';
import { directCosRemedies } from '../shared/cos-direct-remedy.js';
import {
  cosIsolation,
  isolationJudgement,
  isolationReasons,
  movingCosAway,
} from '../shared/cos-isolation.js';
import { cosRemedies } from '../shared/cos-remedy.js';
import { logAge } from '../shared/stack/logs.js';
import { shipped, shippedReasons } from '../shared/stack/shipping.js';
import { documents } from './documents.js';
import { cosEndpoint } from './endpoints.js';
import { productControl, type ProductControl, type Subject } from './product-control.js';

const section = 'Monitoring and auditing';

/** Kafka and ZooKeeper send no traces. */
const signals = ['metrics', 'logs', 'dashboards'] as const;

const params = z.object({
  logAge,
  collector: collectorChoice,
  cos: cosEnds,
});

type MonitoringContext = Context<z.output<typeof params>>;

const manual =
  "Kubernetes: 'juju integrate -m MODEL APPLICATION:metrics-endpoint COLLECTOR:metrics-endpoint', the same with grafana-dashboard and COLLECTOR:grafana-dashboards-consumer, and with logging and " +
  'receive-loki-logs (opentelemetry-collector-k8s) or logging-provider (grafana-agent-k8s). ' +
  "Machines: 'juju integrate -m MODEL COLLECTOR:cos-agent APPLICATION:cos-agent' with a collector on the same base. " +
  "Consume the offers of COS with 'juju consume', and integrate the collector's send-remote-write, send-loki-logs (grafana-agent: logging-consumer) and grafana-dashboards-provider with them.";

function toCos({ app, product }: Subject, { knowledge, params: given, time }: MonitoringContext): Judgement {
  const way =
    product.substrate === 'machine'
      ? cosJudgement(app, cosEndpoint, knowledge)
      : directCosJudgement(app, signals, knowledge);
  return shipped(app, way, { ...given, signals, time });
}

function toCosRemedies(
  { app, product }: Subject,
  { params: choice, knowledge }: MonitoringContext,
): readonly Remedy[] {
  return product.substrate === 'machine'
    ? cosRemedies(app, cosEndpoint, { choice, knowledge })
    : directCosRemedies(app, signals, { choice, knowledge });
}

const common = {
  severity: 'medium',
  section,
  rationale:
    'What nobody watches is found broken, or broken into, by its users. A collector that leads nowhere watches nothing.',
  references: [documents.guide, documents.howToThree, documents.howToFour, documents.cos],
  evidence: ['S', 'O'],
  params,
  reasons: { ...cosReasons, ...directCosReasons, ...shippedReasons },
  remediation: 'auto',
  fixableBy: 'operator',
  manual,
  hazards: ['On machines a collector on another base is not placed beside the units.'],
  evaluate: toCos,
  remediate: toCosRemedies,
} as const satisfies Partial<ProductControl<typeof params>>;

const kafka = productControl({
  ...common,
  id: 'KAFKA-MON-01',
  on: ['kafka'],
  title: 'Metrics, logs and dashboards of Kafka reach COS',
});

const zookeeper = productControl({
  ...common,
  id: 'ZK-MON-01',
  on: ['zookeeper'],
  title: 'Metrics, logs and dashboards of ZooKeeper reach COS',
});

const separate = productControl({
  id: 'KAFKA-MON-02',
  on: ['kafka', 'zookeeper'],
  title: 'COS runs apart from what it watches',
  severity: 'low',
  section,
  rationale: 'What fails or falls together with Kafka can tell nobody about it.',
  references: [documents.guide, documents.cos],
  evidence: ['S'],
  params: z.object({ cosIsolation }),
  reasons: isolationReasons,
  remediation: 'manual',
  fixableBy: 'operator',
  ...movingCosAway,
  evaluate({ app, product }, { params: { cosIsolation }, knowledge, profile }) {
    const isolation = cosIsolation ?? (profile === 'strict' ? 'cloud' : 'model');
    return product.substrate === 'machine'
      ? isolationJudgement(app, cosEndpoint, { knowledge, isolation })
      : directIsolation(app, knowledge, isolation);
  },
});

export const monitoring: readonly Control[] = [kafka, zookeeper, separate];
