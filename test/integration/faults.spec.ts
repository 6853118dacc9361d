import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/main/system.js';
import type { Faults, WorldOperations } from '../../src/simulator/index.js';
import { enforced, rigUsers, startRig, toldOf, type Rig } from '../support/rig.js';

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
const pace = { maxAge: 3, callDeadline: 2, cliDeadline: 3, attempts: 20 };

/** Where changes are blocked at present. */
const blocked = new Set<WorldOperations>();

type Act = (faults: Faults, world: WorldOperations) => unknown;

const cliCalls = (outcome: string): RegExp =>
  new RegExp(`holdfast_cli_calls_total\\{[^}]*outcome="${outcome}"[^}]*\\} [1-9]`);

/** What is done, and what then shows: a reason why the daemon is not ready, or a count above zero. */
const troubles: readonly [string, Act, RegExp][] = [
  [
    'the controller cannot be reached',
    (faults) => faults.unreachable(true),
    /controller juju-4 is not connected/,
  ],
  [
    'the controller takes connections and never answers',
    (faults) => {
      faults.silent(true);
    },
    /juju-4(:data)? (is not connected|has not been read lately)/,
  ],
  [
    'the status call hangs',
    (faults) => {
      faults.hang('Client.FullStatus', true);
    },
    /juju-4:data has not been read lately/,
  ],
  [
    'an upgrade lets nothing but status through',
    (faults) => {
      faults.upgrade('calls');
    },
    /juju-4:data: not all facts could be read: .*upgrade in progress/,
  ],
  [
    'every answer takes longer than we wait',
    (faults) => {
      faults.slow(3000);
    },
    /juju-4(:data)? (is not connected|has not been read lately)/,
  ],
  [
    'the change itself hangs',
    (faults) => {
      faults.hang('ModelConfig.ModelSet', true);
      faults.hang('ModelConfig.ModelUnset', true);
    },
    cliCalls('retry'),
  ],
  [
    'changes are blocked',
    (_, world) => {
      world.disableCommands('data', 'all', 'freeze');
      blocked.add(world);
    },
    cliCalls('blocked'),
  ],
  [
    'our identity is denied the change',
    (faults) => {
      faults.denied('ModelConfig.ModelSet', true);
      faults.denied('ModelConfig.ModelUnset', true);
    },
    cliCalls('denied'),
  ],
];

describe('trouble on the way', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await startRig({ estate: { controllers }, rules, pace });
    await rig.until(
      'everything is read',
      () =>
        rig.daemon.readiness().ready &&
        rig.daemon
          .report()
          .findings.some((finding) => finding.control === control && finding.outcome === 'pass'),
    );
  });
  afterAll(() => rig.close());
  afterEach(() => over());

  async function each(act: Act): Promise<void> {
    await Promise.all(
      names.map(async (name) => {
        const { faults, operations } = rig.simulator.controller(name);
        await act(faults, operations);
      }),
    );
  }

  async function over(): Promise<void> {
    await each(async (faults, world) => {
      await faults.clear();
      if (blocked.delete(world)) world.enableCommands('data', 'all');
    });
  }

  const trace: Act = (_, world) => {
    world.setModelConfig('data', { 'logging-config': '<root>=INFO;juju.rpc=TRACE' });
  };

  async function untilShown(sign: RegExp): Promise<void> {
    const deadline = Date.now() + 20_000;
    const text = async (): Promise<string> =>
      [...rig.daemon.readiness().reasons, await rig.metrics()].join('\n');
    while (!sign.test(await text())) {
      if (Date.now() > deadline)
        throw new Error(
          `never shown: ${String(sign)}; reasons: ${rig.daemon.readiness().reasons.join('; ')}`,
        );
      await systemClock.sleep(50);
    }
  }

  /** What was told on each controller since `from`, once the drift was put right on all of them. */
  async function mended(from: number): Promise<readonly (readonly string[])[]> {
    const told = () => names.map((name) => toldOf(rig.events.slice(from), name, control));
    await rig.until(
      'the drift is put right',
      () => rig.daemon.readiness().ready && told().every((words) => words.includes('Succeeded')),
      60_000,
    );
    return told();
  }

  it.each(troubles)(
    '%s: it shows, and the drift is put right once it is over',
    async (_, begin, sign) => {
      const from = rig.events.length;
      await each(begin);
      await each(trace);
      await untilShown(sign);
      await over();
      for (const told of await mended(from)) {
        expect(told.filter((word) => word === 'Succeeded')).toHaveLength(1);
        expect(told.filter((word) => word === 'drift')).toHaveLength(1);
      }
    },
    90_000,
  );

  it('dropped sockets cost a reconnect, and no change is made twice', async () => {
    const from = rig.events.length;
    for (let drop = 0; drop < 5; drop += 1)
      await each((faults) => {
        faults.dropSockets();
      });
    await each(trace);
    await each((faults) => {
      faults.dropSockets();
    });
    for (const told of await mended(from)) expect(told.filter((word) => word === 'Running')).toHaveLength(1);
    expect(await rig.metrics()).toMatch(/holdfast_juju_api_reconnects_total\{[^}]*\} [1-9]/);
  }, 90_000);
});
