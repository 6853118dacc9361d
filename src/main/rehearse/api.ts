import type { ControllerAccess, Policy } from '../../core/policy/policy.js';
import type { Clock, JujuApi, Random } from '../../core/ports/index.js';
import type { World } from '../../simulator/world/state.js';
import { quietLink } from './link.js';
import { silentLog } from './silent.js';
import { followWithoutSockets } from './without-sockets.js';

export interface ApiOptions {
  readonly world: World;
  readonly clock: Clock;
  readonly random: Random;
}

/** Follows a controller of the copy. @throws Error when the copy has none of that name. */
export function rehearsedApi(options: ApiOptions, access: ControllerAccess, policy: Policy): JujuApi {
  const { world, clock, random } = options;
  const controller = world.controllers.get(access.name);
  if (controller === undefined) throw new Error(`the copy has no controller ${access.name}`);
  const tally = { calls: 0, errors: 0, reconnects: 0 };
  const link = (who: ControllerAccess['observer'], uuid?: string) => quietLink(controller, who, uuid);
  return followWithoutSockets({ clock, random, log: silentLog, tally, link }, access, policy);
}
