/** Refreshes by the daemon itself: every step through a real `juju`, every word of a person through the journal. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { memoryStore } from '../../src/store/memory.js';
import {
  approve,
  begunOn,
  findingOn,
  reasonOn,
  refreshed,
  standing,
  type Approver,
} from '../support/refreshing.js';
import { enforced, rigUsers, startRig, type Rig } from '../support/rig.js';

const users = { observer: 'read', remediator: 'admin' } as const;
const old = { units: 3, revision: 100 } as const;

/** What was told of the application's own finding, from the moment on at which there is something to refresh to. */
function toldOn({ events }: Rig, application: string): readonly string[] {
  return events.flatMap((event) =>
    event.type !== 'remediation' &&
    event.finding.control.id === 'JUJU-APP-04' &&
    event.finding.target.application === application
      ? [event.type]
      : [],
  );
}

describe('refreshes that go well', () => {
  const store = memoryStore();
  let rig: Rig;
  let ann: Approver;
  /** Pairs that were seen to be refreshed at the same time. */
  const together = new Set<string>();
  let watch: NodeJS.Timeout;

  beforeAll(async () => {
    const applications = {
      machines: [{ name: 'etcd', charm: 'charmed-etcd', channel: '3.6/stable', ...old }],
      postgres: [{ name: 'pg14', charm: 'postgresql-k8s', channel: '14/stable', trust: true, ...old }],
      streams: [
        { name: 'keeper', charm: 'zookeeper-k8s', channel: '3/stable', ...old },
        { name: 'kafka3', charm: 'kafka-k8s', channel: '3/stable', ...old, units: 2 },
      ],
      brokers: [
        {
          name: 'kafka4',
          charm: 'kafka-k8s',
          channel: '4/stable',
          ...old,
          config: { roles: 'broker,controller', 'pause-after-unit-refresh': 'none' },
        },
      ],
    } as const;
    const models = Object.entries(applications).map(([name, all]) => ({
      name,
      type: name === 'machines' ? ('iaas' as const) : ('caas' as const),
      users,
      applications: all,
      ...(name === 'streams' ? { relations: [['kafka3:zookeeper', 'keeper:zookeeper']] as const } : {}),
    }));
    const rules = [...refreshed({ age: '1s' }), { match: { control: 'KAFKA-AUD-01' }, ...enforced }];
    const estate = { controllers: [{ name: 'prod', users: rigUsers, models }] };
    rig = await startRig({ estate, rules, store, speed: 4, pace: { quiet: 1 } });
    ann = { rig, store };
    const { operations } = rig.simulator.controller('prod');
    for (const [model, all] of Object.entries(applications))
      for (const { name } of all) operations.publish(model, name, 200);
    watch = setInterval(() => {
      const models = rig.simulator.world.controllers.get('prod')?.models.values() ?? [];
      const streams = [...models].find(({ name }) => name === 'streams');
      const under = [...(streams?.applications.values() ?? [])].filter(
        ({ refresh }) => refresh !== undefined,
      );
      if (under.length > 1) together.add(under.map(({ name }) => name).join());
    }, 50);
  });
  afterAll(async () => {
    clearInterval(watch);
    await rig.close();
  });

  const isOver = (application: string): boolean =>
    reasonOn(rig, application) === 'NothingOffered' && standing(rig, application, 'Verifying').length === 0;

  const commands = (application: string): readonly string[] =>
    begunOn(rig, application).map(({ command }) => command);

  it('begin with the word of a person, take no other, and end with all units', async () => {
    await Promise.all(['etcd', 'pg14', 'keeper'].map((name) => approve(ann, name)));
    await rig.until('all are refreshed', () => ['etcd', 'pg14', 'keeper'].every(isOver));
    expect(['etcd', 'pg14', 'keeper'].map(commands)).toEqual([
      ['run etcd/0 pre-refresh-check', 'refresh etcd --revision 200', 'run etcd/1 resume-refresh'],
      [
        'run pg14/0 pre-upgrade-check',
        'refresh pg14 --channel 14/stable --trust',
        'run pg14/0 resume-upgrade',
      ],
      [
        'run keeper/0 pre-upgrade-check',
        'refresh keeper --channel 3/stable --trust',
        'run keeper/0 resume-upgrade',
      ],
    ]);
  });

  it('are told once as open, and once as over', () => {
    expect(['etcd', 'pg14', 'keeper'].map((name) => toldOn(rig, name))).toEqual(
      ['etcd', 'pg14', 'keeper'].map(() => ['found', 'resolved']),
    );
    const { firstSeen, drift } = findingOn(rig, 'etcd', 'JUJU-APP-04') ?? {};
    expect([firstSeen, drift]).toEqual([undefined, undefined]);
  });

  it('keep the way back with the step that cannot be undone', () => {
    const refresh = standing(rig, 'etcd', 'Succeeded').find(({ action }) => action.type === 'refresh');
    expect(refresh?.note).toBe('juju refresh etcd --revision 100');
  });

  it('of Kafka 3 wait for its ZooKeeper, and need a word of their own', async () => {
    await approve(ann, 'kafka3');
    await rig.until('Kafka is refreshed', () => isOver('kafka3'));
    expect(commands('kafka3')).toEqual([
      'run kafka3/0 pre-upgrade-check',
      'refresh kafka3 --channel 3/stable --trust',
      'run kafka3/0 resume-upgrade',
    ]);
    const [first] = begunOn(rig, 'kafka3');
    const last = begunOn(rig, 'keeper').at(-1);
    expect(first?.at).toBeGreaterThan(last?.at ?? Infinity);
    expect([...together]).toEqual([]);
  });

  it('let nothing else be done to the application meanwhile', async () => {
    const { operations } = rig.simulator.controller('prod');
    await approve(ann, 'kafka4');
    const isBegun = (): boolean => commands('kafka4').some((command) => command.startsWith('refresh'));
    await rig.until('Kafka 4 is being refreshed', isBegun);
    operations.setOptions('brokers', 'kafka4', { 'log-level': 'ERROR' });
    await rig.until('all is well', () => isOver('kafka4') && passes('KAFKA-AUD-01'));
    expect(commands('kafka4')).toEqual([
      'run kafka4/0 pre-refresh-check',
      'config kafka4 pause-after-unit-refresh=first',
      'refresh kafka4 --channel 4/stable --trust',
      'run kafka4/0 resume-refresh',
      'config kafka4 log-level=INFO',
    ]);
  });

  function passes(control: string): boolean {
    return findingOn(rig, 'kafka4', control)?.outcome === 'pass';
  }

  it('that somebody takes back are not done again on the same word', async () => {
    const before = commands('etcd');
    const { operations } = rig.simulator.controller('prod');
    operations.setOptions('machines', 'etcd', { 'pause-after-unit-refresh': 'none' });
    operations.refresh('machines', 'etcd', 100);
    const waiting = (): string => standing(rig, 'etcd', 'WaitingApproval')[0]?.message ?? '';
    const why = 'ann approved it, but it was done once since';
    await rig.until('it waits for a person', () => waiting().includes(why));
    expect(commands('etcd')).toEqual(before);
  });
});
