import type { Remedy } from '../../core/action/action.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Collector, Knowledge } from '../../core/knowledge.js';
import { signalInterfaces, signals, waysToCos, type Signal } from './cos.js';
import { onwardRemedy } from './cos-onward.js';
import { integrate } from './integrate.js';
import { entriesOf } from './lookup.js';
import type { Endpoint } from './relations.js';
import { companionsFor } from './subordinate.js';

/** What the policy names: the collector, and the remote application for each signal. */
export interface CosChoice {
  readonly collector?: string | undefined;
  readonly cos?: Readonly<Partial<Record<Signal, string | undefined>>> | undefined;
}

interface Chosen {
  readonly app: ApplicationView;
  readonly known: Collector;
}

/** Integrates what is missing on the way to COS: the collector first, then each signal that leads nowhere. */
export function cosRemedies(
  app: ApplicationView,
  agent: Endpoint,
  { choice, knowledge }: { readonly choice: CosChoice; readonly knowledge: Knowledge },
): readonly Remedy[] {
  const related = relatedCollectors(app, agent, knowledge);
  if (related === undefined || related.length > 1) return [];
  const present = related[0];
  const collector = present ?? chosenCollector(app, choice.collector, knowledge);
  if (collector === undefined) return [];
  const first = present === undefined ? agentRemedy(app, agent, collector) : [];
  return [...first, ...signals.flatMap((signal) => signalRemedy(collector, signal, choice))];
}

/** Undefined where the relations do not show it, or where one is there that does not stand: a person looks then. */
function relatedCollectors(
  app: ApplicationView,
  agent: Endpoint,
  knowledge: Knowledge,
): readonly Chosen[] | undefined {
  const found = waysToCos(app, agent, knowledge);
  if ('outcome' in found) return found.reason === 'NoCollector' ? [] : undefined;
  return found.ways.map(({ collector, known }) => ({ app: collector, known }));
}

/** The collector that the policy names, else the only one on the application's base. */
function chosenCollector(
  app: ApplicationView,
  name: string | undefined,
  knowledge: Knowledge,
): Chosen | undefined {
  const fit = entriesOf(knowledge.collectors).flatMap(([charm, known]) =>
    known.agentEndpoint === undefined
      ? []
      : companionsFor(app, charm).map((other): Chosen => ({ app: other, known })),
  );
  const named = fit.filter((chosen) => name === undefined || chosen.app.name === name);
  return named.length === 1 ? named[0] : undefined;
}

function agentRemedy(app: ApplicationView, agent: Endpoint, collector: Chosen): readonly Remedy[] {
  const { agentEndpoint } = collector.known;
  if (agentEndpoint === undefined) return [];
  const own = { application: app.name, endpoint: agent.name };
  return integrate(app.model, {
    ends: [{ application: collector.app.name, endpoint: agentEndpoint }, own],
    effect: `${collector.app.name} collects the metrics, logs and dashboards of ${app.name}`,
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

function signalRemedy({ app, known }: Chosen, signal: Signal, choice: CosChoice): readonly Remedy[] {
  return onwardRemedy(app, {
    signal,
    endpoint: known[signal],
    interface: signalInterfaces[signal],
    takerRole: signal === 'dashboards' ? 'requirer' : 'provider',
    target: choice.cos?.[signal],
  });
}
