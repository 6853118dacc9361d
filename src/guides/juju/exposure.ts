import type { Action, ModelRef, Undo } from '../../core/action/action.js';
import type { Exposure } from '../../core/snapshot.js';
import { parseCidr } from '../shared/cidr.js';

/** What is opened at one endpoint (`''`: at all), as Juju takes it. */
export interface Opening {
  readonly endpoint: string;
  readonly cidrs: readonly string[];
  readonly spaces: readonly string[];
}

const world = ['0.0.0.0/0', '::/0'] as const;

/** The openings of an exposed application; undefined where the road shows only that it is exposed. */
export function openings({ exposed, endpoints }: Exposure): readonly Opening[] | undefined {
  if (!exposed) return [];
  if (endpoints === undefined) return undefined;
  const found = Object.entries(endpoints).map(([endpoint, to]) => opening(endpoint, to.cidrs, to.spaces));
  return found.length === 0 ? [opening('', [], [])] : found;
}

/** Exposed to neither a network nor a space means exposed to the world. */
function opening(endpoint: string, cidrs: readonly string[], spaces: readonly string[]): Opening {
  const open = cidrs.length === 0 && spaces.length === 0;
  return { endpoint, cidrs: open ? world : cidrs, spaces };
}

export function openingText({ endpoint, cidrs, spaces }: Opening): string {
  const to = [...cidrs, ...spaces.map((space) => `space ${space}`)].join(', ');
  return endpoint === '' ? to : `${endpoint}: ${to}`;
}

/** An application as its commands name it. */
export interface Place {
  readonly model: ModelRef;
  readonly application: string;
}

export function exposeAction(place: Place, endpoint: string, cidrs: readonly string[]): Action {
  return { type: 'expose', ...place, ...(endpoint === '' ? {} : { endpoint }), cidrs };
}

/** Opens again what was open before; what no action of ours can restore makes it irreversible. */
export function reopening(place: Place, before: readonly Opening[]): Undo {
  const toSpaces = before.find(({ spaces }) => spaces.length > 0);
  if (toSpaces !== undefined) return { irreversible: `it was exposed to spaces (${openingText(toSpaces)})` };
  const odd = before.flatMap(({ cidrs }) => cidrs).find((cidr) => parseCidr(cidr) === undefined);
  if (odd !== undefined) return { irreversible: `it was exposed to ${odd}, which is no network` };
  return { inverse: before.map(({ endpoint, cidrs }) => exposeAction(place, endpoint, cidrs)) };
}
