/** Units of subordinate applications: one beside each principal unit, as long as the container relation lasts. */
import { behaviourOf } from '../charms/behaviours.js';
import { between } from '../random.js';
import { queueHook, setWorkload, timedHook } from './hooks.js';
import { touch, type SimApplication, type SimModel, type SimRelation, type SimUnit } from './state.js';
import { newUnit } from './units.js';

interface Beside {
  readonly subordinate: SimApplication;
  readonly principal: SimApplication;
}

/** Adds the units that a container relation brings; `settled` ones are active at once. */
export function addSubordinates(model: SimModel, relation: SimRelation, settled: boolean): void {
  const beside = subordinateOf(model, relation);
  if (beside === undefined) return;
  for (const principal of beside.principal.units) {
    const present = beside.subordinate.units.some((unit) => unit.principal === principal);
    if (!present) addUnit(beside.subordinate, principal, settled);
  }
  touch(model);
}

/** Removes the units whose last container relation to their principal is gone. */
export function removeSubordinates(model: SimModel, relation: SimRelation): void {
  const beside = subordinateOf(model, relation);
  if (beside === undefined || principalsOf(model, beside.subordinate.name).includes(beside.principal.name))
    return;
  const { units } = beside.subordinate;
  const left = units.filter((unit) => unit.principal?.application === beside.principal);
  for (const unit of left) {
    unit.gone = true;
    units.splice(units.indexOf(unit), 1);
  }
  const [first] = units;
  if (first !== undefined && !units.some(({ leader }) => leader)) first.leader = true;
  touch(model);
}

/** The applications that a subordinate stands beside, sorted. */
export function principalsOf(model: SimModel, subordinate: string): readonly string[] {
  const found = [...model.relations.values()].flatMap((relation) => {
    const beside = subordinateOf(model, relation);
    return beside?.subordinate.name === subordinate ? [beside.principal.name] : [];
  });
  return [...new Set(found)].sort();
}

function subordinateOf(model: SimModel, relation: SimRelation): Beside | undefined {
  if (relation.scope !== 'container') return undefined;
  const [one, other] = relation.sides.map(({ application }) => model.applications.get(application));
  if (one === undefined || other === undefined) return undefined;
  const oneIsSubordinate = one.charm.subordinate === true;
  const [subordinate, principal] = oneIsSubordinate ? [one, other] : [other, one];
  return { subordinate, principal };
}

function addUnit(application: SimApplication, principal: SimUnit, settled: boolean): void {
  const { world } = application.model.controller;
  const unit = newUnit(application, { machine: '', address: principal.address, principal });
  if (settled) return;
  setWorkload(world, unit, 'waiting', 'installing agent');
  unit.agent = { status: 'allocating', message: '', since: world.clock.now() };
  world.clock.after(between(world.random, 800, 1600), () => {
    queueHook(world, unit, timedHook(world, { name: 'install hook', ms: between(world.random, 1000, 2500) }));
    queueHook(
      world,
      unit,
      timedHook(world, {
        name: 'start hook',
        ms: 500,
        end: () => {
          settle(unit);
        },
      }),
    );
  });
}

function settle(unit: SimUnit): void {
  const { world } = unit.application.model.controller;
  setWorkload(world, unit, 'active');
  behaviourOf(unit.application)?.refresh?.(world, unit.application);
}
