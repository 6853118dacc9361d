/** One simulated run: an estate, a daemon on it, days of trouble in virtual time, and then peace. */
import { startDaemon, type Daemon, type DaemonEvent } from '../../src/controller/daemon.js';
import type { Guide } from '../../src/core/control.js';
import type { Knowledge } from '../../src/core/knowledge.js';
import type { Policy } from '../../src/core/policy/policy.js';
import type { Log } from '../../src/core/ports/index.js';
import { buildWorld } from '../../src/simulator/world/build.js';
import type { World } from '../../src/simulator/world/state.js';
import { memoryJournal, memoryStore, newMemory } from '../../src/store/memory.js';
import { silentTelemetry } from '../support/silent.js';
import { chance, type Chance } from './chance.js';
import { anEstate } from './estates.js';
import { incidentsOf, type Incident } from './incidents.js';
import { Disk } from './journal.js';
import { Kernel } from './kernel.js';
import { Life, type Host } from './machine.js';
import { Oracle } from './oracle/oracle.js';
import type { Violation } from './oracle/watch.js';
import { aPolicy, policyText } from './policies.js';
import { simulatedApi } from './ports/api.js';
import { Processes } from './ports/processes.js';
import { Ports, simulatedProber } from './ports/unit-ports.js';
import { Stage } from './stage.js';
import { Trace } from './trace.js';
import { Trouble } from './trouble.js';

export interface RunOptions {
  readonly seed: number;
  readonly guides: readonly Guide[];
  readonly knowledge: Knowledge;
  /** Of the seed's incidents only these, by their ids; all when absent. */
  readonly keep?: ReadonlySet<number>;
  /** Rules whose breaks are not looked at. */
  readonly ignore?: ReadonlySet<string>;
}

export interface Outcome {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly incidents: readonly Incident[];
  readonly simulatedMs: number;
  /** By kind. */
  readonly faults: ReadonlyMap<string, number>;
  /** By the state that they ended in. */
  readonly remediations: ReadonlyMap<string, number>;
  readonly changes: number;
  readonly crashes: number;
  readonly trace: readonly string[];
  /** The same for the same seed and program. */
  readonly digest: string;
}

const start = Date.UTC(2026, 10, 22, 6);
const minute = 60_000;
/** Everything has to be at rest so long after the trouble at the latest, ms. */
const patience = 16 * 60 * minute;

export class Simulation {
  readonly kernel = new Kernel(start);
  readonly host: Host = { kernel: this.kernel, skew: 0 };
  readonly chance: Chance;
  readonly world: World;
  readonly ports = new Ports(() => this.kernel.now());
  readonly trouble = new Trouble(() => this.kernel.now());
  readonly trace = new Trace(this.kernel);
  readonly oracle: Oracle;
  readonly processes: Processes;
  readonly disk: Disk;
  readonly memory = newMemory();
  readonly journal = memoryJournal(this.memory);
  readonly options: RunOptions;
  readonly incidents: readonly Incident[];
  readonly hours: number;
  policy: Policy;
  daemon: Daemon | undefined;
  life: Life | undefined;
  events: DaemonEvent[] = [];
  crashes = 0;
  /** Milliseconds that the next write takes at most. */
  slowness = 0;

  constructor(options: RunOptions) {
    this.options = options;
    const own = chance(options.seed);
    this.chance = own;
    const estate = anEstate(own.fork('estate'));
    this.world = buildWorld({ estate, seed: options.seed, clock: this.kernel, ports: this.ports });
    const controllers = [...this.world.controllers.keys()];
    this.policy = aPolicy(own.fork('policy'), controllers, start);
    this.hours = own.fork('hours').between(1, 5);
    const all = incidentsOf(own.fork('incidents'), controllers, this.hours);
    this.incidents = all.filter(({ id }) => options.keep?.has(id) !== false);
    this.oracle = new Oracle(this);
    this.processes = this.#makeProcesses();
    this.disk = this.#makeDisk();
  }

  async run(): Promise<Outcome> {
    this.trace.add(`policy ${policyText(this.policy)}`);
    await this.begin();
    const stage = new Stage(this);
    stage.schedule(this.incidents);
    this.oracle.sampleEvery(20 * minute);
    await this.#until(start + this.hours * 60 * minute);
    await stage.calm();
    await this.#settle();
    return this.#outcome();
  }

  /** Starts a daemon on the journal of the one before. */
  async begin(): Promise<void> {
    const life = new Life(this.host);
    this.life = life;
    this.events = [];
    this.oracle.newLife();
    try {
      const daemon = await startDaemon({
        ...this.options,
        ...{ clock: life.clock, policy: this.policy, toolVersion: '0.0.0' },
        store: await this.disk.openFor(life),
        random: this.chance.fork(`daemon ${this.crashes}`),
        log: this.#log(),
        telemetry: silentTelemetry,
        prober: simulatedProber(this.ports, life, () =>
          this.trouble.ofProbe(this.policy.controllers[0]?.name ?? ''),
        ),
        follow: (access, policy) => this.#follow(life, access, policy),
        enforce: (controller) => this.processes.cli(controller, life, this.policy.pace.cliDeadline * 1000),
        endLeftover: (pid, argv) => this.#endLeftover(pid, argv),
        onEvent: (event) => {
          if (!life.isOver) this.#told(event);
        },
      });
      if (!life.isOver) this.daemon = daemon;
    } catch (error) {
      this.trace.add(`the daemon did not start: ${error instanceof Error ? error.message : String(error)}`);
      life.end();
      if (this.disk.full === undefined)
        this.oracle.broken(8, 'no start', `the daemon did not start: ${String(error)}`);
      this.beginLater(minute);
    }
  }

  /** Ends the daemon's process here and now. */
  end(life: Life | undefined, down: number): void {
    if (life === undefined || life.isOver) return;
    life.end();
    this.daemon = undefined;
    this.crashes += 1;
    this.oracle.lifeEnded();
    this.beginLater(down);
  }

  beginLater(ms: number): void {
    this.kernel.after(ms, () => void this.begin());
  }

  async #until(end: number): Promise<void> {
    await this.kernel.runUntil(end, () => this.oracle.step());
  }

  /** Until all is at rest, or the patience is at its end. */
  async #settle(): Promise<void> {
    const end = this.kernel.now() + patience;
    const chunk = 20 * minute;
    for (let next = this.kernel.now() + chunk; next <= end; next += chunk) {
      await this.#until(next);
      if (this.oracle.hasBroken || (await this.oracle.isAtRest())) break;
    }
    if (!this.oracle.hasBroken) await this.oracle.final();
    this.life?.end();
  }

  #follow(life: Life, access: Policy['controllers'][number], policy: Policy) {
    const controller = this.world.controllers.get(access.name);
    if (controller === undefined) throw new Error(`the simulation has no controller ${access.name}`);
    return simulatedApi(
      {
        ...{
          controller,
          life,
          random: this.chance.fork(`api ${access.name} ${this.crashes}`),
          log: this.#log(),
        },
        fault: (call, place) => {
          const fault = this.trouble.ofCall(place.controller, call);
          this.oracle.called(place, fault);
          return fault;
        },
        answered: (call, place, begun) => {
          if (!life.isOver) this.oracle.answered(call, place, begun - this.host.skew);
        },
      },
      access,
      policy,
    );
  }

  #log(): Log {
    const write = (level: string) => (fields: object, message: string) => {
      const text = `${message} ${JSON.stringify(fields)}`;
      this.oracle.text('a log', text);
      if (level === 'error') this.trace.add(`log ${level}: ${text}`);
    };
    const log: Log = {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      child: () => log,
    };
    return log;
  }

  #told(event: DaemonEvent): void {
    this.events.push(event);
    if (event.type === 'remediation') {
      const { id, state, reason, message } = event.remediation;
      this.trace.add(`remediation ${id} ${state}(${reason}) ${message}`);
    } else {
      this.trace.add(`${event.type} ${event.finding.control.id} ${JSON.stringify(event.finding.target)}`);
    }
  }

  #endLeftover(pid: number, argv: readonly string[]): Promise<void> {
    const own = this.processes.running().find((process) => process.pid === pid);
    if (own !== undefined && JSON.stringify(['juju', ...own.argv]) === JSON.stringify(argv)) {
      this.trace.add(`left-over process ${pid} is ended`);
      this.processes.kill(pid);
    }
    return Promise.resolve();
  }

  #makeProcesses(): Processes {
    return new Processes({
      kernel: this.kernel,
      world: this.world,
      chance: this.chance.fork('processes'),
      user: 'remediator',
      fault: (controller, argv) => {
        const fault = this.trouble.ofProcess(controller);
        if (fault.kind !== 'none') this.trace.add(`cli fault ${JSON.stringify(fault)} for ${argv.join(' ')}`);
        return fault;
      },
      spawned: (process) => {
        this.trace.add(`spawn ${process.pid} juju ${process.argv.join(' ')}`);
        this.oracle.spawned(process);
      },
      ended: (process, result) => {
        this.trace.add(`ended ${process.pid} ${result?.outcome ?? 'killed'}`);
        this.oracle.ended(process, result);
      },
      upset: (process, ms) => {
        this.oracle.upset(process, ms);
      },
    });
  }

  #makeDisk(): Disk {
    const own = this.chance.fork('disk');
    return new Disk({
      open: () => Promise.resolve(memoryStore(this.memory)),
      applied: (applied) => {
        this.oracle.applied(applied.writes);
      },
      crash: (life) => {
        this.trouble.count('crash at a write');
        this.trace.add('the process ends at a write');
        this.end(life, own.between(1000, 5 * minute));
      },
      delay: () => (this.slowness > 0 ? own.between(0, this.slowness) : 0),
    });
  }

  #outcome(): Outcome {
    const remediations = new Map<string, number>();
    for (const { state } of this.oracle.shadow.remediations.values())
      remediations.set(state, (remediations.get(state) ?? 0) + 1);
    return {
      seed: this.options.seed,
      violations: this.oracle.violations,
      incidents: this.incidents,
      simulatedMs: this.kernel.now() - start,
      faults: this.trouble.injected,
      remediations,
      changes: this.oracle.changes,
      crashes: this.crashes,
      trace: this.trace.lines,
      digest: this.trace.digest(),
    };
  }
}

/** The run of one seed, from its beginning to its end. */
export function simulate(options: RunOptions): Promise<Outcome> {
  return new Simulation(options).run();
}
