/** Puts a daemon together from the real adapters. */
import { connectionDefaults, type ConnectionSettings } from '../juju/api/settings.js';
import { followController, type FollowOptions } from '../juju/observe/follow-controller.js';
import { tcpProber } from '../workload/prober.js';
import { memoryStore } from '../store/memory.js';
import { startDaemon, type Daemon, type DaemonOptions } from '../controller/daemon.js';
import type { ControllerAccess, Policy } from '../core/policy/policy.js';
import type { JujuApi } from '../core/ports/index.js';
import type { Environment } from '../config/environment.js';
import { remediatorCli, type Followed } from './remediator-cli.js';
import { systemClock, systemRandom } from './system.js';

export interface ComposeOptions extends Pick<
  DaemonOptions,
  'policy' | 'guides' | 'knowledge' | 'log' | 'telemetry' | 'toolVersion'
> {
  readonly environment: Environment;
  /** Whether this composition may change anything at all: the demo and tests, until every rail exists. */
  readonly mayEnforce: boolean;
  /** Which unit addresses may be probed; without it, those that a unit of a real estate could have. */
  readonly mayProbe?: (address: string) => boolean;
  readonly onEvent?: NonNullable<DaemonOptions['onEvent']>;
}

/** Starts the daemon on the machine's own clock. */
export function composeDaemon(options: ComposeOptions): Promise<Daemon> {
  const { environment, mayEnforce, mayProbe, ...rest } = options;
  const followed = new Map<string, Followed>();
  const follow: DaemonOptions['follow'] = (access, policy) => {
    const api = followPolicy(access, policy, { log: options.log, version: options.toolVersion });
    followed.set(access.name, { api, access, deadline: policy.pace.cliDeadline });
    return api;
  };
  const cliFor = remediatorCli({
    environment,
    clock: systemClock,
    followed: (name) => followed.get(name),
  });
  const enforce = mayEnforce ? { enforce: cliFor } : {};
  return startDaemon({
    ...rest,
    ...enforce,
    follow,
    prober: tcpProber({ clock: systemClock, ...(mayProbe === undefined ? {} : { mayProbe }) }),
    store: memoryStore(),
    clock: systemClock,
    random: systemRandom,
  });
}

/** Follows a controller as the policy paces it (seconds there, milliseconds here). */
export function followPolicy(
  access: ControllerAccess,
  policy: Policy,
  about: Pick<FollowOptions, 'log' | 'version' | 'record'>,
): JujuApi {
  const { pace } = policy;
  const { name, addresses, caCert, observer, auditor } = access;
  return followController({
    controller: name,
    addresses,
    ...(caCert === undefined ? {} : { caCert }),
    observer,
    ...(auditor === undefined ? {} : { auditor }),
    ...about,
    clock: systemClock,
    random: systemRandom,
    connections: deadlines(pace.callDeadline * 1000),
    settings: {
      statusEvery: pace.poll * 1000,
      statusMost: pace.pollIdle * 1000,
      factsEvery: pace.slowFacts * 1000,
      listEvery: pace.pollIdle * 1000,
      maxAge: pace.maxAge * 1000,
    },
  });
}

/** Connecting and logging in may take no longer than a call, in milliseconds. */
function deadlines(callTimeout: number): Partial<ConnectionSettings> {
  const { connectTimeout, loginTimeout } = connectionDefaults;
  return {
    callTimeout,
    connectTimeout: Math.min(connectTimeout, callTimeout),
    loginTimeout: Math.min(loginTimeout, callTimeout),
  };
}
