import { dictOf, newDict, type Dict } from '../dict.js';
import type { Target } from '../target.js';
import type { GrantLevel, UsersPolicy } from './policy.js';
import { scopeMatcher } from './resolve.js';
import { globMatcher } from '../glob.js';

/** The users whom the policy names, as far as they concern one target. */
export interface NamedUsers {
  /** Who may be superuser of the controller; absent where the policy does not say. */
  readonly superusers?: readonly string[];
  /** Accounts of programs, which are never disabled for looking unused. */
  readonly serviceAccounts: readonly string[];
  /** Accounts whose passwords Holdfast changes. */
  readonly managed: readonly string[];
  /** The highest level that each may hold on the target's model. */
  readonly levels: Dict<GrantLevel>;
  /** Who may reach an offer of the target's model, by its name. */
  readonly consumersOf: (offer: string) => readonly string[];
}

type Place = Pick<Target, 'controller' | 'model'>;

/**
 * Compiles the policy's users once; the function returned says who is meant on a target. What holds for the same model
 * is one object.
 */
export function namedUsersResolver(users: UsersPolicy): (target: Place) => NamedUsers {
  const { superusers, serviceAccounts, managed } = users;
  const everywhere = { ...(superusers && { superusers }), serviceAccounts, managed };
  if (users.grants.length + users.offers.length === 0) {
    const named = { ...everywhere, levels: newDict<GrantLevel>(), consumersOf: () => [] };
    return () => named;
  }
  const at = { levels: levelsResolver(users), consumers: consumersResolver(users) };
  return byModel((place) => ({
    ...everywhere,
    levels: at.levels(place),
    consumersOf: at.consumers(place),
  }));
}

/** Later grants win, user by user. */
function levelsResolver({ grants }: UsersPolicy): (place: Place) => NamedUsers['levels'] {
  const compiled = grants.map(({ match, levels }) => ({ levels, matches: scopeMatcher(match) }));
  return (place) =>
    dictOf(compiled.filter(({ matches }) => matches(place)).flatMap(({ levels }) => Object.entries(levels)));
}

/** All entries that match an offer count together. */
function consumersResolver({ offers }: UsersPolicy): (place: Place) => NamedUsers['consumersOf'] {
  const compiled = offers.map(({ match: { offer = '*', ...model }, consumers }) => ({
    consumers,
    fits: globMatcher(offer),
    matches: scopeMatcher(model),
  }));
  return (place) => {
    const here = compiled.filter(({ matches }) => matches(place));
    return (offer) => here.filter(({ fits }) => fits(offer)).flatMap(({ consumers }) => consumers);
  };
}

function byModel<T>(make: (place: Place) => T): (place: Place) => T {
  const known = new Map<string | undefined, Map<string | undefined, T>>();
  return ({ controller, model }) => {
    let models = known.get(controller);
    if (models === undefined) known.set(controller, (models = new Map<string | undefined, T>()));
    let made = models.get(model);
    if (made === undefined) {
      made = make({ ...(controller !== undefined && { controller }), ...(model !== undefined && { model }) });
      models.set(model, made);
    }
    return made;
  };
}
