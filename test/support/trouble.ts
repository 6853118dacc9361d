/** Trouble on the way to two controllers, Juju 3.6 and 4.0: it begins, shows, is over, and a drift is put right. */
import { expect } from '@jest/globals';
import type { Pace } from '../../src/core/policy/policy.js';
import { systemClock } from '../../src/main/system.js';
import type { Faults, WorldOperations } from '../../src/simulator/index.js';
import { patience } from './patience.js';
import { enforced, rigUsers, startRig, toldOf, type Rig } from './rig.js';

const control = 'JUJU-MODEL-04';
const rules = [{ match: { control }, ...enforced }];
const controllers = (['3.6', '4.0'] as const).map((flavour) => ({
  name: `juju-${flavour[0] ?? ''}`,
  flavour,
  users: rigUsers,
  models: [
    {
      name: 'data',
      users: { observer: 'read', remediator: 'admin' } as const,
      config: { 'logging-config': '<root>=INFO' },
      applications: [{ name: 'ubuntu' }],
    },
  ],
}));
const names = controllers.map(({ name }) => name);
/** How long what does not answer is waited for, and how old facts may become. */
const quickly = { maxAge: 3, callDeadline: 2, attempts: 20 };

export type Act = (faults: Faults, world: WorldOperations) => unknown;

/** A count above zero of calls of `juju` that ended like this. */
export const cliCalls = (outcome: string): RegExp =>
  new RegExp(`holdfast_cli_calls_total\\{[^}]*outcome="${outcome}"[^}]*\\} [1-9]`);

export const trace: Act = (_, world) => {
  world.setModelConfig('data', { 'logging-config': '<root>=INFO;juju.rpc=TRACE' });
};

export class Trouble {
  readonly rig: Rig;
  /** Where changes are blocked at present. */
  readonly blocked = new Set<WorldOperations>();

  constructor(rig: Rig) {
    this.rig = rig;
  }

  /** A daemon that has read everything. */
  static async start(pace: Partial<Pace> = {}): Promise<Trouble> {
    const rig = await startRig({ estate: { controllers }, rules, pace: { ...quickly, ...pace } });
    const passes = (): boolean =>
      rig.daemon.report().findings.some((one) => one.control === control && one.outcome === 'pass');
    await rig.until('everything is read', () => rig.daemon.readiness().ready && passes());
    return new Trouble(rig);
  }

  async each(act: Act): Promise<void> {
    await Promise.all(
      names.map(async (name) => {
        const { faults, operations } = this.rig.simulator.controller(name);
        await act(faults, operations);
      }),
    );
  }

  async over(): Promise<void> {
    await this.each(async (faults, world) => {
      await faults.clear();
      if (this.blocked.delete(world)) world.enableCommands('data', 'all');
    });
  }

  /** Begins it, waits for its sign (a reason why the daemon is not ready, or a count above zero), and ends it. */
  async isOutlived(begin: Act, sign: RegExp): Promise<void> {
    const from = this.rig.events.length;
    await this.each(begin);
    await this.each(trace);
    await this.#untilShown(sign);
    await this.over();
    for (const told of await this.mended(from)) {
      expect(told.filter((word) => word === 'Succeeded')).toHaveLength(1);
      expect(told.filter((word) => word === 'drift')).toHaveLength(1);
    }
  }

  /** What was told on each controller since `from`, once the drift was put right on all of them. */
  async mended(from: number): Promise<readonly (readonly string[])[]> {
    const { daemon, events } = this.rig;
    const told = () => names.map((name) => toldOf(events.slice(from), name, control));
    const isMended = (): boolean => told().every((words) => words.includes('Succeeded'));
    await this.rig.until('the drift is put right', () => daemon.readiness().ready && isMended());
    return told();
  }

  async #untilShown(sign: RegExp): Promise<void> {
    const { daemon } = this.rig;
    const deadline = Date.now() + patience;
    while (!sign.test([...daemon.readiness().reasons, await this.rig.metrics()].join('\n'))) {
      if (Date.now() > deadline)
        throw new Error(`never shown: ${String(sign)}; reasons: ${daemon.readiness().reasons.join('; ')}`);
      await systemClock.sleep(50);
    }
  }
}
