import type { ApplicationView } from '../../core/evaluate/view.js';
import {
  evidenceOf,
  fail,
  notApplicable,
  notSeen,
  pass,
  unsettled,
  type Judgement,
} from '../../core/judgement.js';
import type { Unknown } from '../../core/fact.js';
import type { Collector, Knowledge } from '../../core/knowledge.js';
import { signalInterfaces } from './cos.js';
import { endsApart, type Isolation } from './cos-isolation.js';
import { charmOf, farEnd, type FarEnd } from './far-end.js';
import { lookup } from './lookup.js';
import { isLinks, linksAt, linkState, type Endpoint, type Link, type Links } from './relations.js';

/** What a Kubernetes charm sends to COS, the Canonical Observability Stack: each signal by an endpoint of its own. */
export const directSignals = ['metrics', 'logs', 'dashboards', 'traces'] as const;
export type DirectSignal = (typeof directSignals)[number];

/** The charms' endpoints for the signals. */
export const outlets: Readonly<Record<DirectSignal, Endpoint>> = {
  metrics: { name: 'metrics-endpoint', interface: 'prometheus_scrape', sole: true },
  logs: { name: 'logging', interface: 'loki_push_api', sole: true },
  dashboards: { name: 'grafana-dashboard', interface: 'grafana_dashboard', sole: true },
  traces: { name: 'tracing', interface: 'tracing', sole: true },
};

/** The interfaces by which signals leave a collector. */
export const onwardInterfaces: Readonly<Record<DirectSignal, string>> = {
  ...signalInterfaces,
  traces: 'tracing',
};

/** The reasons that `directCosJudgement` gives. */
export const directCosReasons = {
  NoCollector: 'None of the endpoints for monitoring is related, so nothing of the application reaches COS.',
  SignalsNotShipped:
    'Some of the signals do not reach COS: not related, or through a collector that leads nowhere.',
  CollectorNotKnown: 'What is related is no collector that Holdfast knows, so its ways on are not seen.',
  SignalsNotSeen: "The collector's own relations were not read.",
} as const;

/** Where one signal of an application leads. */
export interface Route {
  readonly signal: DirectSignal;
  readonly links: Links;
  /** The collectors of the same model through which it goes. */
  readonly collectors: readonly ApplicationView[];
  readonly ends: readonly FarEnd[];
  /** Why some of its ways could not be followed. */
  readonly doubt?: { readonly reason: keyof typeof directCosReasons; readonly words: string };
}

/** The routes of these signals, or the fact that does not show them. */
export function directRoutes(
  app: ApplicationView,
  asked: readonly DirectSignal[],
  knowledge: Knowledge,
): readonly Route[] | Unknown {
  const routes: Route[] = [];
  for (const signal of asked) {
    const links = linksAt(app, outlets[signal]);
    if (!isLinks(links)) return links;
    routes.push(routeOf(app, { signal, links }, knowledge));
  }
  return routes;
}

export function areRoutes(routes: readonly Route[] | Unknown): routes is readonly Route[] {
  return !('unknown' in routes);
}

/** Whether a signal arrives somewhere outside its model. */
export function isShipped({ ends }: Route): boolean {
  return ends.some(({ kind }) => kind === 'remote');
}

interface Leg {
  readonly collector?: ApplicationView;
  readonly ends: readonly FarEnd[];
  readonly doubt?: NonNullable<Route['doubt']>;
}

function routeOf(
  app: ApplicationView,
  { signal, links }: Pick<Route, 'signal' | 'links'>,
  knowledge: Knowledge,
): Route {
  const up = links.sure.filter((link) => linkState(link, app).state !== 'down');
  const legs = up.map((link) => legOf(app, { link, signal }, knowledge));
  const doubt = legs.find((leg) => leg.doubt !== undefined)?.doubt;
  return {
    signal,
    links,
    collectors: legs.flatMap(({ collector }) => (collector === undefined ? [] : [collector])),
    ends: legs.flatMap(({ ends }) => ends),
    ...(doubt === undefined ? {} : { doubt }),
  };
}

function legOf(
  app: ApplicationView,
  { link, signal }: { readonly link: Link; readonly signal: DirectSignal },
  knowledge: Knowledge,
): Leg {
  const end = farEnd(app.model, link.other);
  if (end.kind === 'remote') return { ends: [end] };
  const collector = end.kind === 'local' ? end.app : undefined;
  const known = lookup(knowledge.collectors, charmOf(collector)?.name ?? '');
  if (collector === undefined || known === undefined) {
    return { ends: [], doubt: { reason: 'CollectorNotKnown', words: `${end.name} is no known collector` } };
  }
  const ends = onwardEnds(collector, known, signal);
  if (ends !== undefined) return { collector, ends };
  const words = `the relations of ${end.name} were not read`;
  return { collector, ends: [], doubt: { reason: 'SignalsNotSeen', words } };
}

function onwardEnds(
  collector: ApplicationView,
  known: Collector,
  signal: DirectSignal,
): readonly FarEnd[] | undefined {
  const name = known[signal];
  if (name === undefined) return [];
  const links = linksAt(collector, { name, interface: onwardInterfaces[signal], sole: false });
  if (!isLinks(links)) return undefined;
  const up = links.sure.filter((link) => linkState(link, collector).state !== 'down');
  return up.map((link) => farEnd(collector.model, link.other));
}

/** Whether all these signals leave the model towards COS, directly or through collectors. */
export function directCosJudgement(
  app: ApplicationView,
  asked: readonly DirectSignal[],
  knowledge: Knowledge,
): Judgement {
  const routes = directRoutes(app, asked, knowledge);
  if (!areRoutes(routes)) return notSeen(routes, `${asked.join(', ')} related to COS`);
  const evidence = routes.map((route) =>
    evidenceOf(
      route.links.fact,
      `${route.signal}: ${routeText(route)}`,
      `${route.signal} to an offer of COS`,
    ),
  );
  const lost = routes.filter((route) => !isShipped(route));
  const missing = lost.filter(({ doubt }) => doubt === undefined).map(({ signal }) => signal);
  const doubt = lost.find((route) => route.doubt !== undefined)?.doubt;
  if (routes.every(({ links }) => links.sure.length === 0))
    return fail('NoCollector', `${app.name} is not related to COS or a collector`, ...evidence);
  if (missing.length > 0)
    return fail('SignalsNotShipped', `${missing.join(', ')} of ${app.name} do not reach COS`, ...evidence);
  if (doubt !== undefined) return unsettled(doubt.reason, doubt.words, ...evidence);
  return pass(`${asked.join(', ')} of ${app.name} reach COS`, ...evidence);
}

function routeText({ links, collectors, ends, doubt }: Route): string {
  if (links.sure.length === 0) return 'not related';
  const through = collectors.map(({ name }) => name).join(', ');
  const places = ends.map((end) =>
    end.kind === 'remote' ? (end.remote?.offerUrl ?? end.name) : `${end.name} in the same model`,
  );
  const to = places.join(', ') || (doubt?.words ?? 'leads nowhere');
  return through === '' ? to : `through ${through}: ${to}`;
}

/** Whether every end in COS is as far away as asked. */
export function directIsolation(app: ApplicationView, knowledge: Knowledge, isolation: Isolation): Judgement {
  const routes = directRoutes(app, directSignals, knowledge);
  if (!areRoutes(routes)) return notSeen(routes, `COS in another ${isolation}`);
  const ends = routes.flatMap((route) => route.ends);
  const [first] = routes;
  const doubt = routes.find((route) => route.doubt !== undefined)?.doubt;
  if (ends.length === 0 && doubt !== undefined) return unsettled(doubt.reason, doubt.words);
  if (first === undefined) return notApplicable('NoCos', `nothing of ${app.name} reaches COS`);
  return endsApart(app, ends, { links: first.links, isolation });
}
