import type { ApplicationView } from '../../core/evaluate/view.js';
import {
  evidenceOf,
  fail,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../core/judgement.js';
import type { Collector, Knowledge } from '../../core/knowledge.js';
import { charmOf, farEnd, type FarEnd } from './far-end.js';
import { lookup } from './lookup.js';
import { isLinks, linksAt, linkState, type Endpoint, type Links } from './relations.js';

/** What an application sends to COS, the Canonical Observability Stack. */
export const signals = ['metrics', 'logs', 'dashboards'] as const;
export type Signal = (typeof signals)[number];

/** The interface by which each signal leaves a collector. */
export const signalInterfaces: Readonly<Record<Signal, string>> = {
  metrics: 'prometheus_remote_write',
  logs: 'loki_push_api',
  dashboards: 'grafana_dashboard',
};

/** The reasons that the judgements of the way to COS give. */
export const cosReasons = {
  NoCollector: 'No collector is related, so nothing of the application reaches COS.',
  CollectorRelationDown: 'The relation to the collector is broken, suspended or about to go.',
  CollectorNotKnown: 'What is related is no collector that Holdfast knows, so its ways on are not seen.',
  SignalsNotShipped:
    'A collector is there, but some of metrics, logs and dashboards do not reach COS through it.',
  SignalsNotSeen: "The collector's own relations were not read.",
} as const;

/** A collector beside the application and where each signal leads from it. */
export interface Way {
  readonly collector: ApplicationView;
  readonly known: Collector;
  readonly ends: Readonly<Record<Signal, readonly FarEnd[]>>;
}

/** The ways from an application to COS, or the judgement that says why there is none to be seen. */
export function waysToCos(
  app: ApplicationView,
  agent: Endpoint,
  knowledge: Knowledge,
): { readonly links: Links; readonly ways: readonly Way[] } | Judgement {
  const wanted = `${agent.name} related to a collector`;
  const links = linksAt(app, agent);
  if (!isLinks(links)) return notSeen(links, wanted);
  const { fact, sure } = links;
  if (sure.length === 0) {
    const message = `no collector is related to ${app.name}:${agent.name}, so nothing of it is monitored`;
    return fail('NoCollector', message, evidenceOf(fact, `nothing related to ${agent.name}`, wanted));
  }
  const up = sure.filter((link) => linkState(link, app).state !== 'down');
  const names = sure.map((link) => link.other.application).join(', ');
  const seen = evidenceOf(fact, `related to ${names}`, wanted);
  if (up.length === 0) return fail('CollectorRelationDown', `the relation to ${names} does not stand`, seen);
  const ways: Way[] = [];
  for (const { other } of up) {
    const way = wayThrough(app.model.application(other.application), knowledge);
    if (way === undefined)
      return unsettled('CollectorNotKnown', `${other.application} is no known collector`, seen);
    if (way === 'unseen')
      return unsettled('SignalsNotSeen', `the relations of ${other.application} were not read`, seen);
    ways.push(way);
  }
  return { links, ways };
}

function wayThrough(
  collector: ApplicationView | undefined,
  knowledge: Knowledge,
): Way | 'unseen' | undefined {
  const charm = charmOf(collector);
  const known = charm && lookup(knowledge.collectors, charm.name);
  if (collector === undefined || known === undefined) return undefined;
  const [metrics, logs, dashboards] = signals.map((signal) => endsOf(collector, known, signal));
  if (metrics === undefined || logs === undefined || dashboards === undefined) return 'unseen';
  return { collector, known, ends: { metrics, logs, dashboards } };
}

function endsOf(collector: ApplicationView, known: Collector, signal: Signal): readonly FarEnd[] | undefined {
  const links = linksAt(collector, { name: known[signal], interface: signalInterfaces[signal], sole: false });
  if (!isLinks(links)) return undefined;
  const up = links.sure.filter((link) => linkState(link, collector).state !== 'down');
  return up.map((link) => farEnd(collector.model, link.other));
}

/** Whether metrics, logs and dashboards (or those asked for) all leave the model towards COS. */
export function cosJudgement(
  app: ApplicationView,
  agent: Endpoint,
  knowledge: Knowledge,
  asked: readonly Signal[] = signals,
): Judgement {
  const found = waysToCos(app, agent, knowledge);
  if ('outcome' in found) return found;
  const { links, ways } = found;
  const collectors = ways.map(({ collector }) => collector.name).join(', ');
  const evidence: Evidence[] = [];
  const missing: string[] = [];
  for (const signal of asked) {
    const ends = ways.flatMap((way) => way.ends[signal]);
    evidence.push(evidenceOf(links.fact, `${signal}: ${endsText(ends)}`, `${signal} to an offer of COS`));
    if (!ends.some(({ kind }) => kind === 'remote')) missing.push(signal);
  }
  if (missing.length === 0) return pass(`${asked.join(', ')} reach COS through ${collectors}`, ...evidence);
  return fail('SignalsNotShipped', `${missing.join(', ')} do not reach COS from ${collectors}`, ...evidence);
}

function endsText(ends: readonly FarEnd[]): string {
  if (ends.length === 0) return 'lead nowhere';
  return ends
    .map((end) =>
      end.kind === 'remote' ? (end.remote?.offerUrl ?? end.name) : `${end.name} in the same model`,
    )
    .join(', ');
}
