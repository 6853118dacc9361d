/** The statuses in what was parsed: one, or several in a stream, a list, or an object by the models' names. */
import { InputError } from '../../core/input-error.js';
import { isBranch, text, type Branch } from './json.js';

/** A status with what a person calls its place in the text: `document 2`, `entry 3`, `"prod:data"`. */
export interface FoundStatus {
  readonly place: string;
  readonly status: Branch;
  /** Its name in an object of statuses; may say the owner, which a status does not. */
  readonly key?: string;
}

type Candidate = Omit<FoundStatus, 'status'> & { readonly value: unknown };

/**
 * All statuses of the values of a text; nothing among them is left out silently.
 * @throws InputError when there is none, or when one is something else.
 */
export function statusesIn(values: readonly unknown[], source: string): readonly FoundStatus[] {
  const several = values.length > 1;
  const candidates = values.flatMap((value, index) =>
    value === null ? [] : candidatesIn(value, several ? `document ${index + 1}` : ''),
  );
  if (!candidates.some(({ value }) => isStatus(value)))
    throw new InputError(`${source} is no juju status: ${guess(values.find(isBranch))}`);
  return candidates.map(({ value, ...found }) => {
    if (isBranch(value) && isStatus(value)) return { ...found, status: value };
    const what = guess(isBranch(value) ? value : undefined);
    throw new InputError(`${found.place} of ${source} is no juju status: ${what}`);
  });
}

function candidatesIn(value: unknown, place: string): readonly Candidate[] {
  const within = place === '' ? '' : `${place}, `;
  if (Array.isArray(value))
    return value.map((entry: unknown, index) => ({ place: `${within}entry ${index + 1}`, value: entry }));
  if (!isBranch(value) || isStatus(value) || !Object.values(value).some(isNamedStatus))
    return [{ place, value }];
  return Object.entries(value).map(([key, entry]) => ({
    place: `${within}${JSON.stringify(key.slice(0, 80))}`,
    key,
    value: entry,
  }));
}

/** An object by names may have a model called `model`: its status has a model of its own. */
function isStatus(value: unknown): boolean {
  if (!isBranch(value) || 'model-tag' in value) return false;
  return isBranch(value['model']) && !isNamedStatus(value['model']);
}

/** In an object of whatever kind only what names its model counts: an application may be called `model`, too. */
function isNamedStatus(value: unknown): boolean {
  return isBranch(value) && isBranch(value['model']) && text(value['model']['name']) !== '';
}

/** What a text that is no status looks like, and what to do about it. */
function guess(value: Branch | undefined): string {
  const again = 'save one with "juju status --format json"';
  if (value === undefined) return `it holds no object; ${again}`;
  if (value['kind'] === 'Snapshot') return 'it is a saved snapshot; read it with --snapshot';
  if (typeof value['kind'] === 'string') return `it is a ${value['kind'].slice(0, 40)}; ${again}`;
  if (isBranch(value['applications']) || isBranch(value['services']))
    return 'it looks like a bundle; read it with --bundle';
  if ('response' in value || 'request-id' in value) return `it looks like an answer of Juju's API; ${again}`;
  return `it names no model; ${again}`;
}
