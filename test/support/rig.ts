/**
 * The whole loop with nothing replaced: a simulated controller on real sockets, a `juju` executable, unit ports on
 * loopback, and the daemon as it is composed for the demo.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '../../src/config/environment.js';
import type { Daemon, DaemonEvent } from '../../src/controller/daemon.js';
import type { Guide } from '../../src/core/control.js';
import {
  defaultPace,
  observeOnly,
  type Pace,
  type Policy,
  type PolicyRule,
  type Waiver,
} from '../../src/core/policy/policy.js';
import { guides } from '../../src/guides/index.js';
import { composeDaemon, type ComposeOptions } from '../../src/main/compose.js';
import { scaledClock } from '../../src/main/demo/scaled-clock.js';
import { systemClock } from '../../src/main/system.js';
import { createMetrics } from '../../src/report/metrics.js';
import { installJuju, type InstalledJuju } from '../../src/simulator/install-juju.js';
import {
  startSimulator,
  type EstateSpec,
  type SimulatedController,
  type Simulator,
} from '../../src/simulator/index.js';
import { memoryStore } from '../../src/store/memory.js';
import type { WatchedCluster } from '../../src/core/policy/clusters.js';
import type { NotifyPolicy } from '../../src/core/policy/notify.js';
import type { WatchedStack } from '../../src/core/policy/observability.js';
import type { LimitRule, ManagedBy, WindowRule } from '../../src/core/policy/rails.js';
import type { Log, Store } from '../../src/core/ports/index.js';
import type { CharmhubPolicy } from '../../src/core/policy/charmhub.js';
import type { WorkloadRule } from '../../src/core/policy/workload.js';
import { printedBy } from '../../src/workload/collect/simulated-unit.js';
import { knowledge } from './judge.js';
import { patience } from './patience.js';
import { silentLog } from './silent.js';

/** Processes run what was built; the tests themselves run from source. */
export const builtJuju = fileURLToPath(new URL('../../dist/simulator/juju.js', import.meta.url));

export interface RigOptions {
  readonly estate: EstateSpec;
  readonly rules: readonly PolicyRule[];
  readonly pace?: Partial<Pace>;
  readonly seed?: number;
  /** All unless said otherwise. */
  readonly guides?: readonly Guide[];
  /** The journal; one in memory unless said otherwise. */
  readonly store?: Store;
  /** Wide unless said otherwise, so that many things may be put right at once. */
  readonly limits?: readonly LimitRule[];
  readonly windows?: readonly WindowRule[];
  readonly managedBy?: readonly ManagedBy[];
  readonly waivers?: readonly Waiver[];
  readonly clusters?: readonly WatchedCluster[];
  /** How clusters are followed; as in earnest unless said otherwise. */
  readonly followCluster?: ComposeOptions['followCluster'];
  readonly observability?: readonly WatchedStack[];
  /** Where every controller's audit log is to be read; nowhere unless said. */
  readonly auditLogFile?: string;
  /** Who is told what; nobody unless said. */
  readonly notify?: NotifyPolicy;
  /** How Charmhub is asked; it is not unless said. */
  readonly charmhub?: CharmhubPolicy;
  /** Variables that the daemon's `juju` gets to see. */
  readonly jujuVariables?: Readonly<Record<string, string>>;
  /** Units that may be looked into, by the user prober; none unless said. */
  readonly workload?: readonly WorkloadRule[];
  /** Nowhere unless said otherwise. */
  readonly log?: Log;
  /** How many times faster than the machine's clock the estate lives; once unless said otherwise. */
  readonly speed?: number;
  /** Puts something between the daemon and the installed `juju`. */
  readonly around?: (installed: InstalledJuju) => Promise<InstalledJuju>;
}

/** Nothing that a test does at once reaches these. */
export const wideLimits: LimitRule = {
  match: {},
  applications: 1000,
  percent: 100,
  units: 10_000,
  actions: 1000,
  perHour: 100_000,
  failures: 1000,
  flips: 1000,
};

export interface Rig {
  readonly simulator: Simulator;
  readonly daemon: Daemon;
  /** The policy that it was started with. */
  readonly policy: Policy;
  /** With the moment (ms) at which each was told. */
  readonly events: readonly (DaemonEvent & { readonly at: number })[];
  metrics(): Promise<string>;
  /** Resolves once it holds; rejects with the sentence when it does not within `ms`. */
  until(what: string, holds: () => boolean, ms?: number): Promise<void>;
  close(): Promise<void>;
}

/** Looks every second and waits no longer than a test can. */
export const quickPace: Pace = {
  ...defaultPace,
  poll: 1,
  pollIdle: 1,
  slowFacts: 1,
  probe: 5,
  verifyLook: 0.5,
  quiet: 3,
  retryFirst: 1,
  callDeadline: 3,
  cliDeadline: 20,
  verifyDeadline: 600,
};

/** Every controller of the estate needs the users observer, auditor and remediator. */
export async function startRig(options: RigOptions): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-rig-'));
  const { estate, seed = 1, speed = 1 } = options;
  const simulator = await startSimulator({
    estate,
    seed,
    clock: scaledClock(systemClock, speed),
    ports: 'real',
    shell: printedBy,
  });
  const installed = await installJuju(join(folder, 'bin'), { entry: builtJuju });
  const juju = (await options.around?.(installed)) ?? installed;
  const policy = policyFor(simulator.controllers, options);
  const running: { daemon?: Daemon } = {};
  const metrics = createMetrics(() => running.daemon, systemClock);
  const events: (DaemonEvent & { at: number })[] = [];
  const daemon = await composeDaemon({
    policy,
    guides: options.guides ?? guides,
    knowledge,
    environment: {
      ...readEnvironment({}),
      ...juju,
      stateDir: join(folder, 'state'),
      cacheDir: join(folder, 'cache'),
      jujuVariables: options.jujuVariables ?? {},
    },
    log: options.log ?? silentLog,
    telemetry: metrics.telemetry,
    toolVersion: '0.0.0',
    store: options.store ?? memoryStore(),
    mayProbe: (address) => address.startsWith('127.'),
    notifies: options.notify !== undefined,
    ...(options.followCluster === undefined ? {} : { followCluster: options.followCluster }),
    onEvent: (event) => events.push({ ...event, at: Date.now() }),
  });
  running.daemon = daemon;
  return {
    ...{ simulator, daemon, policy, events, until },
    metrics: () => metrics.text(),
    close: async () => {
      await daemon.stop();
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function policyFor(controllers: readonly SimulatedController[], options: RigOptions): Policy {
  const {
    rules,
    pace,
    limits = [wideLimits],
    windows = [],
    managedBy = [],
    waivers = [],
    auditLogFile,
  } = options;
  const access = controllers.map(({ name, addresses, caCert, credentials }) => {
    const identity = (user: string) => ({ user, password: credentials[user]?.password ?? '' });
    return {
      name,
      addresses,
      caCert,
      ...(auditLogFile === undefined ? {} : { auditLogFile }),
      observer: identity('observer'),
      auditor: identity('auditor'),
      remediator: identity('remediator'),
      ...(options.workload === undefined ? {} : { prober: identity('prober') }),
    };
  });
  return {
    ...observeOnly,
    controllers: access,
    rules,
    limits,
    windows,
    managedBy,
    waivers,
    ...(options.charmhub === undefined ? {} : { charmhub: options.charmhub }),
    ...(options.workload === undefined ? {} : { workload: options.workload }),
    ...(options.clusters === undefined ? {} : { clusters: options.clusters }),
    ...(options.observability === undefined ? {} : { observability: options.observability }),
    ...(options.notify === undefined ? {} : { notify: options.notify }),
    pace: { ...quickPace, ...pace },
  };
}

async function until(what: string, holds: () => boolean, ms = patience): Promise<void> {
  const deadline = Date.now() + ms;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited ${ms / 1000} s until ${what}`);
    await systemClock.sleep(50);
  }
}

/** The users that a rig needs. */
export const rigUsers = [
  { name: 'observer', lastConnectionDaysAgo: 0, createdDaysAgo: 9 },
  { name: 'auditor', access: 'superuser', lastConnectionDaysAgo: 0, createdDaysAgo: 9 },
  { name: 'remediator', access: 'superuser', lastConnectionDaysAgo: 0, createdDaysAgo: 9 },
] as const;

/** A model with etcd and its certificates, readable by the observer, changeable by the remediator. */
export function etcdModel(name: string, units = 3): EstateSpec['controllers'][number]['models'][number] {
  return {
    name,
    users: { observer: 'read', remediator: 'admin' },
    config: { 'logging-config': '<root>=INFO' },
    applications: [
      { name: 'etcd', charm: 'charmed-etcd', channel: '3.6/stable', units },
      { name: 'ca', charm: 'self-signed-certificates', channel: '1/stable' },
    ],
    relations: [
      ['etcd:peer-certificates', 'ca:certificates'],
      ['etcd:client-certificates', 'ca:certificates'],
    ],
  };
}

export const enforced = { mode: 'enforce', disruptive: 'allow' } as const;

/** What was told of one control on one controller: drift, resolved, and the states of its remediations. */
export function toldOf(events: Rig['events'], controller: string, control: string): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === 'remediation') {
      const { target, controls, state } = event.remediation;
      return target.controller === controller && controls.includes(control) ? [state] : [];
    }
    const { target, control: judged } = event.finding;
    return target.controller === controller && judged.id === control ? [event.type] : [];
  });
}
