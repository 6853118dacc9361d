/**
 * A simulated estate with the daemon on it, on virtual time and in one process: its plans are approved and carried out
 * by the real executor under all rails, through the simulated controller's API and `juju`.
 */
import { startDaemon, type Daemon, type DaemonOptions } from '../../../src/controller/daemon.js';
import type { ReportFinding } from '../../../src/core/report/types.js';
import {
  defaultPace,
  observeOnly,
  type ControllerAccess,
  type Policy,
} from '../../../src/core/policy/policy.js';
import { workloadDefaults } from '../../../src/core/policy/workload.js';
import type { Plan } from '../../../src/core/plan.js';
import type { JujuCli, Remediation } from '../../../src/core/ports/index.js';
import { instant } from '../../../src/core/time.js';
import { guides } from '../../../src/guides/index.js';
import { rehearsedApi } from '../../../src/main/rehearse/api.js';
import { Ports } from '../../../src/simulator/in-process/unit-ports.js';
import { seededRandom } from '../../../src/simulator/random.js';
import { virtualClock, type VirtualClock } from '../../../src/simulator/virtual-clock.js';
import { buildWorld } from '../../../src/simulator/world/build.js';
import type { EstateSpec } from '../../../src/simulator/world/spec.js';
import type { SimController, World } from '../../../src/simulator/world/state.js';
import { memoryStore, newMemory, type Memory } from '../../../src/store/memory.js';
import { insight } from '../../../src/workload/collect/collect-application.js';
import { jujuReader } from '../../../src/workload/collect/juju-reader.js';
import { notPermitted } from '../../../src/workload/collect/permitted.js';
import { printedBy } from '../../../src/workload/collect/simulated-unit.js';
import { knowledge } from '../judge.js';
import { wideLimits } from '../rig.js';
import { silentLog, silentTelemetry } from '../silent.js';
import { simulatedJuju } from './juju.js';
import { memoryRotation, type MemoryRotation } from './rotation.js';
import { worldText } from './world-text.js';

export interface StageOptions {
  /** Every controller needs the users observer, auditor, remediator and prober. */
  readonly estate: EstateSpec;
  /** Whose findings are put right, and nothing else. */
  readonly control: string;
  readonly policy?: Partial<Policy>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly followCluster?: DaemonOptions['followCluster'];
}

/** What one daemon saw and did from its start until nothing moved any more. */
export interface Round {
  /** What it said of the control at first, and in the end. */
  readonly before: readonly ReportFinding[];
  readonly after: readonly ReportFinding[];
  readonly plans: readonly Plan[];
  /** Of each change how it ended, in the order of their beginning. */
  readonly remediations: readonly Remediation[];
  /** The whole world in the end. */
  readonly text: string;
}

const second = 1000;
const minute = 60 * second;
/** Charms are through with their first hooks by then. */
const settling = 30 * minute;
/** Everything was read, probed and looked into by then. */
const lookAround = 3 * minute;
/** Longer than the longest pause between two attempts, and than a change has to come true. */
const quiet = 12 * minute;
const longest = 4 * 60 * minute;

const moving: ReadonlySet<string> = new Set([
  'Proposed',
  'WaitingApproval',
  'WaitingDependency',
  'Running',
  'Verifying',
]);

export class RemedyStage {
  readonly world: World;
  readonly clock: VirtualClock;
  readonly #options: StageOptions;
  readonly #ports: Ports;
  #memory: Memory = newMemory();
  readonly #rotation: MemoryRotation;

  constructor(options: StageOptions) {
    this.#options = options;
    this.clock = virtualClock();
    this.#ports = new Ports(() => this.clock.now());
    this.world = buildWorld({
      ...{ estate: options.estate, seed: 1, clock: this.clock, ports: this.#ports, shell: printedBy },
    });
    this.#rotation = memoryRotation(this.world);
  }

  /** Lets the charms come to rest. */
  settled(): Promise<void> {
    return this.clock.advance(settling);
  }

  /** The next daemon remembers nothing, unless changes of passwords are known by nothing else. */
  forget(): void {
    if (this.#options.policy?.rotation === undefined) this.#memory = newMemory();
  }

  /** Starts a daemon, approves what it plans until nothing moves any more, and stops it. */
  async round(): Promise<Round> {
    const { clock } = this;
    const remediations = new Map<string, Remediation>();
    let movedAt = clock.now();
    const store = memoryStore(this.#memory);
    const daemon = await this.#daemon(store, (remediation) => {
      remediations.set(remediation.id, remediation);
      movedAt = clock.now();
    });
    await clock.advance(lookAround);
    const before = this.#findings(daemon);
    movedAt = clock.now();
    const plans = new Map<string, Plan>();
    const end = clock.now() + longest;
    const isOver = (): boolean =>
      clock.now() - movedAt > (isMoving(remediations) ? quiet : minute) || clock.now() > end;
    while (!isOver()) {
      for (const plan of daemon.plans()) {
        if (plans.has(plan.hash)) continue;
        plans.set(plan.hash, plan);
        await store.write({ type: 'plan', plan }, { type: 'approval', approval: this.#approval(plan) });
      }
      await clock.advance(second);
    }
    const after = this.#findings(daemon);
    await this.#stopped(daemon);
    const done = [...remediations.values()];
    return { before, after, plans: [...plans.values()], remediations: done, text: worldText(this.world) };
  }

  #findings(daemon: Daemon): readonly ReportFinding[] {
    return daemon.report().findings.filter(({ control }) => control === this.#options.control);
  }

  #approval({ hash }: Plan) {
    const at = instant(this.clock.now());
    const expiresAt = instant(this.clock.now() + longest);
    return {
      id: `a-${hash.slice(0, 12)}`,
      planHash: hash,
      decision: 'approve',
      by: 'ann',
      at,
      expiresAt,
    } as const;
  }

  #daemon(store: DaemonOptions['store'], told: (remediation: Remediation) => void): Promise<Daemon> {
    const { world, clock } = this;
    const { followCluster } = this.#options;
    return startDaemon({
      ...{ guides, knowledge, store, clock, policy: this.#policy(), toolVersion: '0.0.0', askAlways: true },
      ...{ random: seededRandom(2), log: silentLog, telemetry: silentTelemetry, rotation: this.#rotation },
      ...(followCluster === undefined ? {} : { followCluster }),
      prober: { probe: (target) => Promise.resolve(this.#ports.answer(target)) },
      follow: (own, policy) => rehearsedApi({ world, clock, random: seededRandom(3) }, own, policy),
      enforce: (controller) => this.#juju(controller, 'remediator'),
      inside: {
        insight,
        readerFor: (controller) => jujuReader(this.#juju(controller, 'prober', notPermitted)),
      },
      onEvent: (event) => {
        if (event.type === 'remediation') told(event.remediation);
      },
    });
  }

  #juju(controller: string, user: string, refuses?: typeof notPermitted): JujuCli {
    const { files } = this.#rotation;
    const about = { world: this.world, clock: this.clock, controller, user, files };
    return simulatedJuju(refuses === undefined ? about : { ...about, refuses });
  }

  #policy(): Policy {
    const { control, params, policy } = this.#options;
    return {
      ...observeOnly,
      controllers: [...this.world.controllers.values()].map(accessTo),
      limits: [wideLimits],
      workload: [{ match: {}, ...workloadDefaults, every: 30, atOnce: 4, perMinute: 600 }],
      pace: { ...defaultPace, poll: 10, pollIdle: 10, slowFacts: 30, probe: 30, verifyLook: 5 },
      ...policy,
      rules: [
        ...(policy?.rules ?? []),
        { match: { control }, mode: 'enforce', disruptive: 'allow', ...(params && { params }) },
      ],
    };
  }

  /** Stopping waits for what is under way, which takes its time on the virtual clock. */
  async #stopped(daemon: Daemon): Promise<void> {
    const state = { isOver: false };
    const stopping = daemon.stop().then(() => {
      state.isOver = true;
    });
    for (let waited = 0; !state.isOver && waited < 600; waited += 1) await this.clock.advance(second);
    await stopping;
  }
}

function isMoving(remediations: ReadonlyMap<string, Remediation>): boolean {
  return [...remediations.values()].some(({ state }) => moving.has(state));
}

function accessTo({ name, users }: SimController): ControllerAccess {
  const identity = (user: string) => ({ user, password: users.get(user)?.password ?? '' });
  return {
    name,
    addresses: [],
    observer: identity('observer'),
    auditor: identity('auditor'),
    prober: identity('prober'),
    remediator: identity('remediator'),
  };
}
