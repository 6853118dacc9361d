/** A second administrator, who changes what comes into his head, with all rights and at once. */
import { publish, setCharm } from '../../src/simulator/refresh/request.js';
import { operationsOf } from '../../src/simulator/operations.js';
import { addRelation, removeRelation } from '../../src/simulator/world/relations.js';
import { setAgent, setWorkload } from '../../src/simulator/world/hooks.js';
import {
  type SimApplication,
  type SimController,
  type SimModel,
  type SimRelation,
} from '../../src/simulator/world/state.js';
import { newUnit } from '../../src/simulator/world/units.js';
import type { Chance } from './chance.js';
import { spoiled } from './sim-guide.js';

/** What was done, in words; undefined when there was nothing to do it to, or Juju refused. */
export type Done = string | undefined;

type Whim = (controller: SimController, chance: Chance) => Done;

/** Does one thing. */
export function meddle(controller: SimController, chance: Chance): Done {
  try {
    return chance.pick(whims)(controller, chance);
  } catch (error) {
    // Juju refuses administrators, too.
    return error instanceof Error && error.name === 'JujuError' ? undefined : rethrow(error);
  }
}

/** Something that Holdfast would put right, to be done again and again; undefined when there is no such thing. */
export function grudge(controller: SimController, chance: Chance): (() => Done) | undefined {
  const grudges: readonly Whim[] = [exposeAll, auditingOff, traceLogs, cutCertificates, superuser, spoil];
  const chosen = chance.pick(grudges);
  return () => {
    try {
      return chosen(controller, chance);
    } catch (error) {
      return error instanceof Error && error.name === 'JujuError' ? undefined : rethrow(error);
    }
  };
}

function rethrow(error: unknown): never {
  throw error;
}

const exposeAll: Whim = (controller, chance) => {
  const application = anApplication(controller, chance);
  if (application === undefined) return undefined;
  operationsOf(controller).expose(application.model.name, application.name);
  return `expose ${nameOf(application)}`;
};

const auditingOff: Whim = (controller) => {
  operationsOf(controller).setControllerConfig({ 'auditing-enabled': false });
  return 'controller-config auditing-enabled=false';
};

const traceLogs: Whim = (controller, chance) => {
  const model = aModel(controller, chance);
  operationsOf(controller).setModelConfig(model.name, { 'logging-config': '<root>=TRACE' });
  return `model-config ${model.name} logging-config=<root>=TRACE`;
};

const cutCertificates: Whim = (controller, chance) => {
  const relations = relationsIn(controller).filter(([, { key }]) => key.includes('certificates'));
  return relations.length === 0 ? undefined : cut(...chance.pick(relations));
};

const superuser: Whim = (controller) => {
  operationsOf(controller).grantSuperuser('bob');
  return 'grant bob superuser';
};

/** What the simulation's own guide puts right. */
const spoil: Whim = (controller, chance) => {
  const model = aModel(controller, chance);
  const key = chance.pick(Object.keys(spoiled) as readonly (keyof typeof spoiled)[]);
  operationsOf(controller).setModelConfig(model.name, { [key]: spoiled[key] });
  return `model-config ${model.name} ${key}=${spoiled[key]}`;
};

const whims: readonly Whim[] = [
  exposeAll,
  auditingOff,
  auditingOff,
  traceLogs,
  traceLogs,
  spoil,
  spoil,
  spoil,
  superuser,
  cutCertificates,
  cutCertificates,
  superuser,
  (controller, chance) => {
    const relations = relationsIn(controller);
    return relations.length === 0 ? undefined : cut(...chance.pick(relations));
  },
  (controller, chance) => {
    const model = aModel(controller, chance);
    const pair = chance.pick(pairs);
    addRelation(model, ...pair);
    return `integrate ${pair.join(' ')} in ${model.name}`;
  },
  (controller, chance) => {
    const model = aModel(controller, chance);
    const application = chance.pick([...model.applications.values()]);
    const settable = Object.keys(application.charm.options);
    if (settable.length === 0) return undefined;
    const name = chance.pick(settable);
    operationsOf(controller).resetOptions(model.name, application.name, [name]);
    return `config ${nameOf(application)} --reset ${name}`;
  },
  (controller, chance) => {
    const application = anApplication(controller, chance);
    if (application === undefined) return undefined;
    operationsOf(controller).unexpose(application.model.name, application.name);
    return `unexpose ${nameOf(application)}`;
  },
  (controller, chance) => {
    const model = aModel(controller, chance);
    operationsOf(controller).grantModel(model.name, 'bob', 'admin');
    return `grant bob admin ${model.name}`;
  },
  (controller) => {
    operationsOf(controller).disableUser('bob');
    return 'disable-user bob';
  },
  (controller) => {
    operationsOf(controller).enableUser('bob');
    return 'enable-user bob';
  },
  (controller, chance) => {
    const model = aModel(controller, chance);
    const set = chance.pick(['all', 'remove-object', 'destroy-model']);
    operationsOf(controller).disableCommands(model.name, set, 'change freeze');
    // A freeze of everything ends: nobody could put anything right any more.
    controller.world.clock.after(chance.between(1, 60) * 60_000, () => {
      if (set === 'all')
        quietly(() => {
          operationsOf(controller).enableCommands(model.name, set);
        });
    });
    return `disable-command ${set} in ${model.name}`;
  },
  (controller, chance) => {
    const model = aModel(controller, chance);
    const set = chance.pick(['remove-object', 'destroy-model']);
    operationsOf(controller).enableCommands(model.name, set);
    return `enable-command ${set} in ${model.name}`;
  },
  addUnit,
  refresh,
  sicken,
];

const pairs: readonly (readonly [string, string])[] = [
  ['etcd:peer-certificates', 'ca:certificates'],
  ['etcd:client-certificates', 'ca:certificates'],
  ['kafka:certificates', 'ca:certificates'],
  ['pg:certificates', 'ca:certificates'],
  ['etcd:s3-credentials', 's3:s3-credentials'],
];

function cut(model: SimModel, relation: SimRelation): Done {
  const [one = '', other = ''] = relation.sides.map(
    ({ application, endpoint }) => `${application}:${endpoint.name}`,
  );
  removeRelation(model, one, other);
  return `remove-relation ${one} ${other} in ${model.name}`;
}

function addUnit(controller: SimController, chance: Chance): Done {
  const application = anApplication(controller, chance);
  if (application === undefined || application.units.length >= 5 || application.charm.subordinate === true)
    return undefined;
  const { world } = controller;
  const place = { machine: '', address: `10.78.${application.nextUnit}.${chance.whole(1, 250)}` };
  const unit = newUnit(application, place);
  setAgent(world, unit, 'allocating', '');
  setWorkload(world, unit, 'waiting', 'waiting for machine');
  world.clock.after(chance.between(20_000, 120_000), () => {
    setWorkload(world, unit, 'active');
    setAgent(world, unit, 'idle', '');
  });
  return `add-unit ${nameOf(application)}`;
}

/** The store has a newer revision; sometimes he refreshes to it himself, and not always as he should. */
function refresh(controller: SimController, chance: Chance): Done {
  const application = anApplication(controller, chance);
  if (application === undefined || application.units.length === 0) return undefined;
  publish(application, application.newest + 1);
  if (chance.happens(0.5)) return `a newer revision of ${nameOf(application)} is out`;
  const { channel } = application;
  const isRight = chance.happens(0.8);
  setCharm(application, { revision: application.newest, channel, byNumber: !isRight, withImage: isRight });
  return `refresh ${nameOf(application)}`;
}

/** Something happens to a unit, and passes. */
function sicken(controller: SimController, chance: Chance): Done {
  const application = anApplication(controller, chance);
  return application === undefined ? undefined : upset(application, chance, chance.between(1, 30) * 60_000);
}

/** One unit is in trouble for some time, ms. */
export function upset(application: SimApplication, chance: Chance, ms: number): Done {
  const { world } = application.model.controller;
  const units = application.units.filter(({ gone }) => !gone);
  if (units.length === 0) return undefined;
  const unit = chance.pick(units);
  const status = chance.pick(['error', 'blocked', 'lost']);
  if (status === 'lost') setAgent(world, unit, 'lost', 'agent is not communicating with the server');
  else setWorkload(world, unit, status, 'something is wrong');
  world.clock.after(ms, () => {
    if (status === 'lost') setAgent(world, unit, unit.hooks.length === 0 ? 'idle' : 'executing', '');
    else if (unit.workload.message === 'something is wrong') setWorkload(world, unit, 'active');
  });
  return `${unit.name} is ${status} for ${Math.round(ms / 1000)} s`;
}

function relationsIn(controller: SimController): readonly (readonly [SimModel, SimRelation])[] {
  return modelsOf(controller).flatMap((model) =>
    [...model.relations.values()]
      .filter(({ sides, dying }) => sides.length === 2 && !dying)
      .map((relation) => [model, relation] as const),
  );
}

export function modelsOf(controller: SimController): readonly SimModel[] {
  return [...controller.models.values()].filter(({ isController }) => !isController);
}

function aModel(controller: SimController, chance: Chance): SimModel {
  return chance.pick(modelsOf(controller));
}

function anApplication(controller: SimController, chance: Chance): SimApplication | undefined {
  const all = modelsOf(controller).flatMap((model) => [...model.applications.values()]);
  return all.length === 0 ? undefined : chance.pick(all);
}

function nameOf({ model, name }: SimApplication): string {
  return `${model.name}/${name}`;
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // Lifted meanwhile.
  }
}
