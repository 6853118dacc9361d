/** Units of the daemon that share an estate and a journal, on virtual time, with an eye on what they must never do. */
import { startDaemon, type Daemon } from '../../../src/controller/daemon.js';
import { observeOnly, defaultPace, type Policy } from '../../../src/core/policy/policy.js';
import type { SharedStore, Store } from '../../../src/core/ports/index.js';
import type { SharingPorts } from '../../../src/core/ports/sharing.js';
import { partName, partOf } from '../../../src/core/sharing/parts.js';
import { newMemory, sharedMemory } from '../../../src/store/memory.js';
import { access } from '../../support/daemon-bench.js';
import { knowledge } from '../../support/judge.js';
import { wideLimits } from '../../support/rig.js';
import { silentLog, silentTelemetry } from '../../support/silent.js';
import { toyGuide } from '../../support/toy-guide.js';
import { chance, type Chance } from '../chance.js';
import { Kernel } from '../kernel.js';
import { SharedEstate, cliDeadline, pollEvery } from './estate.js';
import { Host } from './host.js';
import { LeaseRoom } from './lease-room.js';

export interface FleetOptions {
  readonly seed: number;
  readonly units: number;
  readonly models: number;
  readonly parts: number;
  readonly policy?: Partial<Policy>;
}

export interface Unit {
  readonly host: Host;
  daemon: Daemon | undefined;
}

export const start = Date.UTC(2026, 10, 22, 6);

export class Fleet {
  readonly kernel = new Kernel(start);
  readonly chance: Chance;
  readonly estate: SharedEstate;
  readonly room = new LeaseRoom();
  readonly memory = newMemory();
  readonly units = new Map<string, Unit>();
  readonly violations: string[] = [];
  readonly options: FleetOptions;
  readonly journal = sharedMemory(this.memory);
  /** Who took the journal's side of each part last. */
  readonly #takers = new Map<string, Host>();
  #lives = 0;
  /** What each unit's newest process calls itself. */
  readonly #given = new Map<string, string>();

  constructor(options: FleetOptions) {
    this.options = options;
    this.chance = chance(options.seed);
    this.estate = new SharedEstate(this.kernel, options.models);
    this.estate.onSpawn = ({ unit: host, model, beside, wasExposed }) => {
      const part = this.partOf(model);
      if (this.#takers.get(part) !== host)
        this.#broken(`${host.name} begins a step in part ${part}, which it lost`);
      if (beside) this.#broken(`${host.name} begins a step in ${model} beside another`);
      if (!wasExposed) this.#broken(`${host.name} does in ${model} what was done already`);
    };
  }

  /** All units, until each has its share. */
  async begin(): Promise<void> {
    for (let n = 0; n < this.options.units; n += 1) await this.startUnit(`u-${n}`, 0);
    await this.pass(30_000);
  }

  /** `skew` in ms; `parts`: into how many this unit cuts the estate. */
  startUnit(
    name: string,
    skew = this.chance.between(-3_600_000, 3_600_000),
    parts = this.options.parts,
  ): Promise<void> {
    this.#lives += 1;
    const host = new Host(name, this.kernel, skew);
    const own = this.chance.fork(`life ${this.#lives}`);
    const instances = this.#instances(name, own);
    const unit: Unit = { host, daemon: undefined };
    this.units.set(name, unit);
    const started = startDaemon({
      policy: this.#policy(),
      guides: [toyGuide],
      knowledge,
      follow: (_, __, attend) => this.estate.api(host, attend ?? (() => 'own')),
      prober: { probe: () => Promise.reject(new Error('nothing is probed here')) },
      store: this.#shared(host, own),
      sharing: {
        unit: name,
        parts,
        store: this.#shared(host, own),
        ports: {
          leases: this.room.for(host, own.fork('leases')),
          monotonic: () => this.kernel.now() - start,
          ...instances,
        },
      },
      clock: host.clock,
      random: own,
      log: silentLog,
      telemetry: silentTelemetry,
      toolVersion: '0.0.0',
      endLeftover: (pid) => {
        this.estate.kill(pid);
        return Promise.resolve();
      },
      enforce: () => this.estate.cli(host, own.fork('cli')),
    });
    void started.then((daemon) => {
      unit.daemon = daemon;
    });
    return Promise.resolve();
  }

  unit(name: string): Unit {
    const unit = this.units.get(name);
    if (unit === undefined) throw new Error(`there is no ${name}`);
    return unit;
  }

  /** The parts that a unit works on. */
  held(name: string): readonly string[] {
    const { daemon, host } = this.unit(name);
    return host.isOver ? [] : (daemon?.sharing?.().held ?? []);
  }

  /** Unit by part. */
  holders(): ReadonlyMap<string, string> {
    const all = new Map<string, string>();
    for (const name of this.units.keys()) for (const part of this.held(name)) all.set(part, name);
    return all;
  }

  kill(name: string): void {
    this.unit(name).host.end();
  }

  drift(model: string): void {
    this.estate.exposed.set(model, true);
  }

  partOf(model: string): string {
    return partName(
      partOf({ controller: 'prod', model: { owner: 'admin', name: model } }, this.options.parts),
    );
  }

  async pass(ms: number): Promise<void> {
    await this.kernel.runUntil(this.kernel.now() + ms, () => true);
  }

  /** Milliseconds until it holds, looked at every tenth of a second; Infinity when it does not within `most`. */
  async until(holds: () => boolean, most: number): Promise<number> {
    const began = this.kernel.now();
    while (!holds()) {
      if (this.kernel.now() - began >= most) return Infinity;
      await this.pass(100);
    }
    return this.kernel.now() - began;
  }

  open(): readonly string[] {
    return [...this.estate.exposed].flatMap(([name, exposed]) => (exposed ? [name] : []));
  }

  /** Everybody ends, so that nothing of a test goes on after it. */
  end(): void {
    for (const { host } of this.units.values()) host.end();
  }

  #shared(host: Host, own: Chance): SharedStore {
    const ms = (): number => own.between(1, 15);
    const far = <T>(deed: () => Promise<T>): Promise<T> => host.call('journal', ms(), deed);
    const journal = this.journal;
    const reads = {
      remediations: (ended: number) => far(() => journal.remediations(ended)),
      steps: (id: string) => far(() => journal.steps(id)),
      plan: (hash: string) => far(() => journal.plan(hash)),
      plans: (prefix: string) => far(() => journal.plans(prefix)),
      orders: () => far(() => journal.orders()),
      marks: (since: string) => far(() => journal.marks(since)),
      rotations: () => far(() => journal.rotations()),
      outbox: () => far(() => journal.outbox()),
      told: () => far(() => journal.told()),
      auditLog: (query: Parameters<SharedStore['auditLog']>[0]) => far(() => journal.auditLog(query)),
      verifyChain: () => far(() => journal.verifyChain()),
      health: () => journal.health(),
      close: () => Promise.resolve(),
    };
    const take = (part: string): Promise<Store> =>
      far(async () => {
        const store = await journal.take(part);
        this.#takers.set(part, host);
        return { ...store, ...reads, write: (...writes) => far(() => store.write(...writes)) };
      });
    return { ...reads, take, write: (...writes) => far(() => journal.write(...writes)) };
  }

  /** As a state directory keeps them: of a process that still runs nobody else knows. */
  #instances(name: string, own: Chance): Pick<SharingPorts, 'newInstance' | 'before'> {
    const before = this.units.get(name)?.host.isOver === false ? undefined : this.#given.get(name);
    const life = this.#lives;
    const newInstance = (): string => {
      const made = `${life}-${own.whole(0, 1e9)}`;
      this.#given.set(name, made);
      return made;
    };
    return before === undefined ? { newInstance } : { newInstance, before };
  }

  #policy(): Policy {
    return {
      ...observeOnly,
      controllers: [access],
      defaults: { ...observeOnly.defaults, mode: 'enforce', disruptive: 'allow' },
      limits: [wideLimits],
      pace: {
        ...defaultPace,
        poll: pollEvery / 1000,
        quiet: 1,
        cliDeadline: cliDeadline / 1000,
        verifyDeadline: 60,
      },
      ...this.options.policy,
    };
  }

  #broken(what: string): void {
    this.violations.push(`${(this.kernel.now() - start) / 1000} s: ${what}`);
  }
}
