/** The real follower of a controller (its polls, slow facts, readers and ageing) over connections without sockets. */
import type { ControllerAccess, Policy } from '../../../src/core/policy/policy.js';
import type { JujuApi, Log, Random } from '../../../src/core/ports/index.js';
import type { Credentials } from '../../../src/juju/api/login.js';
import type { Link } from '../../../src/juju/api/link.js';
import type { Pool } from '../../../src/juju/api/pool.js';
import { Semaphore } from '../../../src/juju/api/semaphore.js';
import { ControllerFacts } from '../../../src/juju/observe/controller-facts.js';
import { ControllerWatch } from '../../../src/juju/observe/controller-watch.js';
import { followDefaults } from '../../../src/juju/observe/settings.js';
import type { Shared } from '../../../src/juju/observe/shared.js';
import type { SimController } from '../../../src/simulator/world/state.js';
import type { Life } from '../machine.js';
import { SimulatedLink, type CallFault } from './link.js';

/** A call that is about a model (by UUID) or, without one, about the controller. */
export interface CallPlace {
  readonly controller: string;
  readonly modelUuid?: string;
}

export interface ApiOptions {
  readonly controller: SimController;
  readonly life: Life;
  readonly random: Random;
  readonly log: Log;
  readonly fault: (call: string, place: CallPlace) => CallFault;
  readonly answered: (call: string, place: CallPlace, begun: number) => void;
}

/** Follows as the policy paces it. */
export function simulatedApi(options: ApiOptions, access: ControllerAccess, policy: Policy): JujuApi {
  const { life, random, log } = options;
  const tally = { calls: 0, errors: 0, reconnects: 0 };
  const callDeadline = policy.pace.callDeadline * 1000;
  const link = (credentials: Credentials, modelUuid?: string): Link => {
    const place = { controller: access.name, ...(modelUuid === undefined ? {} : { modelUuid }) };
    const simulated = new SimulatedLink({
      ...{ controller: options.controller, credentials, life, tally, callDeadline },
      ...(modelUuid === undefined ? {} : { modelUuid }),
      fault: (call) => options.fault(call, place),
      answered: (call, begun) => {
        options.answered(call, place, begun);
      },
    });
    return simulated as unknown as Link;
  };
  const pool = { tally, modelLink: (uuid: string, who: Credentials) => link(who, uuid) } as unknown as Pool;
  const home = link(access.observer);
  const audit = access.auditor === undefined ? home : link(access.auditor);
  const shared: Shared = {
    ...{ controller: access.name, clock: life.clock, random, log, pool, home, audit },
    observer: access.observer,
    settings: settingsOf(policy),
    superuser: () => facts.superuser,
    statusSlots: new Semaphore(followDefaults.statusAtOnce),
    factSlots: new Semaphore(followDefaults.factsAtOnce),
    onBadName: () => undefined,
  };
  const facts: ControllerFacts = new ControllerFacts(shared);
  return apiOf(access.name, new ControllerWatch(shared, facts, () => true), { pool, home, audit });
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

function apiOf(
  controller: string,
  watch: ControllerWatch,
  { pool, home, audit }: Pick<Shared, 'pool' | 'home' | 'audit'>,
): JujuApi {
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
