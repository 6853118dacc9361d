import type { Remedy } from '../../core/action/action.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Collector, Knowledge } from '../../core/knowledge.js';
import {
  areRoutes,
  directRoutes,
  isShipped,
  onwardInterfaces,
  outlets,
  type DirectSignal,
  type Route,
} from './cos-direct.js';
import { onwardRemedy } from './cos-onward.js';
import { charmOf } from './far-end.js';
import { integrate } from './integrate.js';
import { lookup } from './lookup.js';
import { isAlive } from './settled.js';

/** What the policy names: the collector, and the remote application for each signal. */
export interface DirectCosChoice {
  readonly collector?: string | undefined;
  readonly cos?: Readonly<Partial<Record<DirectSignal, string | undefined>>> | undefined;
}

interface Chosen {
  readonly app: ApplicationView;
  readonly known: Collector;
}

/** Integrates what is missing on the way to COS, signal by signal: into the collector, and on from there. */
export function directCosRemedies(
  app: ApplicationView,
  asked: readonly DirectSignal[],
  { choice, knowledge }: { readonly choice: DirectCosChoice; readonly knowledge: Knowledge },
): readonly Remedy[] {
  const routes = directRoutes(app, asked, knowledge);
  if (!areRoutes(routes) || routes.some(({ doubt }) => doubt !== undefined)) return [];
  const collector = collectorFor(app, routes, { choice, knowledge });
  if (collector === undefined) return [];
  const lost = routes.filter((route) => !isShipped(route));
  return lost.flatMap((route) => [
    ...intoCollector(app, route, collector),
    ...onward(collector, route.signal, choice),
  ]);
}

/** The collector that is related already, else the one that the policy names or that alone could be. */
function collectorFor(
  app: ApplicationView,
  routes: readonly Route[],
  { choice, knowledge }: { readonly choice: DirectCosChoice; readonly knowledge: Knowledge },
): Chosen | undefined {
  const related = [...new Set(routes.flatMap(({ collectors }) => collectors))];
  const others = Object.keys(knowledge.collectors).flatMap((charm) => app.model.deployed(charm));
  const named = others.filter(({ name }) => choice.collector === undefined || name === choice.collector);
  const candidates = (related.length > 0 ? related : named).flatMap((other) => chosen(other, knowledge));
  return candidates.length === 1 ? candidates[0] : undefined;
}

function chosen(app: ApplicationView, knowledge: Knowledge): readonly Chosen[] {
  const known = lookup(knowledge.collectors, charmOf(app)?.name ?? '');
  return known?.intake !== undefined && isAlive(app) ? [{ app, known }] : [];
}

/** Nothing where the signal is related already, however it stands: a person looks then. */
function intoCollector(app: ApplicationView, { signal, links }: Route, collector: Chosen): readonly Remedy[] {
  const endpoint = collector.known.intake?.[signal];
  if (endpoint === undefined || links.sure.length + links.perhaps.length > 0) return [];
  const own = { application: app.name, endpoint: outlets[signal].name };
  return integrate(app.model, {
    ends: [own, { application: collector.app.name, endpoint }],
    effect: `${collector.app.name} takes the ${signal} of ${app.name}`,
    risk: 'low',
    disruptive: false,
    cutsOff: [],
    preconditions: [
      { type: 'relation-absent', ...own },
      { type: 'application-present', application: collector.app.name },
      { type: 'application-settled', application: app.name },
    ],
  });
}

function onward({ app, known }: Chosen, signal: DirectSignal, { cos }: DirectCosChoice): readonly Remedy[] {
  const endpoint = known[signal];
  if (endpoint === undefined) return [];
  return onwardRemedy(app, {
    signal,
    endpoint,
    interface: onwardInterfaces[signal],
    takerRole: signal === 'dashboards' ? 'requirer' : 'provider',
    target: cos?.[signal],
  });
}
