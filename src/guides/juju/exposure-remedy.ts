import type { Action, Remedy } from '../../core/action/action.js';
import { allowanceFor, isWithin, networksIn, type Declaration } from './declared-exposure.js';
import { exposeAction, openingText, reopening, type Opening, type Place } from './exposure.js';

/** What is open, what may be, and who comes in besides. */
export interface Exposed {
  readonly open: readonly Opening[];
  readonly declared: Declaration;
  readonly consumers: readonly string[];
}

/** The steps that leave open what is declared: to the declared networks, or not at all. */
export function closing(place: Place, exposed: Exposed): readonly Remedy[] {
  const wrong = exposed.open.filter((opening) => !isWithin(opening, exposed.declared));
  if (wrong.some((opening) => isOpenAtAll(opening, exposed.declared)) || !exposed.declared.any)
    return closedWhole(place, exposed);
  return wrong.map((opening) => closedAt(place, opening, exposed));
}

/** All endpoints are open, and only some are declared: nothing less than closing all will do. */
function isOpenAtAll(opening: Opening, declared: Declaration): boolean {
  return opening.endpoint === '' && networksFor(opening, declared).length === 0;
}

function networksFor(opening: Opening, declared: Declaration): readonly string[] {
  return networksIn(allowanceFor(opening, declared) ?? []);
}

function closedWhole(place: Place, { open, declared, consumers }: Exposed): readonly Remedy[] {
  const unexpose: Remedy = {
    ...common(place, [...open.map((opening) => `clients from ${openingText(opening)}`), ...consumers]),
    action: { type: 'unexpose', ...place },
    undo: reopening(place, open),
    effect: `${place.application} is not exposed`,
  };
  const reopened = [...declared.byEndpoint].flatMap(([endpoint, entries]) => {
    const networks = networksIn(entries);
    return networks.length === 0 ? [] : [exposedTo(place, endpoint, networks)];
  });
  return [unexpose, ...reopened];
}

function exposedTo(place: Place, endpoint: string, networks: readonly string[]): Remedy {
  const action: Action = { type: 'unexpose', ...place, ...(endpoint === '' ? {} : { endpoint }) };
  return {
    ...common(place, []),
    action: exposeAction(place, endpoint, networks),
    undo: { inverse: [action] },
    effect: `${place.application} is exposed to ${networks.join(', ')}`,
  };
}

function closedAt(place: Place, opening: Opening, { declared, consumers }: Exposed): Remedy {
  const networks = networksFor(opening, declared);
  const { endpoint } = opening;
  const at = endpoint === '' ? place.application : `${place.application}:${endpoint}`;
  const outside = networks.length === 0 ? '' : ` outside ${networks.join(', ')}`;
  return {
    ...common(place, [`clients from ${openingText(opening)}${outside}`, ...consumers]),
    action:
      networks.length === 0
        ? { type: 'unexpose', ...place, endpoint }
        : exposeAction(place, endpoint, networks),
    undo: reopening(place, [opening]),
    effect:
      networks.length === 0 ? `${at} is not exposed` : `${at} is exposed to ${networks.join(', ')} only`,
  };
}

function common(
  place: Place,
  cutsOff: readonly string[],
): Pick<Remedy, 'risk' | 'disruptive' | 'repeatable' | 'cutsOff' | 'preconditions'> {
  return {
    risk: 'high',
    disruptive: true,
    repeatable: true,
    cutsOff,
    preconditions: [{ type: 'application-present', application: place.application }],
  };
}
