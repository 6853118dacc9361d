import { type Dict, dictOf, mapDict } from '../core/dict.js';
import { unknown, type Instant, type Reading } from '../core/fact.js';
import type { ClusterState } from '../core/kube/cluster.js';
import type { StackState } from '../core/observability/stack.js';
import type { ApplicationState, ControllerState, ModelState, Snapshot } from '../core/snapshot.js';
import { expectKind } from './expect-kind.js';
import { parseJson } from './json-text.js';
import { mistakesOf, throwMistakes } from './mistakes.js';
import { clusterFacts, namespaceFacts } from './schemas/cluster.js';
import { stackFacts, telemetryFacts } from './schemas/stack.js';
import { applicationFacts, controllerFacts, modelFacts, SnapshotDocument } from './schemas/snapshot.js';

/** A snapshot's mistakes beyond this number are not listed. */
const shown = 20;

/**
 * Reads a saved snapshot (JSON). Facts that it does not hold are unknown.
 * @throws InputError when it is no snapshot, with the paths of what is wrong.
 */
export function readSnapshotText(content: string, source: string): Snapshot {
  const value = parseJson(content, source, withoutPrototype);
  expectKind(value, 'Snapshot', source);
  const result = SnapshotDocument.safeParse(value, { reportInput: true });
  if (!result.success)
    throwMistakes(source, mistakesOf(SnapshotDocument, result.error.issues).slice(0, shown));
  return completed(value as Snapshot, source);
}

/** Names in a snapshot come from models: `constructor` is just a name there. */
function withoutPrototype(_key: string, value: unknown): unknown {
  const group = typeof value === 'object' && value !== null && !Array.isArray(value);
  return group ? dictOf(Object.entries(value)) : value;
}

function completed(snapshot: Snapshot, source: string): Snapshot {
  const gaps = gapsFrom(source, snapshot.takenAt);
  const application = (state: ApplicationState): ApplicationState => ({
    ...gaps.application,
    ...state,
    workload: (state as Partial<ApplicationState>).workload ?? {},
  });
  const model = (state: ModelState): ModelState => ({
    ...gaps.model,
    ...state,
    applications: mapDict(state.applications, application),
  });
  const controller = (state: ControllerState): ControllerState => ({
    ...gaps.controller,
    ...state,
    models: mapDict(state.models, model),
  });
  const cluster = (state: ClusterState): ClusterState => ({
    ...gaps.cluster,
    ...state,
    namespaces: mapDict(state.namespaces, (own) => ({ ...gaps.namespace, ...own })),
  });
  const stack = (state: StackState): StackState => ({
    ...gaps.stack,
    ...state,
    models: mapDict(state.models, (own) => ({ ...gaps.telemetry, ...own })),
  });
  const { clusters, observability } = snapshot;
  return {
    ...snapshot,
    controllers: mapDict(snapshot.controllers, controller),
    ...(clusters === undefined ? {} : { clusters: mapDict(clusters, cluster) }),
    ...(observability === undefined ? {} : { observability: mapDict(observability, stack) }),
  };
}

/** Unknown facts for every key of each level. */
function gapsFrom(
  source: string,
  at: Instant,
): Record<
  'application' | 'model' | 'controller' | 'cluster' | 'namespace' | 'stack' | 'telemetry',
  Dict<unknown>
> {
  const reading: Reading = { source: { road: 'snapshot', call: source }, at };
  const gaps = (facts: object): Dict<unknown> =>
    dictOf(Object.keys(facts).map((key) => [key, unknown(reading, `the snapshot does not hold ${key}`)]));
  return {
    application: gaps(applicationFacts),
    model: gaps(modelFacts),
    controller: gaps(controllerFacts),
    cluster: gaps(clusterFacts),
    namespace: gaps(namespaceFacts),
    stack: gaps(stackFacts),
    telemetry: gaps(telemetryFacts),
  };
}
