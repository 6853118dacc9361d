import { describe, expect, it, test } from '@jest/globals';
import { virtualClock } from '../virtual-clock.js';
import { buildWorld } from '../world/build.js';
import { addRelation } from '../world/relations.js';
import type { ApplicationSpec } from '../world/spec.js';
import type { SimTask } from '../world/state.js';
import { enqueue } from '../world/tasks.js';
import { faultsOf } from '../faults.js';
import { operationsOf } from '../operations.js';
import { setCharm } from './request.js';

const noSockets = { stop: () => Promise.resolve(), resume: () => Promise.resolve(), drop: () => undefined };

/** One application of three units, of which revision 200 is out, on virtual time. */
function refreshable(charm: string, channel: string, spec: Partial<ApplicationSpec> = {}) {
  const clock = virtualClock();
  const type = charm.endsWith('-k8s') ? 'caas' : 'iaas';
  const applications = [
    { name: 'app', charm, channel, units: 3, revision: 100, ...spec },
    { name: 's3', charm: 's3-integrator', channel: '2/stable' },
  ];
  const estate = { controllers: [{ name: 'prod', models: [{ name: 'data', type, applications } as const] }] };
  const world = buildWorld({ estate, seed: 4, clock });
  const controller = world.controllers.get('prod')!;
  const model = [...controller.models.values()].find(({ name }) => name === 'data')!;
  const app = model.applications.get('app')!;
  const operations = operationsOf(controller);
  operations.publish('data', 'app', 200);
  return {
    clock,
    model,
    app,
    operations,
    faults: faultsOf(controller, noSockets),
    units: () =>
      app.units.map(({ workload, refreshed }) =>
        `${refreshed} ${workload.status} ${workload.message}`.trim(),
      ),
    status: () => app.refresh?.status?.message,
    run: async (unit: string, action: string): Promise<SimTask> => {
      const { operation } = enqueue(model, [{ receiver: unit, action, parameters: {} }]);
      await clock.advance(1500);
      return operation.tasks[0]!;
    },
    refresh: async (revision = 200): Promise<void> => {
      operations.refresh('data', 'app', revision);
      await clock.advance(30_000);
    },
  };
}

const active = (revision: number) => `${revision} active`;
const waiting = '100 waiting other units upgrading first...';

describe('a refresh of charms of the newer kind', () => {
  it('on machines stops after the highest unit, and goes on when the next unit is told to', async () => {
    const here = refreshable('charmed-etcd', '3.6/stable');
    await here.refresh();
    expect(here.units()).toEqual([active(100), active(100), active(200)]);
    expect(here.status()).toBe(
      'Refreshing. Check units >=2 are healthy & run `resume-refresh` on unit 1. To rollback, `juju refresh --revision 100`',
    );
    expect(here.app.units.map(({ revision }) => revision)).toEqual([200, 200, 200]);
    expect(await here.run('app/0', 'resume-refresh')).toMatchObject({ status: 'failed' });
    expect(await here.run('app/1', 'resume-refresh')).toMatchObject({ status: 'completed' });
    await here.clock.advance(60_000);
    expect([here.units(), here.status()]).toEqual([[active(200), active(200), active(200)], undefined]);
  });

  it('on Kubernetes leaves the other pods on the older revision, and asks the leader', async () => {
    const here = refreshable('postgresql-k8s', '16/stable');
    await here.refresh();
    expect(here.app.units.map(({ revision }) => revision)).toEqual([100, 100, 200]);
    expect(here.status()).toContain('run `resume-refresh` on leader');
    expect(await here.run('app/1', 'resume-refresh')).toMatchObject({ status: 'failed' });
    expect(await here.run('app/0', 'resume-refresh')).toMatchObject({ status: 'completed' });
    await here.clock.advance(60_000);
    expect(here.units()).toEqual([active(200), active(200), active(200)]);
  });

  it('does not stop where the option says none, and after each unit where it says all', async () => {
    const none = refreshable('charmed-etcd', '3.6/stable', {
      config: { 'pause-after-unit-refresh': 'none' },
    });
    await none.refresh();
    expect(none.units()).toEqual([active(200), active(200), active(200)]);
    const all = refreshable('charmed-etcd', '3.6/stable', { config: { 'pause-after-unit-refresh': 'all' } });
    await all.refresh();
    await all.run('app/1', 'resume-refresh');
    await all.clock.advance(30_000);
    expect(all.units()).toEqual([active(100), active(200), active(200)]);
  });

  test.each([
    ['charmed-etcd', '3.6/stable', 'Refresh incompatible. Rollback with `juju refresh --revision 100`'],
    [
      'postgresql-k8s',
      '16/stable',
      'Refresh incompatible. Rollback with instructions in Charmhub docs or see `juju debug-log`',
    ],
  ])('%s stops at a revision that does not fit, and goes back', async (charm, channel, message) => {
    const here = refreshable(charm, channel);
    here.faults.failingRevision('data', 'app', 200, true);
    await here.refresh();
    expect(here.units()).toEqual([active(100), active(100), `100 blocked ${message}`]);
    await here.refresh(100);
    expect([here.app.revision, here.app.refresh]).toEqual([100, undefined]);
    expect(here.app.units.map(({ revision, refreshed }) => [revision, refreshed])).toEqual([
      [100, 100],
      [100, 100],
      [100, 100],
    ]);
  });

  it('checks once more by itself', async () => {
    const here = refreshable('charmed-etcd', '3.6/stable');
    here.faults.lostUnit('app/0', 'data', true);
    await here.refresh();
    expect(here.units()[2]).toContain('Rollback with `juju refresh`. Pre-refresh check failed: unit app/0');
  });

  it('on Kubernetes goes wrong with a revision that comes without its image', async () => {
    const here = refreshable('postgresql-k8s', '16/stable');
    setCharm(here.app, { revision: 200, channel: '', byNumber: true, withImage: false });
    await here.clock.advance(30_000);
    expect(here.units()[2]).toContain('missing/incorrect OCI resource');
  });
});

describe('a refresh of charms of the older kind', () => {
  it('on Kubernetes stops after the highest unit until the leader is told to go on, once', async () => {
    const here = refreshable('postgresql-k8s', '14/stable');
    await here.run('app/0', 'pre-upgrade-check');
    await here.refresh();
    expect(here.units()).toEqual([waiting, waiting, active(200)]);
    expect(await here.run('app/0', 'resume-upgrade')).toMatchObject({ status: 'completed' });
    expect(await here.run('app/0', 'resume-upgrade')).toMatchObject({ status: 'failed' });
    await here.clock.advance(60_000);
    expect(here.units()).toEqual([active(200), active(200), active(200)]);
    expect(await here.run('app/0', 'resume-upgrade')).toMatchObject({ status: 'failed' });
  });

  it('on machines goes on by itself', async () => {
    const here = refreshable('zookeeper', '3/stable');
    await here.run('app/0', 'pre-upgrade-check');
    await here.refresh();
    expect(here.units()).toEqual([active(200), active(200), active(200)]);
  });

  it('fails without its check, and goes back', async () => {
    const here = refreshable('zookeeper-k8s', '3/stable');
    await here.refresh();
    expect(here.units()[2]).toBe('100 blocked upgrade failed. Check logs for rollback instruction');
    await here.refresh(100);
    expect(here.units()).toEqual([active(100), active(100), active(100)]);
  });
});

describe('the check before a refresh', () => {
  const ready = (revision: number) => `\`juju refresh app --revision ${revision}\``;

  it('prints the way back on machines', async () => {
    const here = refreshable('charmed-etcd', '3.6/stable');
    const { output } = await here.run('app/0', 'pre-refresh-check');
    expect(String(output['result'])).toContain(ready(100));
  });

  it('prints it with the image on Kubernetes', async () => {
    const here = refreshable('postgresql-k8s', '16/stable');
    const { output } = await here.run('app/0', 'pre-refresh-check');
    expect(String(output['result'])).toMatch(
      /`juju refresh app --revision 100 --resource postgresql-image=\S+@sha256:[0-9a-f]{64}`/,
    );
  });

  test.each(['charmed-etcd 3.6/stable pre-refresh-check', 'zookeeper 3/stable pre-upgrade-check'])(
    '%s fails on a follower, with a unit down, while a backup runs, and during a refresh',
    async (text) => {
      const [charm = '', channel = '', action = ''] = text.split(' ');
      const here = refreshable(charm, channel);
      addRelation(here.model, 'app:s3-credentials', 's3:s3-credentials');
      await here.clock.advance(30_000);
      expect(await here.run('app/1', action)).toMatchObject({ status: 'failed' });
      here.faults.lostUnit('app/2', 'data', true);
      expect((await here.run('app/0', action)).message).toContain('unit app/2 is not healthy');
      here.faults.lostUnit('app/2', 'data', false);
      enqueue(here.model, [{ receiver: 'app/1', action: 'create-backup', parameters: {} }]);
      expect((await here.run('app/0', action)).message).toContain('Backup in progress');
      await here.clock.advance(10_000);
      expect(await here.run('app/0', action)).toMatchObject({ status: 'completed' });
      here.operations.refresh('data', 'app', 200);
      expect((await here.run('app/0', action)).message).toContain('already in progress');
    },
  );
});

describe('faults', () => {
  it('let a refresh hang, and come to its end when they are over', async () => {
    const here = refreshable('zookeeper', '3/stable');
    await here.run('app/0', 'pre-upgrade-check');
    here.faults.hangingRefresh('data', 'app', true);
    await here.refresh();
    await here.clock.advance(3_600_000);
    expect(here.units()).toEqual([waiting, waiting, '100 maintenance upgrading unit']);
    expect(here.app.units[2]!.agent.status).toBe('executing');
    here.faults.hangingRefresh('data', 'app', false);
    await here.clock.advance(60_000);
    expect(here.units()).toEqual([active(200), active(200), active(200)]);
  });

  it('are over when a refresh goes back', async () => {
    const here = refreshable('zookeeper', '3/stable');
    await here.run('app/0', 'pre-upgrade-check');
    here.faults.hangingRefresh('data', 'app', true);
    await here.refresh();
    await here.refresh(100);
    expect([here.units(), here.app.canUpgradeTo]).toEqual([
      [active(100), active(100), active(100)],
      'ch:amd64/zookeeper-200',
    ]);
  });
});

it('a charm without such actions just takes the new revision', async () => {
  const here = refreshable('self-signed-certificates', '1/stable', { units: 1 });
  await here.refresh();
  expect([here.units(), here.app.canUpgradeTo]).toEqual([[active(200)], '']);
});
