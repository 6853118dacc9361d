/**
 * A refresh from its first step to its last, with nothing in between that remembers: the model is read through `juju`,
 * the controls say what comes next, `juju` does it, and so on until nothing is left to be done.
 */
import { describe, expect, it, test } from '@jest/globals';
import { argvOf, commandLine } from '../../src/core/action/argv.js';
import type { Action, Remedy } from '../../src/core/action/action.js';
import { unmet } from '../../src/core/action/precondition.js';
import type { Control } from '../../src/core/control.js';
import type { Finding } from '../../src/core/finding.js';
import type { CliResult, JujuCli } from '../../src/core/ports/index.js';
import { stepSeen } from '../../src/core/refresh/step-done.js';
import { share } from '../../src/core/share.js';
import type { ModelState, Snapshot } from '../../src/core/snapshot.js';
import { instant } from '../../src/core/time.js';
import { charmedEtcd } from '../../src/guides/charmed-etcd/index.js';
import { charmedKafkaK8s } from '../../src/guides/charmed-kafka-k8s/index.js';
import { charmedPostgresqlK8s } from '../../src/guides/charmed-postgresql-k8s/index.js';
import { currentCharm } from '../../src/guides/juju/app-charm.js';
import { refusal } from '../../src/juju/cli/check-argv.js';
import { classify } from '../../src/juju/cli/classify.js';
import { readWithCli } from '../../src/juju/status/read-with-cli.js';
import { faultsOf, type Faults } from '../../src/simulator/faults.js';
import { operationsOf, type WorldOperations } from '../../src/simulator/operations.js';
import type { ModelSpec } from '../../src/simulator/world/spec.js';
import { Rehearsal } from '../contract/replay.js';
import { judge } from '../support/judge.js';

const noSockets = { stop: () => Promise.resolve(), resume: () => Promise.resolve(), drop: () => undefined };

/** One model with the control plane around it, read and changed through `juju` alone. */
class Estate {
  readonly rehearsal: Rehearsal;
  readonly operations: WorldOperations;
  readonly faults: Faults;
  /** How the steps that were carried out ended. */
  readonly ends: string[] = [];
  #snapshot: Snapshot | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(model: Partial<ModelSpec> & Pick<ModelSpec, 'applications'>) {
    const estate = { controllers: [{ name: 'prod', models: [{ name: 'data', ...model }] }] };
    this.rehearsal = new Rehearsal(estate, { controller: 'prod', model: 'admin/data' });
    const controller = this.rehearsal.world.controllers.get('prod')!;
    this.operations = operationsOf(controller);
    this.faults = faultsOf(controller, noSockets);
  }

  get now(): number {
    return this.rehearsal.clock.now();
  }

  async read(): Promise<Snapshot> {
    const cli: JujuCli = { controller: 'prod', run: (argv) => this.#oneByOne(argv) };
    const { clock } = this.rehearsal;
    const next = await readWithCli({ cli, user: 'admin', clock, progress: () => undefined });
    this.#snapshot = share(this.#snapshot, next);
    return this.#snapshot;
  }

  async model(): Promise<ModelState> {
    return (await this.read()).controllers['prod']!.models['data']!;
  }

  async finding(name: string, control: Control = currentCharm): Promise<Finding> {
    const found = judge(control, await this.read(), { asOf: instant(this.now), params: { age: '1s' } });
    return found.find(({ target }) => target.application === name && target.model === 'data')!;
  }

  async act(action: Action): Promise<CliResult> {
    const argv = argvOf(action);
    expect(refusal(argv, { controller: 'prod', readOnly: false })).toBeUndefined();
    return this.#oneByOne(argv);
  }

  /** Does what the control asks for, for so long as it asks for something or says that the refresh goes on. */
  async carryOut(name: string): Promise<readonly string[]> {
    const done: string[] = [];
    for (let round = 0; round < 40; round += 1) {
      const { remedies, judgement } = await this.finding(name);
      const [remedy] = remedies;
      if (remedy === undefined && judgement.reason !== 'RefreshUnderway' && !(await this.#isBusy(name)))
        break;
      if (remedy !== undefined && (await this.#unmetOf(remedy.preconditions)).length === 0) {
        const begun = this.now;
        expect(await this.act(remedy.action)).toMatchObject({ outcome: 'done' });
        done.push(
          commandLine(argvOf(remedy.action))
            .replace(' -m prod:admin/data', '')
            .replace(/ --format.*/, ''),
        );
        this.ends.push(await this.#endOf(remedy, begun));
      }
      await this.rehearsal.clock.advance(10_000);
    }
    return done;
  }

  /** How a step is seen to end, as the daemon would look for it. */
  async #endOf({ action, preconditions }: Remedy, begun: number): Promise<string> {
    if (action.type !== 'run-action' && action.type !== 'refresh') return 'done';
    for (let look = 0; look < 60; look += 1) {
      await this.rehearsal.clock.advance(2000);
      const seen = stepSeen({ args: action, preconditions }, await this.model(), begun);
      if (seen !== 'open') return seen;
    }
    return 'open';
  }

  async #unmetOf(conditions: Finding['remedies'][number]['preconditions']): Promise<readonly string[]> {
    const controller = (await this.read()).controllers['prod']!;
    const place = { controller, model: controller.models['data']!, now: this.now };
    return conditions.flatMap((condition) => unmet(condition, place) ?? []);
  }

  async #isBusy(name: string): Promise<boolean> {
    const { units } = (await this.model()).applications[name]!;
    return 'value' in units && Object.values(units.value).some(({ agent }) => agent !== 'idle');
  }

  /** Virtual time passes while a call runs: one after the other. */
  #oneByOne(argv: readonly string[]): Promise<CliResult> {
    const next = this.#turn.then(async (): Promise<CliResult> => {
      const { exit, stdout, stderr, ms } = await this.rehearsal.run(['juju', ...argv]);
      const verdict = classify({ exitCode: exit, stdout, stderr, timedOut: false, argv });
      return { ...verdict, argv, exitCode: exit, timedOut: false, stdout, stderr, durationMs: ms };
    });
    this.#turn = next.catch(() => undefined);
    return next;
  }
}

/** Settled for a while, with a newer revision out for longer than allowed. */
async function behind(
  model: Partial<ModelSpec> & Pick<ModelSpec, 'applications'>,
  ...names: readonly string[]
): Promise<Estate> {
  const estate = new Estate(model);
  for (const name of names) estate.operations.publish('data', name, 200);
  await estate.read();
  await estate.rehearsal.clock.advance(20_000);
  return estate;
}

const one = (
  charm: string,
  channel: string,
  more: object = {},
): Partial<ModelSpec> & Pick<ModelSpec, 'applications'> => ({
  type: charm.endsWith('-k8s') ? 'caas' : 'iaas',
  applications: [{ name: 'app', charm, channel, units: 3, revision: 100, ...more }],
});

describe('a refresh through juju', () => {
  test.each<[string, readonly [charm: string, channel: string], object, readonly string[]]>([
    [
      'of etcd',
      ['charmed-etcd', '3.6/stable'],
      {},
      ['run app/0 pre-refresh-check', 'refresh app --revision 200', 'run app/1 resume-refresh'],
    ],
    [
      'of PostgreSQL 14 K8s',
      ['postgresql-k8s', '14/stable'],
      { trust: true },
      ['run app/0 pre-upgrade-check', 'refresh app --channel 14/stable --trust', 'run app/0 resume-upgrade'],
    ],
    [
      'of PostgreSQL 16 K8s',
      ['postgresql-k8s', '16/stable'],
      { trust: true },
      ['run app/0 pre-refresh-check', 'refresh app --channel 16/stable --trust', 'run app/0 resume-refresh'],
    ],
    [
      'of PostgreSQL 14 on machines',
      ['postgresql', '14/stable'],
      {},
      ['run app/0 pre-upgrade-check', 'refresh app --revision 200'],
    ],
    [
      'of ZooKeeper K8s',
      ['zookeeper-k8s', '3/stable'],
      {},
      ['run app/0 pre-upgrade-check', 'refresh app --channel 3/stable --trust', 'run app/0 resume-upgrade'],
    ],
    [
      'of ZooKeeper on machines',
      ['zookeeper', '3/stable'],
      {},
      ['run app/0 pre-upgrade-check', 'refresh app --revision 200'],
    ],
    [
      'of Kafka 4 K8s that would not stop by itself',
      ['kafka-k8s', '4/stable'],
      { config: { roles: 'broker,controller', 'pause-after-unit-refresh': 'none' } },
      [
        'run app/0 pre-refresh-check',
        'config app pause-after-unit-refresh=first',
        'refresh app --channel 4/stable --trust',
        'run app/0 resume-refresh',
      ],
    ],
    [
      'of etcd with one unit',
      ['charmed-etcd', '3.6/stable'],
      { units: 1 },
      ['run app/0 pre-refresh-check', 'refresh app --revision 200'],
    ],
  ])('%s', async (_, [charm, channel], more, steps) => {
    const estate = await behind(one(charm, channel, more), 'app');
    expect(await estate.carryOut('app')).toEqual(steps.map((step) => `juju ${step}`));
    expect(estate.ends).toEqual(steps.map(() => 'done'));
    const { charm: now, units } = (await estate.model()).applications['app']!;
    expect([now, units]).toMatchObject([{ value: { revision: 200, channel } }, {}]);
    expect((await estate.finding('app')).judgement).toMatchObject({
      outcome: 'unknown',
      reason: 'NothingOffered',
    });
  });

  it('of PgBouncer, whose backend waits for its own time', async () => {
    const estate = await behind(
      {
        type: 'caas',
        applications: [
          { name: 'pg', charm: 'postgresql-k8s', channel: '14/stable', trust: true },
          { name: 'app', charm: 'pgbouncer-k8s', channel: '1/stable', units: 2, revision: 100, trust: true },
        ],
        relations: [['app:backend-database', 'pg:database']],
      },
      'app',
    );
    expect(await estate.carryOut('app')).toEqual([
      'juju run app/0 pre-upgrade-check',
      'juju refresh app --channel 1/stable --trust',
      'juju run app/0 resume-upgrade',
    ]);
  });

  it('of ZooKeeper and Kafka 3, one after the other', async () => {
    const estate = await behind(
      {
        type: 'caas',
        applications: [
          { name: 'keeper', charm: 'zookeeper-k8s', channel: '3/stable', units: 3, revision: 100 },
          { name: 'app', charm: 'kafka-k8s', channel: '3/stable', units: 2, revision: 150 },
        ],
        relations: [['app:zookeeper', 'keeper:zookeeper']],
      },
      'keeper',
      'app',
    );
    expect((await estate.finding('app')).remedies).toEqual([]);
    expect(await estate.carryOut('keeper')).toHaveLength(3);
    expect(await estate.carryOut('app')).toEqual([
      'juju run app/0 pre-upgrade-check',
      'juju refresh app --channel 3/stable --trust',
      'juju run app/0 resume-upgrade',
    ]);
  });
});

describe('a refresh that does not go well', () => {
  it('is not begun when the check refuses, and the finding says why', async () => {
    const estate = await behind(one('charmed-etcd', '3.6/stable'), 'app');
    estate.faults.lostUnit('app/2', 'data', true);
    const { remedies } = await estate.finding('app');
    expect(await estate.act(remedies[0]!.action)).toMatchObject({ outcome: 'rejected' });
    const { judgement, remedies: next } = await estate.finding('app');
    expect(judgement.message).toContain('unit app/2 is not healthy');
    expect(next).toEqual([]);
  });

  it('to a revision that does not fit stops there, with the way back at hand', async () => {
    const estate = await behind(one('charmed-etcd', '3.6/stable'), 'app');
    estate.faults.failingRevision('data', 'app', 200, true);
    const steps = await estate.carryOut('app');
    expect(steps).toHaveLength(2);
    expect(estate.ends).toEqual(['done', 'failed']);
    expect((await estate.finding('app')).judgement).toMatchObject({
      outcome: 'fail',
      reason: 'RefreshFailed',
    });
    const { operations } = await estate.model();
    expect(operations).toMatchObject({ value: [{ rollback: 'juju refresh app --revision 100' }] });
    const back = ['juju', 'refresh', '-m', 'prod:admin/data', 'app', '--revision', '100'];
    expect(await estate.rehearsal.run(back)).toMatchObject({ exit: 0 });
    await estate.rehearsal.clock.advance(60_000);
    expect((await estate.finding('app')).judgement.reason).toBe('CharmBehindTooLong');
  });

  it('that hangs is reported after half an hour, and not forced', async () => {
    const estate = await behind(one('zookeeper-k8s', '3/stable'), 'app');
    estate.faults.hangingRefresh('data', 'app', true);
    for (const action of ['run-action', 'refresh']) {
      const [remedy] = (await estate.finding('app')).remedies;
      expect(remedy?.action.type).toBe(action);
      await estate.act(remedy!.action);
      await estate.rehearsal.clock.advance(20_000);
    }
    expect((await estate.finding('app')).judgement.reason).toBe('RefreshUnderway');
    await estate.rehearsal.clock.advance(1_900_000);
    const { judgement, remedies } = await estate.finding('app');
    expect([judgement.reason, remedies]).toEqual(['RefreshHangs', []]);
  });

  it('that somebody else began is carried on like our own', async () => {
    const estate = await behind(one('charmed-etcd', '3.6/stable'), 'app');
    estate.operations.refresh('data', 'app', 200);
    await estate.rehearsal.clock.advance(30_000);
    expect(await estate.carryOut('app')).toEqual(['juju run app/1 resume-refresh']);
  });
});

test.each([
  ['charmed-etcd', '3.6/stable', 'ETCD-UPG-01'],
  ['postgresql-k8s', '14/stable', 'PG-UPG-01'],
  ['postgresql-k8s', '16/stable', 'PG-UPG-01'],
  ['pgbouncer-k8s', '1/stable', 'PGB-UPG-01'],
  ['kafka-k8s', '4/stable', 'KAFKA-UPG-01'],
  ['zookeeper-k8s', '3/stable', 'ZK-UPG-01'],
])('the guide of %s %s asks for the same step (%s)', async (charm, channel, id) => {
  const estate = await behind(one(charm, channel), 'app');
  const all = [charmedEtcd, charmedKafkaK8s, charmedPostgresqlK8s].flatMap(({ controls }) => controls);
  const own = await estate.finding(
    'app',
    all.find((control) => control.id === id),
  );
  const common = await estate.finding('app');
  expect([own.remedies.length, own.remedies]).toEqual([1, common.remedies]);
});
