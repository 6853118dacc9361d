/** The real follower of a controller (its polls, slow facts, readers and ageing) over connections without sockets. */
import type { ControllerAccess, Policy } from '../../core/policy/policy.js';
import type { Clock, JujuApi, Log, Random } from '../../core/ports/index.js';
import type { Link } from '../../juju/api/link.js';
import type { Credentials } from '../../juju/api/login.js';
import type { Pool } from '../../juju/api/pool.js';
import { Semaphore } from '../../juju/api/semaphore.js';
import { ControllerFacts } from '../../juju/observe/controller-facts.js';
import { ControllerWatch } from '../../juju/observe/controller-watch.js';
import { followDefaults } from '../../juju/observe/settings.js';
import type { Shared } from '../../juju/observe/shared.js';

/** What a follower runs on. */
export interface Wireless {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly tally: Pick<Pool['tally'], 'calls' | 'errors' | 'reconnects'>;
  /** A connection to the controller, or to one of its models. */
  readonly link: (who: Credentials, modelUuid?: string) => Link;
}

/** Follows as the policy paces it. */
export function followWithoutSockets(on: Wireless, access: ControllerAccess, policy: Policy): JujuApi {
  const { clock, random, log, tally, link } = on;
  const pool = { tally, modelLink: (uuid: string, who: Credentials) => link(who, uuid) } as unknown as Pool;
  const home = link(access.observer);
  const audit = access.auditor === undefined ? home : link(access.auditor);
  const shared: Shared = {
    ...{ controller: access.name, clock, random, log, pool, home, audit },
    observer: access.observer,
    settings: settingsOf(policy),
    superuser: () => facts.superuser,
    statusSlots: new Semaphore(followDefaults.statusAtOnce),
    factSlots: new Semaphore(followDefaults.factsAtOnce),
    onBadName: () => undefined,
  };
  const facts: ControllerFacts = new ControllerFacts(shared);
  return apiOf(shared, new ControllerWatch(shared, facts, () => true));
}

function apiOf({ controller, pool, home, audit }: Shared, watch: ControllerWatch): JujuApi {
  return {
    controller,
    start: () => {
      watch.start();
    },
    current: () => watch.keeper.current,
    onChange: (listener) => watch.keeper.onChange(listener),
    refresh: (model) => (model === undefined ? watch.refreshAll() : watch.refreshModel(model)),
    refreshController: () => watch.refreshOwn(),
    health: () => ({ controller, ...watch.health(), ...pool.tally }),
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
