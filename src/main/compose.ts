/** Puts a daemon together from the real adapters. */
import { endLeftover } from '../juju/cli/leftover.js';
import { auditLogFiles } from '../juju/audit-log/files.js';
import { connectionDefaults, type ConnectionSettings } from '../juju/api/settings.js';
import { followController, type FollowOptions } from '../juju/observe/follow-controller.js';
import { stackReader } from '../observability/stack-reader.js';
import { tcpProber } from '../workload/prober.js';
import { startDaemon, type Daemon, type DaemonOptions } from '../controller/daemon.js';
import type { ControllerAccess, Policy } from '../core/policy/policy.js';
import type { OwnPlace } from '../core/snapshot.js';
import type { JujuApi } from '../core/ports/index.js';
import type { Environment } from '../config/environment.js';
import { currentCa } from '../config/policy/controllers.js';
import { charmhubListings } from './charmhub.js';
import { ClusterReports } from './cluster-reports.js';
import { clusterFollower } from './clusters.js';
import { livePasswords } from './live-passwords.js';
import { Notifications } from './notify.js';
import { insideAs } from './inside.js';
import { remediatorCli, type Followed } from './remediator-cli.js';
import { rotationPorts } from './rotation-ports.js';
import { systemClock, systemRandom } from './system.js';

export interface ComposeOptions extends Pick<
  DaemonOptions,
  | 'policy'
  | 'guides'
  | 'knowledge'
  | 'log'
  | 'telemetry'
  | 'toolVersion'
  | 'store'
  | 'followCluster'
  | 'sharing'
> {
  readonly environment: Environment;
  /** Which unit addresses may be probed; without it, those that a unit of a real estate could have. */
  readonly mayProbe?: (address: string) => boolean;
  readonly only?: ReadonlySet<string>;
  readonly askAlways?: boolean;
  /** Whether those are told whom the policy names; no unless said otherwise. */
  readonly notifies?: boolean;
  readonly onEvent?: NonNullable<DaemonOptions['onEvent']>;
  /** Where we ourselves run under a policy; looked at only where it is given. */
  readonly ownPlace?: (policy: Policy) => OwnPlace;
}

/** Starts the daemon on the machine's own clock. */
export async function composeDaemon(options: ComposeOptions): Promise<Daemon> {
  const { environment, mayProbe, notifies = false, ownPlace, ...rest } = options;
  const followed = new Map<string, Followed>();
  const passwords = livePasswords();
  const { guides, log, toolVersion: version } = options;
  const about = { environment, guides, log, version, clock: systemClock, random: systemRandom };
  const reports = new ClusterReports(about);
  const notifications = notifies ? new Notifications({ ...about, ...rest }) : undefined;
  const follow: DaemonOptions['follow'] = (given, policy, attend) => {
    const access = passwords.over(given);
    const place = ownPlace && { ownPlace: (): OwnPlace => ownPlace(policy) };
    const about = { log: options.log, version: options.toolVersion, ...place };
    const api = followPolicy(access, policy, attend === undefined ? about : { ...about, attend });
    followed.set(access.name, { api, access, deadline: policy.pace.cliDeadline });
    reports.follows(api);
    return api;
  };
  const surroundings = {
    environment,
    clock: systemClock,
    followed: (name: string): Followed | undefined => followed.get(name),
  };
  const cliFor = remediatorCli(surroundings);
  const rotation = await rotationPorts({
    adopt: (account, password) => {
      passwords.change(account, password);
    },
    environment,
    clock: systemClock,
    log: options.log,
    version: options.toolVersion,
    accessTo: (name) =>
      followed.get(name)?.access ?? options.policy.controllers.find((access) => access.name === name),
  });
  const daemon = await startDaemon({
    ...rest,
    rotation,
    enforce: cliFor,
    endLeftover: (pid, argv) => endLeftover(pid, argv, systemClock),
    follow,
    followCluster: reports.over(options.followCluster ?? clusterFollower({ environment, log, version })),
    charmhub: charmhubListings(environment, systemClock, log),
    openStack: (stack) => stackReader(stack, { clock: systemClock }),
    onEvent: (event) => {
      reports.tell(event);
      notifications?.tell();
      options.onEvent?.(event);
    },
    inside: insideAs({ ...surroundings, mayProbe }),
    auditLogs: auditLogFiles(systemClock),
    prober: tcpProber({ clock: systemClock, ...(mayProbe === undefined ? {} : { mayProbe }) }),
    clock: systemClock,
    random: systemRandom,
  });
  const reporting = reports.with(daemon);
  return notifications?.with(reporting) ?? reporting;
}

/** Follows a controller as the policy paces it (seconds there, milliseconds here). */
export function followPolicy(
  access: ControllerAccess,
  policy: Policy,
  about: Pick<FollowOptions, 'log' | 'version' | 'record' | 'attend' | 'ownPlace'>,
): JujuApi {
  const { pace } = policy;
  const { name, addresses, caCert, observer, auditor } = access;
  return followController({
    controller: name,
    addresses,
    ...(caCert === undefined ? {} : { caCert }),
    currentCa: () => currentCa(access),
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
