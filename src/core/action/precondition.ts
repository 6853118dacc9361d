import type { Precondition } from './action.js';
import { isKnown } from '../fact.js';
import { unmetOfRefresh } from '../refresh/preconditions.js';
import type { ApplicationState, ControllerState, ModelState, Relation } from '../snapshot.js';

/** Where a precondition is looked up. `model` is absent for changes to the controller itself. */
export interface Place {
  readonly controller: ControllerState;
  readonly model?: ModelState;
  /** Milliseconds since 1970; without it nothing counts as recent. */
  readonly now?: number;
}

/** Undefined when the precondition holds, else the sentence that says why it does not (or could not be seen to). */
export function unmet(precondition: Precondition, place: Place): string | undefined {
  switch (precondition.type) {
    case 'relation-absent':
      return relationAbsent(precondition, place.model);
    case 'related':
      return endpointsRelated(precondition, place.model)
        ? undefined
        : `${named(precondition)} is not related yet`;
    case 'application-settled':
      return unsettledUnit(precondition.application, place.model);
    case 'application-present':
      return application(precondition.application, place.model) === undefined
        ? `application ${precondition.application} is not in the model`
        : undefined;
    case 'user-level':
      return userLevel(precondition, place);
    case 'user-enabled':
      return userEnabled(precondition.user, place.controller);
    case 'another-superuser':
      return anotherSuperuser(precondition.besides, place.controller);
    case 'refresh-checked':
    case 'charm-revision':
    case 'refresh-paused':
    case 'not-refreshing':
    case 'option-is':
      return unmetOfRefresh(precondition, place);
  }
}

function application(name: string, model: ModelState | undefined): ApplicationState | undefined {
  return model?.applications[name];
}

function named(end: { application: string; endpoint: string }): string {
  return `${end.application}:${end.endpoint}`;
}

/** The relations at one endpoint of an application, or undefined when they were not read. */
export function relationsAt(
  app: ApplicationState | undefined,
  endpoint: string,
): readonly Relation[] | undefined {
  if (app === undefined || !isKnown(app.relations)) return undefined;
  return app.relations.value.filter((relation) =>
    relation.ends.some(
      (end) => end.application === app.name && end.endpoint === endpoint && end.remote !== true,
    ),
  );
}

function endpointsRelated(
  end: { application: string; endpoint: string },
  model: ModelState | undefined,
): boolean {
  return (relationsAt(application(end.application, model), end.endpoint)?.length ?? 0) > 0;
}

function relationAbsent(
  end: { application: string; endpoint: string },
  model: ModelState | undefined,
): string | undefined {
  const relations = relationsAt(application(end.application, model), end.endpoint);
  if (relations === undefined) return `the relations of ${end.application} were not read`;
  return relations.length > 0 ? `${named(end)} is related already` : undefined;
}

/** The first unit that is not idle and healthy enough for a change, in words. */
export function unsettledUnit(name: string, model: ModelState | undefined): string | undefined {
  const app = application(name, model);
  if (app === undefined) return `application ${name} is not in the model`;
  if (!isKnown(app.units)) return `the units of ${name} were not read`;
  const busy = Object.values(app.units.value).find(
    (unit) => unit.agent !== 'idle' || unhealthy.has(unit.workload),
  );
  return busy === undefined ? undefined : `unit ${busy.name} is ${busy.workload}/${busy.agent}`;
}

const unhealthy: ReadonlySet<string> = new Set(['error', 'maintenance', 'terminated', 'unknown', 'waiting']);

function userLevel(
  wanted: { user: string; level: string; on: 'controller' | 'model' },
  place: Place,
): string | undefined {
  const fact = wanted.on === 'controller' ? place.controller.users : place.model?.users;
  if (fact === undefined || !isKnown(fact)) return `the level of ${wanted.user} could not be read`;
  const held = fact.value.find((user) => user.name === wanted.user)?.access ?? '';
  const level = held === '' ? 'none' : held;
  return level === wanted.level ? undefined : `${wanted.user} holds ${level}, not ${wanted.level}`;
}

function userEnabled(user: string, controller: ControllerState): string | undefined {
  if (!isKnown(controller.users)) return 'the users of the controller were not read';
  const account = controller.users.value.find((candidate) => candidate.name === user);
  return account?.disabled === false ? undefined : `${user} is not an enabled user`;
}

function anotherSuperuser(besides: string, controller: ControllerState): string | undefined {
  if (!isKnown(controller.users)) return 'the users of the controller were not read';
  const others = controller.users.value.some(
    (user) => user.access === 'superuser' && !user.disabled && user.name !== besides,
  );
  return others ? undefined : `${besides} is the last enabled superuser`;
}
