/** Refreshes that go wrong: what the daemon does then, and what it leaves to a person. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/main/system.js';
import { memoryStore } from '../../src/store/memory.js';
import { approve, begunOn, reasonOn, refreshed, reviewTold, standing } from '../support/refreshing.js';
import { rigUsers, startRig, type Rig } from '../support/rig.js';

const users = { observer: 'read', remediator: 'admin' } as const;
const old = { units: 3, revision: 100 } as const;

describe('refreshes that do not go well', () => {
  const store = memoryStore();
  let rig: Rig;
  const etcd = { name: 'etcd', charm: 'charmed-etcd', channel: '3.6/stable', ...old } as const;

  beforeAll(async () => {
    const keeper = { name: 'keeper', charm: 'zookeeper-k8s', channel: '3/stable', ...old } as const;
    const controllers = [
      {
        name: 'prod',
        users: rigUsers,
        models: [
          { name: 'hanging', type: 'caas', users, applications: [keeper] },
          { name: 'failing', users, applications: [etcd] },
        ],
      },
      {
        name: 'edge',
        users: rigUsers,
        models: [{ name: 'unready', users, applications: [{ ...etcd, name: 'db' }] }],
      },
    ] as const;
    const rules = refreshed({ age: '1s', hang: '6s' });
    rig = await startRig({
      estate: { controllers },
      rules,
      store,
      speed: 4,
      pace: { quiet: 1, verifyDeadline: 8 },
    });
    const [prod, edge] = ['prod', 'edge'].map((name) => rig.simulator.controller(name));
    prod?.operations.publish('hanging', 'keeper', 200);
    prod?.operations.publish('failing', 'etcd', 200);
    edge?.operations.publish('unready', 'db', 200);
    prod?.faults.hangingRefresh('hanging', 'keeper', true);
    prod?.faults.failingRevision('failing', 'etcd', 200, true);
    edge?.faults.failActions('Charm is not ready for refresh. Pre-refresh check failed: Backup in progress');
    await Promise.all(['keeper', 'etcd', 'db'].map((name) => approve({ rig, store }, name)));
  });
  afterAll(() => rig.close());

  const review = (application: string): string => reviewTold(rig, application);
  const left = (application: string): readonly string[] =>
    begunOn(rig, application).map(({ command }) => command.split(' ').at(0) ?? '');

  /** Says where everything stands when it does not come to that. */
  async function reviewed(application: string): Promise<void> {
    await rig
      .until('a person has to look', () => review(application) !== '')
      .catch((error: unknown) => {
        const all = rig.daemon.remediations();
        const stand = all.map(({ argv, state, reason }) => `${argv.join(' ')}: ${state} (${reason})`);
        throw new Error([String(error), ...stand].join('\n'), { cause: error });
      });
  }

  it('stop at a check that refuses', async () => {
    await reviewed('db');
    expect(review('db')).toContain('Backup in progress');
    expect(left('db')).toEqual(['run']);
  });

  it('stop at a revision that does not work, and say the way back', async () => {
    await reviewed('etcd');
    expect(review('etcd')).toContain('Refresh incompatible');
    expect(review('etcd')).toContain('juju refresh etcd --revision 100');
    expect(reasonOn(rig, 'etcd')).toBe('RefreshFailed');
    expect(left('etcd')).toEqual(['run', 'refresh']);
  });

  it('are reported when they hang, and not forced', async () => {
    await reviewed('keeper');
    expect(review('keeper')).toContain('the way back is');
    expect(reasonOn(rig, 'keeper')).toBe('RefreshHangs');
    expect(left('keeper')).toEqual(['run', 'refresh']);
  });

  it('are not begun anew when somebody has gone back', async () => {
    const { operations, faults } = rig.simulator.controller('prod');
    faults.hangingRefresh('hanging', 'keeper', false);
    operations.refresh('failing', 'etcd', 100);
    operations.refresh('hanging', 'keeper', 100);
    const isBehind = (name: string): boolean => reasonOn(rig, name) === 'CharmBehindTooLong';
    await rig.until('both are as before', () => isBehind('etcd') && isBehind('keeper'));
    await systemClock.sleep(2500);
    expect([left('etcd'), left('keeper')]).toEqual([
      ['run', 'refresh'],
      ['run', 'refresh'],
    ]);
    for (const name of ['etcd', 'keeper']) expect(standing(rig, name, 'NeedsReview')).not.toEqual([]);
  });
});
