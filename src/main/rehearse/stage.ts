/** A simulated copy of an estate with the daemon on it, on virtual time. */
import { startDaemon, type Daemon } from '../../controller/daemon.js';
import type { Guide } from '../../core/control.js';
import { newDict } from '../../core/dict.js';
import type { Knowledge } from '../../core/knowledge.js';
import type { ControllerAccess, Policy } from '../../core/policy/policy.js';
import type { CharmhubListings, JujuApi, Store } from '../../core/ports/index.js';
import type { ControllerState, Snapshot } from '../../core/snapshot.js';
import { instant } from '../../core/time.js';
import { Ports } from '../../simulator/in-process/unit-ports.js';
import { seededRandom } from '../../simulator/random.js';
import { Witness } from '../../simulator/rehearse/witness.js';
import { virtualClock, type VirtualClock } from '../../simulator/virtual-clock.js';
import { buildWorld } from '../../simulator/world/build.js';
import type { EstateSpec } from '../../simulator/world/spec.js';
import { memoryStore } from '../../store/memory.js';
import { rehearsedApi } from './api.js';
import { rehearsedCli } from './cli.js';
import { Courses } from './courses.js';
import { accessTo, rehearsalPolicy } from './policy.js';
import { silentLog, silentTelemetry } from './silent.js';

export interface StageOptions {
  readonly estate: EstateSpec;
  readonly policy: Policy;
  /** The original. */
  readonly snapshot: Snapshot;
  readonly guides: readonly Guide[];
  readonly knowledge: Knowledge;
  /** Ids of the findings that may be put right. */
  readonly only: ReadonlySet<string>;
  /** When the rehearsal begins, ms. */
  readonly start: number;
  readonly toolVersion: string;
}

export interface Stage {
  readonly daemon: Daemon;
  readonly clock: VirtualClock;
  readonly witness: Witness;
  readonly store: Store;
  readonly enforcing: Policy;
  readonly courses: Courses;
  /** Hashes of the plans that were approved. */
  readonly approved: Set<string>;
  readonly snapshot: () => Snapshot;
}

/** Builds the copy and starts a daemon on it that only looks. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const clock = virtualClock(options.start);
  const now = (): number => clock.now();
  const ports = new Ports(now);
  const witness = new Witness(ports, now);
  const world = buildWorld({ estate: options.estate, seed: 1, clock, ports: witness });
  witness.watch(world);
  const access = accessTo(world, options.policy, options.snapshot);
  const apis = new Map<string, JujuApi>();
  const courses = new Courses();
  const store = memoryStore();
  const daemon = await startDaemon({
    ...{ guides: options.guides, knowledge: options.knowledge, toolVersion: options.toolVersion },
    ...{ store, clock, only: options.only, log: silentLog, telemetry: silentTelemetry },
    policy: rehearsalPolicy(options.policy, access, 'observe'),
    charmhub: asSaid(options.snapshot.charmhub),
    random: seededRandom(2),
    prober: { probe: (target) => Promise.resolve(ports.answer(target)) },
    follow: (own, policy) => {
      const api = rehearsedApi({ world, clock, random: seededRandom(3) }, own, policy);
      apis.set(own.name, api);
      return api;
    },
    enforce: (controller) =>
      rehearsedCli({ world, controller, clock, user: remediatorOf(access, controller) }),
    onEvent: (event) => {
      if (event.type === 'remediation') courses.note(event.remediation, now());
    },
  });
  const enforcing = rehearsalPolicy(options.policy, access, 'enforce');
  const { charmhub } = options.snapshot;
  const snapshot = (): Snapshot => ({
    ...snapshotOf(apis, now()),
    ...(charmhub === undefined ? {} : { charmhub }),
  });
  return { daemon, clock, witness, store, enforcing, courses, approved: new Set(), snapshot };
}

function remediatorOf(access: readonly ControllerAccess[], controller: string): string {
  return access.find(({ name }) => name === controller)?.remediator?.user ?? 'admin';
}

/** What Charmhub said of the original holds for the copy. */
function asSaid(listings: Snapshot['charmhub']): CharmhubListings {
  return {
    adopt: () => undefined,
    listed: () => listings,
    onNews: () => undefined,
    stop: () => Promise.resolve(),
  };
}

function snapshotOf(apis: ReadonlyMap<string, JujuApi>, now: number): Snapshot {
  const controllers = newDict<ControllerState>();
  for (const api of apis.values()) controllers[api.controller] = api.current();
  return { kind: 'Snapshot', version: 'v1', takenAt: instant(now), controllers };
}
