/** The client against a simulated world without sockets or processes, for simulations on virtual time. */
import { openSession } from '../api/session.js';
import type { SimController, World } from '../world/state.js';
import { CliError } from './cli-error.js';
import type { Dial } from './connection.js';
import type { JujuData, KnownModels } from './juju-data.js';

/** Connects straight to the controllers of the world, found by their UUID. */
export function inProcessDial(world: World): Dial {
  return (known, path) => {
    const controller = [...world.controllers.values()].find(({ uuid }) => uuid === known.uuid);
    if (controller === undefined)
      throw new CliError(`unable to connect to API: ${known.name} is not simulated`);
    const modelUuid = /^\/model\/([^/]+)\/api$/.exec(path)?.[1];
    return Promise.resolve(openSession({ controller, ...(modelUuid === undefined ? {} : { modelUuid }) }));
  };
}

/** What the client of one user knows of every controller of the world: where it is, his password, and his models. */
export function clientData(
  world: World,
  user: string,
  current?: { controller: string; model?: string },
): JujuData {
  const controllers = [...world.controllers.values()];
  return {
    controllers: new Map(
      controllers.map(({ name, uuid, addresses, caCert, cloud }) => [
        name,
        { name, uuid, addresses, caCert: caCert.pem, cloud: cloud.name },
      ]),
    ),
    ...(current === undefined ? {} : { current: current.controller }),
    accounts: new Map(
      controllers.map((each) => [each.name, { user, password: each.users.get(user)?.password ?? '' }]),
    ),
    models: new Map(controllers.map((each) => [each.name, knownModels(each, user, current?.model)])),
  };
}

function knownModels(controller: SimController, user: string, current: string | undefined): KnownModels {
  const visible = [...controller.models.values()].filter(({ users }) => users.has(user));
  const uuids = new Map(visible.map(({ owner, name, uuid }) => [`${owner}/${name}`, uuid]));
  return { uuids, ...(current === undefined ? {} : { current }) };
}
