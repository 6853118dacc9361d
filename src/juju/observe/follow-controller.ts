import type { Clock, JujuApi, JujuHealth, Log, Random } from '../../core/ports/index.js';
import type { OwnPlace } from '../../core/snapshot.js';
import type { Attend } from '../../core/ports/sharing.js';
import { Dialer } from '../api/dialer.js';
import type { Credentials } from '../api/login.js';
import { plainText } from '../api/plain-text.js';
import { Pool } from '../api/pool.js';
import { Semaphore } from '../api/semaphore.js';
import type { RecordApi } from '../api/recorder.js';
import { connectionDefaults, type ConnectionSettings } from '../api/settings.js';
import { ControllerFacts } from './controller-facts.js';
import { ControllerWatch, type Follows } from './controller-watch.js';
import type { OnBadName } from './names.js';
import { followDefaults, type FollowSettings } from './settings.js';
import type { Shared } from './shared.js';

export interface FollowOptions {
  /** Our name for the controller. */
  readonly controller: string;
  /** As in `10.0.0.4:17070`; more are learned at login. */
  readonly addresses: readonly string[];
  /** The controller's CA, PEM. Without it the system's roots and the host names decide. */
  readonly caCert?: string;
  /** The same as it is now, asked at every connecting: it may be replaced meanwhile. */
  readonly currentCa?: () => string | undefined;
  /** Who reads the models: login on the controller, read on each model. */
  readonly observer: Credentials;
  /** Who reads users, grants and controller settings: a superuser. The observer does it when absent. */
  readonly auditor?: Credentials;
  /** Holdfast's own version, plain semver. */
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Which models to follow; all when absent. */
  readonly follows?: Follows;
  /** How closely each of them is followed; all as the settings say when absent. */
  readonly attend?: Attend;
  readonly settings?: Partial<FollowSettings>;
  readonly connections?: Partial<ConnectionSettings>;
  /** Where we ourselves run, looked at anew each time. */
  readonly ownPlace?: () => OwnPlace;
  /** Told of every answer, as Juju gave it: secrets are still in it. */
  readonly record?: RecordApi;
}

/** Follows one controller over its WebSocket API. Nothing is opened before `start`. */
export function followController(options: FollowOptions): JujuApi {
  const log = options.log.child({ controller: options.controller });
  const pool = new Pool(new Dialer(dialing(options, log)));
  const home = pool.controllerLink(options.observer);
  const audit = options.auditor === undefined ? home : pool.controllerLink(options.auditor);
  const settings = { ...followDefaults, ...options.settings };
  const { controller, clock, random, observer, ownPlace } = options;
  const shared: Shared = {
    ...{ controller, clock, random, observer, log, settings, pool, home, audit },
    ...(ownPlace && { ownPlace }),
    superuser: () => facts.superuser,
    statusSlots: new Semaphore(settings.statusAtOnce),
    factSlots: new Semaphore(settings.factsAtOnce),
    onBadName: badNameLogger(log),
  };
  const facts: ControllerFacts = new ControllerFacts(shared);
  const watch = new ControllerWatch(shared, facts, options.follows ?? (() => true), options.attend);
  return jujuApi(shared, watch);
}

function dialing(options: FollowOptions, log: Log): ConstructorParameters<typeof Dialer>[0] {
  const { addresses, caCert, clock, random, version, connections, record, currentCa } = options;
  return {
    endpoint: caCert === undefined ? { addresses } : { addresses, caCert },
    ...{ clock, random, log },
    ...(currentCa === undefined ? {} : { currentCa }),
    ...(record === undefined ? {} : { record }),
    settings: { ...connectionDefaults, ...connections },
    purpose: `holdfast ${version}: observe`,
    clientVersion: version,
  };
}

function jujuApi({ controller, pool, home, audit }: Shared, watch: ControllerWatch): JujuApi {
  let started = false;
  return {
    controller,
    start: () => {
      if (!started) watch.start();
      started = true;
    },
    current: () => watch.keeper.current,
    onChange: (listener) => watch.keeper.onChange(listener),
    refresh: (model) => (model === undefined ? watch.refreshAll() : watch.refreshModel(model)),
    refreshController: () => watch.refreshOwn(),
    reattend: () => {
      watch.reattend();
    },
    health: (): JujuHealth => ({ controller, ...watch.health(), ...pool.tally }),
    close: async () => {
      await watch.close();
      await Promise.all([home.close(), audit.close()]);
    },
  };
}

/** Logs each bad name once: a hostile model would fill the log at every look. */
function badNameLogger(log: Log): OnBadName {
  const told = new Set<string>();
  return (what, name) => {
    const shown = plainText(name, 80);
    const key = `${what} ${shown}`;
    if (told.has(key) || told.size >= 1000) return;
    told.add(key);
    log.warn({ what, name: shown }, 'dropped something whose name Juju would not allow');
  };
}
