/** What speaks against a new relation, and how relations are found by words. */
import { JujuError } from '../errors.js';
import { inKeyOrder, sideText, type Pair } from './endpoints.js';
import type { RelationSide, SimModel, SimRelation } from './state.js';

/** The relation between `app[:endpoint]` and `app[:endpoint]`, in whichever order they are named. */
export function findRelation(model: SimModel, first: string, second: string): SimRelation | undefined {
  for (const relation of model.relations.values()) {
    const [one, other] = relation.sides;
    if (one === undefined || other === undefined) continue;
    if (names(one, first) && names(other, second)) return relation;
    if (names(one, second) && names(other, first)) return relation;
  }
  return undefined;
}

/** The relations at one endpoint of an application. */
export function relationsOf(model: SimModel, application: string, endpoint: string): readonly SimRelation[] {
  return [...model.relations.values()].filter(({ sides }) =>
    sides.some((side) => side.application === application && side.endpoint.name === endpoint),
  );
}

/** Throws Juju's refusal of a relation that exists, is over a limit, or joins unlike bases. */
export function checkAddable(model: SimModel, pair: Pair, words: readonly [string, string]): void {
  const existing = findRelation(model, sideText(pair[0]), sideText(pair[1]));
  if (existing !== undefined) throw alreadyExists(model, pair, { words, existing });
  for (const side of pair) {
    const limited = overLimit(model, side);
    if (limited !== undefined)
      throw refusal(model, pair, { words, reason: limited, code: 'quota limit exceeded' });
  }
  const unlike = unlikeBases(model, pair);
  if (unlike !== undefined) throw refusal(model, pair, { words, reason: unlike, code: '' });
}

function names(side: RelationSide, text: string): boolean {
  const [application, endpoint] = text.split(':');
  return side.application === application && (endpoint === undefined || side.endpoint.name === endpoint);
}

function overLimit(model: SimModel, side: RelationSide): string | undefined {
  const { limit } = side.endpoint;
  if (limit === 0 || relationsOf(model, side.application, side.endpoint.name).length < limit)
    return undefined;
  return `establishing a new relation for ${sideText(side)} would exceed its maximum relation limit of ${limit}`;
}

function unlikeBases(model: SimModel, pair: Pair): string | undefined {
  if (!pair.some(({ endpoint }) => endpoint.scope === 'container')) return undefined;
  const [one, other] = pair.map(({ application }) => model.applications.get(application));
  if (one === undefined || other === undefined || one.base === other.base) return undefined;
  return `no compatible bases found for application "${one.name}" and "${other.name}"`;
}

interface Refused {
  readonly words: readonly [string, string];
  readonly reason: string;
  readonly code: string;
}

/** 4.x wraps twice and sends no code; 3.6 names the relation by its key and sends one. */
function refusal(model: SimModel, pair: Pair, { words, reason, code }: Refused): JujuError {
  if (model.controller.flavour === '3.6') {
    return new JujuError(
      `cannot add relation "${inKeyOrder(pair).map(sideText).join(' ')}": ${reason}`,
      code,
    );
  }
  const [one, other] = pair.map(sideText);
  const ends = `"${words[0]}" and "${words[1]}"`;
  return new JujuError(
    `adding relation between endpoints ${ends}: cannot add relation "${one}", "${other}": relation ${one} ${other}: ${reason}`,
  );
}

function alreadyExists(
  model: SimModel,
  pair: Pair,
  { words, existing }: { readonly words: readonly [string, string]; readonly existing: SimRelation },
): JujuError {
  if (model.controller.flavour === '4.0')
    return refusal(model, pair, { words, reason: 'already exists', code: '' });
  const reason = existing.dying ? 'is dying, but not yet removed' : 'already exists';
  return refusal(model, pair, {
    words,
    reason: `relation ${existing.key} ${reason}`,
    code: 'already exists',
  });
}
