/** From two words of a command to the two endpoints that they mean, with Juju's own refusals. */
import { jujuInfo, type Endpoint } from '../charms/charm.js';
import { JujuError } from '../errors.js';
import type { RelationSide, SimModel } from './state.js';

export type Pair = readonly [RelationSide, RelationSide];

/** Resolves `app` or `app:endpoint`, twice, to one compatible pair in the order given. */
export function resolveEndpoints(model: SimModel, first: string, second: string): Pair {
  const firstSides = candidates(model, first, [first, second]);
  const secondSides = candidates(model, second, [first, second]);
  const pairs = firstSides.flatMap((one) =>
    secondSides.filter((other) => compatible(one, other)).map((other): Pair => [one, other]),
  );
  const explicit = pairs.filter((pair) => !pair.some(isImplicit));
  const chosen = explicit.length > 0 ? explicit : pairs;
  const [only] = chosen;
  if (only === undefined) throw noneCompatible(model, first, second);
  if (chosen.length > 1) throw ambiguous(model, [first, second], chosen);
  return only;
}

/** `application:endpoint`. */
export function sideText(side: RelationSide): string {
  return `${side.application}:${side.endpoint.name}`;
}

/** Requirer first, as Juju writes the key of a relation. */
export function inKeyOrder([first, second]: Pair): Pair {
  return first.endpoint.role === 'requirer' ? [first, second] : [second, first];
}

/** An application's endpoints, the implicit one of a principal included. */
export function endpointsOf(model: SimModel, name: string): readonly Endpoint[] | undefined {
  const application = model.applications.get(name);
  if (application === undefined) return model.remotes.get(name)?.endpoints;
  const { endpoints } = application.charm;
  return endpoints.some((endpoint) => endpoint.name === jujuInfo.name) ? endpoints : [...endpoints, jujuInfo];
}

function candidates(model: SimModel, text: string, both: readonly [string, string]): readonly RelationSide[] {
  const [application = '', endpointName] = text.split(':');
  const endpoints = endpointsOf(model, application);
  const found = (endpoints ?? []).filter(({ name, role }) =>
    endpointName === undefined ? role !== 'peer' : name === endpointName,
  );
  if (found.length > 0) return found.map((endpoint) => ({ application, endpoint }));
  throw noCandidates(model, text, { both, known: endpoints !== undefined });
}

function compatible(one: RelationSide, other: RelationSide): boolean {
  const roles = `${one.endpoint.role} ${other.endpoint.role}`;
  const matching = roles === 'requirer provider' || roles === 'provider requirer';
  return (
    matching && one.endpoint.interface === other.endpoint.interface && one.application !== other.application
  );
}

function isImplicit({ endpoint }: RelationSide): boolean {
  return endpoint === jujuInfo;
}

function noCandidates(
  model: SimModel,
  text: string,
  { both, known }: { readonly both: readonly [string, string]; readonly known: boolean },
): JujuError {
  if (model.controller.flavour === '4.0') {
    return new JujuError(`${adding(both)}no candidates for ${text}: relation endpoint not found`);
  }
  const [application = '', endpoint = ''] = text.split(':');
  const message = known
    ? `application "${application}" has no "${endpoint}" relation`
    : `application "${application}" not found`;
  return new JujuError(message, 'not found');
}

function noneCompatible(model: SimModel, first: string, second: string): JujuError {
  if (model.controller.flavour === '3.6') return new JujuError('no relations found');
  return new JujuError(`${adding([first, second])}no compatible endpoints found between applications`);
}

function ambiguous(model: SimModel, both: readonly [string, string], pairs: readonly Pair[]): JujuError {
  const choices = pairs.map(([one, other]) => `"${sideText(one)} ${sideText(other)}"`).join('; ');
  const text = `ambiguous relation: "${both.join(' ')}" could refer to ${choices}`;
  return new JujuError(model.controller.flavour === '4.0' ? `${adding(both)}${text}` : text);
}

function adding([first, second]: readonly [string, string]): string {
  const names = `"${first}" and "${second}"`;
  return `adding relation between endpoints ${names}: cannot relate endpoints ${names}: `;
}
