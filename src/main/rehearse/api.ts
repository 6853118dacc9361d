/** The real follower of a controller over connections without sockets. */
import type { ControllerAccess, Policy } from '../../core/policy/policy.js';
import type { Clock, JujuApi, Random } from '../../core/ports/index.js';
import type { Pool } from '../../juju/api/pool.js';
import { Semaphore } from '../../juju/api/semaphore.js';
import { ControllerFacts } from '../../juju/observe/controller-facts.js';
import { ControllerWatch } from '../../juju/observe/controller-watch.js';
import { followDefaults } from '../../juju/observe/settings.js';
import type { Shared } from '../../juju/observe/shared.js';
import type { World } from '../../simulator/world/state.js';
import { quietLink } from './link.js';
import { silentLog } from './silent.js';

export interface ApiOptions {
  readonly world: World;
  readonly clock: Clock;
  readonly random: Random;
}

/** Follows as the policy paces it. */
export function rehearsedApi(options: ApiOptions, access: ControllerAccess, policy: Policy): JujuApi {
  const { world, clock, random } = options;
  const controller = world.controllers.get(access.name);
  if (controller === undefined) throw new Error(`the copy has no controller ${access.name}`);
  const tally = { calls: 0, errors: 0, reconnects: 0 };
  const pool = {
    tally,
    modelLink: (uuid: string, who: ControllerAccess['observer']) => quietLink(controller, who, uuid),
  } as unknown as Pool;
  const home = quietLink(controller, access.observer);
  const audit = access.auditor === undefined ? home : quietLink(controller, access.auditor);
  const shared: Shared = {
    ...{ controller: access.name, clock, random, log: silentLog, pool, home, audit },
    observer: access.observer,
    settings: settingsOf(policy),
    superuser: () => facts.superuser,
    statusSlots: new Semaphore(followDefaults.statusAtOnce),
    factSlots: new Semaphore(followDefaults.factsAtOnce),
    onBadName: () => undefined,
  };
  const facts: ControllerFacts = new ControllerFacts(shared);
  const watch = new ControllerWatch(shared, facts, () => true);
  return {
    controller: access.name,
    start: () => {
      watch.start();
    },
    current: () => watch.keeper.current,
    onChange: (listener) => watch.keeper.onChange(listener),
    refresh: (model) => (model === undefined ? watch.refreshAll() : watch.refreshModel(model)),
    refreshController: () => watch.refreshOwn(),
    health: () => ({ controller: access.name, ...watch.health(), ...tally }),
    close: async () => {
      await watch.close();
      await Promise.all([home.close(), audit.close()]);
    },
  };
}

function settingsOf({ pace }: Policy): Shared['settings'] {
  return {
    ...followDefaults,
    statusEvery: pace.poll * 1000,
    statusMost: pace.pollIdle * 1000,
    factsEvery: pace.slowFacts * 1000,
    listEvery: pace.pollIdle * 1000,
    maxAge: pace.maxAge * 1000,
  };
}
