import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { unsettled, type Judgement } from '../../core/judgement.js';
import type { Knowledge } from '../../core/knowledge.js';
import type { JudgedTime } from '../../core/time.js';
import { cosEndpoint } from '../shared/charmed-etcd.js';
import { worst } from '../shared/combine.js';
import { cosJudgement, cosReasons, signals } from '../shared/cos.js';
import { documents } from '../shared/etcd-documents.js';
import { duration, names } from '../shared/params.js';
import { effectReasons, byEffect } from '../shared/stack/by-effect.js';
import { logAge, logReasons, logsRecent } from '../shared/stack/logs.js';
import { bestOf, stacksOf, type StackPlace } from '../shared/stack/places.js';
import { alertsReach, longestSilence, receiverReasons } from '../shared/stack/receivers.js';
import { keptLongEnough, retentionReasons } from '../shared/stack/retention.js';
import { areRules, rulesAt, topicReasons, topicsCovered, type Topics } from '../shared/stack/rules.js';
import { targetReasons, targetsUp } from '../shared/stack/targets.js';

const section = 'Monitoring and Auditing: Detecting and Responding to Threats';
const collector =
  "As ETCD-MON-01: 'juju integrate -m MODEL opentelemetry-collector:cos-agent ETCD:cos-agent', and the collector with the offers of COS.";
const ours =
  'The rules are delivered in deploy/observability/etcd_alert_rules; load them with cos-configuration-k8s, or name your own in the parameters.';

/** Names of alert rules: those that Holdfast delivers, then those of etcd's own collection (etcd: mixin). */
const metricTopics = {
  latency: names(
    ...['EtcdSlowFsync', 'EtcdSlowCommit', 'EtcdSlowPeers'],
    ...['etcdHighFsyncDurations', 'etcdHighCommitDurations', 'etcdMemberCommunicationSlow'],
    'etcdGRPCRequestsSlow',
  ),
  errors: names(
    ...['EtcdErrors', 'EtcdProposalsFail'],
    ...['etcdHighNumberOfFailedGRPCRequests', 'etcdHighNumberOfFailedProposals'],
  ),
  resources: names(
    ...['EtcdDatabaseFilling', 'EtcdDatabaseFull', 'EtcdFileDescriptors'],
    ...['etcdDatabaseQuotaLowSpace', 'etcdExcessiveDatabaseGrowth'],
  ),
} as const;

const alertTopics = {
  unauthorised: names('EtcdUnauthorised', 'EtcdLoginsFail'),
  errors: metricTopics.errors,
  unusual: names('EtcdUnusualUse', 'etcdExcessiveDatabaseGrowth'),
} as const;

const describedAs = (what: string): { readonly description: string } => ({
  description: `Names of alert rules any one of which is enough for ${what}.`,
});

/** The rule for unusual use compares with the day before. */
const metricsRetention = duration('2d').meta({
  description: 'For how long Prometheus has to keep metrics at least, as in 2d.',
});

export const metrics = defineControl({
  id: 'EBP-MON-01',
  title: 'Latency, errors and resources of etcd are measured',
  severity: 'medium',
  section,
  rationale: 'Trouble and misuse show in the numbers before they show to users.',
  references: [documents.article, documents.etcdMonitoring, documents.howTo],
  evidence: ['S', 'O'],
  scope: 'application',
  params: z.object({
    logAge,
    metricsRetention,
    latency: metricTopics.latency.meta(describedAs('latency')),
    errors: metricTopics.errors.meta(describedAs('errors')),
    resources: metricTopics.resources.meta(describedAs('resources')),
  }),
  reasons: {
    ...cosReasons,
    ...effectReasons,
    ...targetReasons,
    ...logReasons,
    ...topicReasons,
    ...retentionReasons,
    AlertRulesNotObserved:
      'The way to COS is there; whether the alert rules for etcd are loaded there was not asked.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual: `${collector} Check in Prometheus that the rules for etcd are loaded. ${ours}`,
  hazards: [],
  evaluate(app, { knowledge, params, time }) {
    const { latency, errors, resources, ...question } = params;
    return measured(app, { ...question, topics: { latency, errors, resources }, knowledge, time });
  },
});

interface MetricsQuestion {
  readonly topics: Topics;
  readonly logAge: number;
  readonly metricsRetention: number;
  readonly knowledge: Knowledge;
  readonly time: JudgedTime;
}

function measured(app: ApplicationView, question: MetricsQuestion): Judgement {
  const { topics, knowledge, time } = question;
  const way = cosJudgement(app, cosEndpoint, knowledge, signals);
  const places = stacksOf(app, 'prometheus');
  if (places.length === 0) return way.outcome === 'pass' ? rulesNotAsked(way) : way;
  const kept = bestOf(
    places.map((place) => keptLongEnough(place, 'metricsRetention', question.metricsRetention)),
  );
  const rules = bestOf(places.map((place) => topicsAt(app, place, topics)));
  const effects = [targetsUp(app), logsRecent(app, question), rules, kept];
  return byEffect(app, way, { effects, time });
}

function rulesNotAsked(way: Judgement): Judgement {
  const message = `${way.message}; whether the alert rules for etcd are loaded there was not asked; needs the address of Prometheus under observability in the policy`;
  return unsettled('AlertRulesNotObserved', message, ...way.evidence);
}

function topicsAt(app: ApplicationView, place: StackPlace, topics: Topics): Judgement {
  const rules = rulesAt(app, place);
  return areRules(rules) ? topicsCovered(app, { place, rules }, topics) : rules;
}

export const alerts = defineControl({
  id: 'EBP-MON-03',
  title: 'Alerts exist for unauthorised access, errors and unusual use',
  severity: 'medium',
  section,
  rationale: 'A number that nobody looks at has to call for attention itself.',
  references: [documents.article, documents.etcdMonitoring],
  evidence: ['O'],
  scope: 'application',
  params: z.object({
    longestSilence,
    unauthorised: alertTopics.unauthorised.meta(describedAs('unauthorised access')),
    errors: alertTopics.errors.meta(describedAs('errors')),
    unusual: alertTopics.unusual.meta(describedAs('unusual use')),
  }),
  reasons: {
    ...topicReasons,
    ...receiverReasons,
    AlertRulesNotObserved: 'Prometheus and Alertmanager were not asked for their rules and receivers.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual: `${collector} ${ours} Give Alertmanager a receiver that reaches a person, and try it once.`,
  hazards: [],
  evaluate(app, { params: { longestSilence: silence, unauthorised, errors, unusual }, time }) {
    const topics = { 'unauthorised access': unauthorised, errors, 'unusual use': unusual };
    const question = { topics, longestSilence: silence, time };
    return (
      bestOf(stacksOf(app, 'prometheus').map((place) => alertsAt(app, place, question))) ??
      unsettled(
        'AlertRulesNotObserved',
        `which alert rules watch ${app.name} was not asked; needs the read address of Prometheus and Alertmanager under observability in the policy`,
      )
    );
  },
});

interface AlertsQuestion {
  readonly topics: Topics;
  readonly longestSilence: number;
  readonly time: JudgedTime;
}

function alertsAt(
  app: ApplicationView,
  place: StackPlace,
  { topics, ...question }: AlertsQuestion,
): Judgement {
  const rules = rulesAt(app, place);
  if (!areRules(rules)) return rules;
  const covered = topicsCovered(app, { place, rules }, topics);
  if (covered.outcome !== 'pass') return covered;
  const wanted = new Set(Object.values(topics).flat());
  const about = [...rules.own, ...rules.general].filter(({ name }) => wanted.has(name));
  const reach = alertsReach(app, place, { ...question, rules: about });
  const both = worst(covered, reach);
  return both.outcome === 'pass' ? { ...both, message: `${covered.message}; ${reach.message}` } : both;
}
