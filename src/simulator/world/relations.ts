/**
 * Adding and removing relations. Times as measured on a real controller (Juju facts 9.19 and 9.20): a new relation is
 * `joining`, `joined` 0.3–2.1 s later, and only then do hooks run; a removed one is listed as joined for 10–12 s while
 * its units are idle again after 3.5–8 s.
 */
import { behaviourOf } from '../charms/behaviours.js';
import type { RelationEvent } from '../charms/behaviour.js';
import { JujuError } from '../errors.js';
import { between } from '../random.js';
import { connect, disconnect } from './connections.js';
import { inKeyOrder, resolveEndpoints, sideText, type Pair } from './endpoints.js';
import { queueHook, timedHook } from './hooks.js';
import { checkAddable, findRelation } from './relation-rules.js';
import { touch, type RelationSide, type SimModel, type SimRelation, type SimUnit } from './state.js';
import { addSubordinates, removeSubordinates } from './subordinates.js';

const relationPollMs = 250;

/** Adds a relation between `app[:endpoint]` and `app[:endpoint]`; throws as Juju does. */
export function addRelation(model: SimModel, first: string, second: string): SimRelation {
  const pair = resolveEndpoints(model, first, second);
  checkAddable(model, pair, [first, second]);
  const relation = insertRelation(model, pair, 'joining');
  const { clock, random } = model.controller.world;
  clock.after(between(random, 300, 2100), () => {
    join(model, relation);
  });
  return relation;
}

/** A relation that is there from the start, settled; for building estates. */
export function establishRelation(model: SimModel, first: string, second: string): SimRelation {
  const pair = resolveEndpoints(model, first, second);
  const relation = insertRelation(model, pair, 'joined');
  connect(model, relation);
  addSubordinates(model, relation, true);
  return relation;
}

export function insertPeer(model: SimModel, side: RelationSide): void {
  const id = model.nextRelation++;
  model.relations.set(id, newRelation(model, [side], { id, status: 'joined' }));
}

/** Starts to remove a relation; again while it is on its way out does nothing; throws when there is none. */
export function removeRelation(model: SimModel, first: string, second: string): void {
  const relation = findRelation(model, first, second);
  if (relation === undefined) {
    const ends = `[${first} ${second}]`;
    throw new JujuError(`relation with endpoints ${ends} or id 0 not found`, 'not found');
  }
  if (relation.dying) return;
  relation.dying = true;
  const { clock, random } = model.controller.world;
  clock.after(between(random, 200, 900), () => {
    leave(model, relation);
  });
  clock.after(between(random, 10_000, 11_800), () => {
    dropWhenLeft(model, relation);
  });
}

function insertRelation(model: SimModel, pair: Pair, status: SimRelation['status']): SimRelation {
  const id = model.nextRelation++;
  const relation = newRelation(model, inKeyOrder(pair), { id, status });
  model.relations.set(id, relation);
  touch(model);
  return relation;
}

function newRelation(
  model: SimModel,
  sides: readonly RelationSide[],
  { id, status }: Pick<SimRelation, 'id' | 'status'>,
): SimRelation {
  const isContainer = sides.some(({ endpoint }) => endpoint.scope === 'container');
  return {
    id,
    key: sides.map(sideText).join(' '),
    interface: sides[0]?.endpoint.interface ?? '',
    scope: isContainer ? 'container' : 'global',
    sides,
    status,
    since: model.controller.world.clock.now(),
    dying: false,
    leaving: 0,
  };
}

function join(model: SimModel, relation: SimRelation): void {
  if (relation.dying) return;
  relation.status = 'joined';
  relation.since = model.controller.world.clock.now();
  connect(model, relation);
  addSubordinates(model, relation, false);
  touch(model);
  for (const event of eventsOf(model, relation)) {
    if (behaviourOf(event.application)?.joined?.(event) !== true) queueCommonHooks(event);
  }
}

/** The first hook begins 60–150 ms after the relation joined. */
function queueCommonHooks(event: RelationEvent): void {
  for (const unit of event.application.units) {
    event.world.clock.after(between(event.world.random, 60, 150), () => {
      queueCommon(event, unit);
    });
  }
}

function queueCommon({ world, application, endpoint, other }: RelationEvent, unit: SimUnit): void {
  const refresh = (): void => {
    behaviourOf(application)?.refresh?.(world, application);
  };
  const created = { name: `${endpoint}-relation-created hook`, ms: between(world.random, 400, 900) };
  const changed = {
    name: `${endpoint}-relation-changed hook for ${other}/0`,
    ms: between(world.random, 400, 1100),
  };
  queueHook(world, unit, timedHook(world, created));
  queueHook(world, unit, timedHook(world, { ...changed, end: refresh }));
}

function leave(model: SimModel, relation: SimRelation): void {
  for (const event of eventsOf(model, relation)) {
    for (const unit of event.application.units) queueBroken(event, unit);
  }
  touch(model);
}

function queueBroken(event: RelationEvent, unit: SimUnit): void {
  const { world, relation, endpoint, other, application } = event;
  const broken = behaviourOf(application)?.broken;
  relation.leaving += 1;
  queueHook(
    world,
    unit,
    timedHook(world, {
      name: `${endpoint}-relation-departed hook for ${other}/0`,
      ms: between(world.random, 1500, 3200),
    }),
  );
  queueHook(world, unit, {
    name: `${endpoint}-relation-broken hook`,
    run: (finish) => {
      world.clock.after(between(world.random, 1500, 3200), () => {
        const done = (): void => {
          relation.leaving -= 1;
          finish();
        };
        if (broken === undefined) done();
        else broken(event, unit, done);
      });
    },
  });
}

function dropWhenLeft(model: SimModel, relation: SimRelation): void {
  const { world } = model.controller;
  if (relation.leaving > 0) {
    world.clock.after(relationPollMs, () => {
      dropWhenLeft(model, relation);
    });
    return;
  }
  model.relations.delete(relation.id);
  disconnect(model, relation);
  removeSubordinates(model, relation);
  for (const event of eventsOf(model, relation)) {
    behaviourOf(event.application)?.refresh?.(world, event.application);
  }
  touch(model);
}

/** The relation as each of its local applications sees it. */
function eventsOf(model: SimModel, relation: SimRelation): readonly RelationEvent[] {
  const { world } = model.controller;
  return relation.sides.flatMap((side, index) => {
    const application = model.applications.get(side.application);
    const other = relation.sides[1 - index]?.application ?? side.application;
    if (application === undefined) return [];
    return [{ world, relation, application, endpoint: side.endpoint.name, other }];
  });
}
