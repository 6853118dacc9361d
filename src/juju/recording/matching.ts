import { branch, text, type Branch } from '../status/json.js';

/** How the results of a bulk call stand to the things asked about: all of them, or some places in the answer. */
export type Match = 'whole' | readonly number[];

/** Whether a recorded question covers one that is asked now; both of the same call. */
export function matching(asked: Branch, recorded: Branch): Match | undefined {
  const wanted = tagsOf(asked);
  if (wanted.length > 0) return placesOf(wanted, tagsOf(recorded));
  const same =
    tagsOf(recorded).length === 0 &&
    text(asked['application']) === text(recorded['application']) &&
    isSameFilter(filterOf(asked), filterOf(recorded));
  return same ? 'whole' : undefined;
}

function placesOf(wanted: readonly string[], recorded: readonly string[]): Match | undefined {
  const places = wanted.map((tag) => recorded.indexOf(tag));
  return places.includes(-1) ? undefined : places;
}

function tagsOf({ entities }: Branch): readonly string[] {
  return Array.isArray(entities) ? (entities as unknown[]).map((entity) => text(branch(entity)['tag'])) : [];
}

function filterOf({ Filters: filters }: Branch): Branch {
  return branch(Array.isArray(filters) ? (filters as unknown[])[0] : undefined);
}

/** A filter names a model; older and newer clients spell its owner differently, or leave one spelling out. */
function isSameFilter(asked: Branch, recorded: Branch): boolean {
  const owners = ownersOf(recorded);
  const isSameOwner = owners.length === 0 || ownersOf(asked).some((owner) => owners.includes(owner));
  return text(asked['model-name']) === text(recorded['model-name']) && (isSameOwner || !ownersOf(asked)[0]);
}

function ownersOf(filter: Branch): readonly string[] {
  return [text(filter['model-qualifier']), text(filter['owner-name'])].filter((owner) => owner !== '');
}

/** The part of a bulk answer that was asked for. */
export function answerTo(match: Match, response: unknown): unknown {
  if (match === 'whole') return response;
  const { results } = branch(response);
  const all = Array.isArray(results) ? (results as unknown[]) : [];
  return { ...branch(response), results: match.map((place) => all[place]) };
}
