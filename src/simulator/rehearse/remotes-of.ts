/** Applications of other models, as a model's relations lead to them. */
import { valueOf } from '../../core/fact.js';
import type { ModelState, Relation, RemoteApplication } from '../../core/snapshot.js';
import type { ConsumeSpec, ModelSpec } from '../world/spec.js';
import type { Doubts } from './doubts.js';

/** What is consumed, and the models that have to be made up because they are not rehearsed themselves. */
export interface Remotes {
  readonly consumes: readonly ConsumeSpec[];
  readonly madeUp: readonly ModelSpec[];
}

/** `rehearsed` are the models, by name, that the simulated controller has anyway, with their offers. */
export function remotesOf(
  model: ModelState,
  rehearsed: ReadonlyMap<string, readonly string[]>,
  doubts: Doubts,
): Remotes {
  const consumes: ConsumeSpec[] = [];
  const madeUp: ModelSpec[] = [];
  for (const remote of Object.values(valueOf(model.remoteApplications) ?? {})) {
    const at = placeOf(remote);
    if (at !== undefined && rehearsed.get(at.model)?.includes(at.offer) === true) {
      consumes.push({ ...at, as: remote.name });
      continue;
    }
    const made = standInModel(model, remote);
    if (made === undefined) continue;
    doubts.add('applications of models that are not rehearsed stand by and do nothing ({})', remote.name);
    madeUp.push(made);
    consumes.push({ model: made.name, offer: 'offer', as: remote.name });
  }
  return { consumes, madeUp };
}

/** `controller:owner/model.offer` on the same controller. */
function placeOf({ offerUrl }: RemoteApplication): { model: string; offer: string } | undefined {
  const parts = /^(?:[^:/]+:)?[^/:]+\/([^./]+)\.(.+)$/.exec(offerUrl);
  const [, model = '', offer = ''] = parts ?? [];
  return parts === null ? undefined : { model, offer };
}

function standInModel(model: ModelState, remote: RemoteApplication): ModelSpec | undefined {
  const [endpoint] = endpointsOf(remote, valueOf(model.relations) ?? []);
  if (endpoint === undefined) return undefined;
  const facts = {
    ...{ name: 'stand-in', track: 'latest', base: '24.04', workloadVersion: '', revision: 1 },
    ...{ endpoints: [endpoint], options: {}, actions: [] },
  };
  return {
    name: `beyond-${model.name}-${remote.name}`,
    applications: [{ name: 'stand-in', charm: facts, units: 1 }],
    offers: [{ name: 'offer', application: 'stand-in', endpoint: endpoint.split(' ', 1)[0] ?? '' }],
  };
}

/** What the offer says, or else what is related to it. */
function endpointsOf(remote: RemoteApplication, relations: readonly Relation[]): readonly string[] {
  const told = remote.endpoints
    .filter((endpoint) => endpoint.interface !== '')
    .map((endpoint) => `${endpoint.name} ${endpoint.role || 'provider'} ${endpoint.interface}`);
  const used = relations.flatMap(({ ends, interface: name }) => {
    const own = ends.find((end) => end.application === remote.name && end.remote === true);
    return own?.endpoint === undefined || name === ''
      ? []
      : [`${own.endpoint} ${own.role ?? 'provider'} ${name}`];
  });
  return [...new Set([...used, ...told])];
}
