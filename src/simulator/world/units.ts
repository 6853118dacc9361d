import { touch, type SimApplication, type SimUnit } from './state.js';

export interface UnitPlace {
  readonly machine: string;
  readonly address: string;
  readonly principal?: SimUnit;
}

/** Adds a settled unit; the first of an application leads it. */
export function newUnit(application: SimApplication, place: UnitPlace): SimUnit {
  const { world } = application.model.controller;
  const since = world.clock.now();
  const number = application.nextUnit++;
  const unit: SimUnit = {
    application,
    name: `${application.name}/${number}`,
    number,
    ...place,
    leader: !application.units.some(({ leader }) => leader),
    agent: { status: 'idle', message: '', since },
    workload: { status: 'active', message: '', since },
    openPorts: [],
    hooks: [],
    revision: application.revision,
    refreshed: application.revision,
    gone: false,
  };
  application.units.push(unit);
  touch(application.model);
  return unit;
}
