/** The daemon over a controller that a test sets by hand, on virtual time. */
import { knowledge } from './judge.js';
import {
  scriptedCli,
  scriptedController,
  type ScriptedCli,
  type ScriptedController,
} from './scripted-controller.js';
import { silentLog, silentTelemetry } from './silent.js';
import { toyGuide } from './toy-guide.js';
import { application, controller, estate, model, unit, unknownFact, user } from './world.js';
import type { Guide } from '../../src/core/control.js';
import { observeOnly, type Policy } from '../../src/core/policy/policy.js';
import type { CliOutcome, Remediation, RotationPorts } from '../../src/core/ports/index.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { virtualClock, type VirtualClock } from '../../src/simulator/virtual-clock.js';
import { memoryStore, type Memory } from '../../src/store/memory.js';
import { startDaemon, type Daemon, type DaemonEvent } from '../../src/controller/daemon.js';

export interface World {
  readonly exposed: boolean | 'unknown';
  readonly agent?: string;
  readonly workload?: string;
}

export function world({ exposed, agent = 'idle', workload = 'active' }: World): Snapshot {
  const exposure = exposed === 'unknown' ? unknownFact('not read') : { exposed };
  const app = application({ exposure, units: { 'db/0': unit('db/0', { agent, workload }) } });
  const users = [user('admin', { lastConnection: '2026-11-21T00:00:00Z' })];
  return estate({
    controllers: { prod: controller({ users, models: { data: model({ applications: { db: app } }) } }) },
  });
}

/** The model without its application. */
export const empty = estate({
  controllers: {
    prod: controller({
      users: [user('admin', { lastConnection: '2026-11-21T00:00:00Z' })],
      models: { data: model({}) },
    }),
  },
});

const enforce: Partial<Policy['defaults']> = { mode: 'enforce', disruptive: 'allow' };

export interface Bench {
  readonly clock: VirtualClock;
  readonly api: ScriptedController;
  readonly cli: ScriptedCli;
  readonly daemon: Daemon;
  readonly events: DaemonEvent[];
  /** The states that the one remediation went through, with their reasons. */
  readonly way: () => readonly string[];
}

export interface BenchOptions {
  readonly first?: World;
  readonly defaults?: Partial<Policy['defaults']>;
  readonly answer?: (n: number, api: ScriptedController) => CliOutcome;
  readonly mayEnforce?: boolean;
  /** Whether whoever is told of events takes them well. */
  readonly tells?: boolean;
  /** Goes on with the journal of a daemon before it. */
  readonly memory?: Memory;
  readonly guides?: readonly Guide[];
  readonly policy?: Partial<Policy>;
  readonly endLeftover?: (pid: number) => Promise<void>;
  readonly rotation?: RotationPorts;
  /** When it begins, ms. */
  readonly start?: number;
  /** What the wall clock shows besides, ms: it may be set while the daemon runs. */
  readonly offset?: () => number;
}

export async function bench(options: BenchOptions): Promise<Bench> {
  const clock = virtualClock(options.start ?? Date.UTC(2026, 10, 22, 6));
  const { offset = () => 0 } = options;
  const wall = { ...clock, now: () => clock.now() + offset() };
  const api = scriptedController(world(options.first ?? { exposed: true }));
  const cli = scriptedCli((_, n) => (options.answer ?? mends)(n, api));
  const events: DaemonEvent[] = [];
  const daemon = await startDaemon({
    policy: {
      ...observeOnly,
      controllers: [access],
      defaults: { ...observeOnly.defaults, ...enforce, ...options.defaults },
      ...options.policy,
    },
    guides: options.guides ?? [toyGuide],
    knowledge,
    follow: () => api,
    prober: { probe: () => Promise.reject(new Error('nothing is probed here')) },
    store: memoryStore(options.memory),
    clock: wall,
    random: { next: () => 0.5 },
    log: silentLog,
    telemetry: silentTelemetry,
    toolVersion: '0.0.0',
    ...(options.mayEnforce === false ? {} : { enforce: () => cli }),
    ...(options.endLeftover === undefined ? {} : { endLeftover: options.endLeftover }),
    ...(options.rotation === undefined ? {} : { rotation: options.rotation }),
    onEvent: (event) => {
      events.push(event);
      if (options.tells === false) throw new Error('cannot be told');
    },
  });
  const way = (): readonly string[] =>
    events.flatMap((event) => (event.type === 'remediation' ? [moved(event.remediation)] : []));
  return { clock, api, cli, daemon, events, way };
}

export const access = { name: 'prod', addresses: [], observer: { user: 'observer', password: '' } };

function moved({ state, reason }: Remediation): string {
  return `${state}(${reason})`;
}

export function mends(_: number, api: ScriptedController): CliOutcome {
  api.show(world({ exposed: false }));
  return 'done';
}
