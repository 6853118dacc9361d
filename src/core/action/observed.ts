/** Whether the world is as an action would leave it: asked before it is undone, and to see whether undoing worked. */
import { isKnown, type Fact } from '../fact.js';
import type { ApplicationState, Exposure, ModelState, Relation } from '../snapshot.js';
import type { AccessRef, Action, EndpointRef } from './action.js';
import type { Place } from './precondition.js';

export type Observed = 'yes' | 'no' | 'unknown';

/** `unknown` also for actions that leave no lasting mark, such as running a charm's action. */
export function observed(action: Action, place: Place): Observed {
  switch (action.type) {
    case 'integrate':
      return related(action.ends, place.model);
    case 'remove-relation':
      return not(related(action.ends, place.model));
    case 'set-config':
    case 'reset-config':
      return configured(action, place.model);
    case 'set-model-config':
    case 'reset-model-config':
      return modelConfigured(action, place.model);
    case 'set-controller-config':
      return from(place.controller.config, (config) => String(config[action.key]) === action.value);
    case 'disable-user':
    case 'enable-user':
      return from(place.controller.users, (users) =>
        users.some(
          ({ name, disabled }) => name === action.user && disabled === (action.type === 'disable-user'),
        ),
      );
    case 'grant':
    case 'revoke':
      return granted(action, place);
    case 'disable-command':
    case 'enable-command':
      return blocked(action, place.model);
    case 'expose':
    case 'unexpose':
      return exposed(action, place.model);
    case 'trust':
    case 'remove-trust':
      return from(
        applicationOf(action.application, place.model)?.trust,
        (trust) => trust === (action.type === 'trust'),
      );
    default:
      return 'unknown';
  }
}

type Of<T extends Action['type']> = Extract<Action, { type: T }>;

function from<T>(fact: Fact<T> | undefined, holds: (value: T) => boolean): Observed {
  if (fact === undefined || !isKnown(fact)) return 'unknown';
  return holds(fact.value) ? 'yes' : 'no';
}

function not(seen: Observed): Observed {
  if (seen === 'unknown') return seen;
  return seen === 'yes' ? 'no' : 'yes';
}

function applicationOf(name: string, model: ModelState | undefined): ApplicationState | undefined {
  return model?.applications[name];
}

function related([one, other]: readonly [EndpointRef, EndpointRef], model: ModelState | undefined): Observed {
  return from(model?.relations, (relations) =>
    relations.some((relation) => hasEnd(relation, one) && hasEnd(relation, other)),
  );
}

function hasEnd(relation: Relation, { application, endpoint }: EndpointRef): boolean {
  return relation.ends.some(
    (end) =>
      end.application === application &&
      (end.endpoint === undefined || endpoint === '' || end.endpoint === endpoint),
  );
}

function configured(action: Of<'set-config' | 'reset-config'>, model: ModelState | undefined): Observed {
  return from(applicationOf(action.application, model)?.config, (config) => {
    const option = config[action.key];
    return action.type === 'set-config'
      ? String(option?.value) === action.value
      : option === undefined || option.source === 'default' || option.source === 'unset';
  });
}

function modelConfigured(
  action: Of<'set-model-config' | 'reset-model-config'>,
  model: ModelState | undefined,
): Observed {
  return from(model?.config, (config) => {
    const option = config[action.key];
    return action.type === 'set-model-config'
      ? String(option?.value) === action.value
      : option?.source !== 'model';
  });
}

/** Levels from the least to the most, as far as they can be compared. */
const ladders = {
  controller: ['', 'login', 'superuser'],
  model: ['', 'read', 'write', 'admin'],
  offer: ['', 'read', 'consume', 'admin'],
} as const;

function granted(action: Of<'grant' | 'revoke'>, place: Place): Observed {
  const level = levelOf(action.user, action.on, place);
  if (level === undefined) return 'unknown';
  const ladder: readonly string[] = ladders[action.on?.kind ?? 'controller'];
  const reaches = ladder.indexOf(level) >= ladder.indexOf(action.level);
  return reaches === (action.type === 'grant') ? 'yes' : 'no';
}

function levelOf(user: string, on: AccessRef | undefined, place: Place): string | undefined {
  if (on?.kind === 'offer') return offerLevel(user, on.name, place.model);
  const users = on === undefined ? place.controller.users : place.model?.users;
  if (users === undefined || !isKnown(users)) return undefined;
  return users.value.find(({ name }) => name === user)?.access ?? '';
}

function offerLevel(user: string, url: string, model: ModelState | undefined): string | undefined {
  if (model === undefined || !isKnown(model.offers)) return undefined;
  const offer = Object.values(model.offers.value).find(({ name }) => url.endsWith(`.${name}`));
  return offer?.users === undefined ? undefined : (offer.users[user] ?? '');
}

function blocked(action: Of<'disable-command' | 'enable-command'>, model: ModelState | undefined): Observed {
  return from(
    model?.blocks,
    (blocks) =>
      blocks.some(({ commandSet }) => commandSet === action.commandSet) ===
      (action.type === 'disable-command'),
  );
}

function exposed(action: Of<'expose' | 'unexpose'>, model: ModelState | undefined): Observed {
  const fact = applicationOf(action.application, model)?.exposure;
  if (fact === undefined || !isKnown(fact)) return 'unknown';
  return action.type === 'expose' ? isOpen(action, fact.value) : isShut(action, fact.value);
}

function isOpen({ endpoint = '', cidrs }: Of<'expose'>, { exposed: any, endpoints }: Exposure): Observed {
  if (!any) return 'no';
  if (endpoints === undefined) return 'unknown';
  return sameSet(endpoints[endpoint]?.cidrs ?? [], cidrs) ? 'yes' : 'no';
}

function isShut({ endpoint }: Of<'unexpose'>, { exposed: any, endpoints }: Exposure): Observed {
  if (!any) return 'yes';
  if (endpoints === undefined) return 'unknown';
  return endpoint !== undefined && endpoints[endpoint] === undefined ? 'yes' : 'no';
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const items = new Set(a);
  return items.size === new Set(b).size && b.every((item) => items.has(item));
}
