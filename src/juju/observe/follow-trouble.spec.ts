import { afterEach, describe, expect, it } from '@jest/globals';
import { failureOf, passTime } from '../../../test/support/juju-connection.js';
import { estate } from '../../../test/support/juju-estate.js';
import { endAll, following, gap, model, statusWith } from '../../../test/support/juju-following.js';
import { eventually } from '../../../test/support/juju-server.js';
import { wsResponse } from '../../../test/support/ws-capture.js';
import { isKnown } from '../../core/fact.js';

afterEach(endAll);

describe('the pace', () => {
  it('slows down while nothing changes: one status per model and pause', async () => {
    const { api, server, clock } = await following();
    await api.refresh('data');
    const times: number[] = [];
    let seen = server.count('Client.FullStatus');
    const begun = clock.now();
    await passTime(clock, 500, 'five looks', () => {
      if (server.count('Client.FullStatus') > seen) times.push(Math.round((clock.now() - begun) / 1000));
      seen = server.count('Client.FullStatus');
      return times.length === 5;
    });
    const pauses = times.map((at, index) => at - (times[index - 1] ?? 0));
    // One step of the clock, and one while the real socket works, belong to the test.
    expect(pauses[1]! - pauses[0]!).toBeGreaterThan(4);
    expect(pauses.at(-1)!).toBeGreaterThanOrEqual(50);
    expect(pauses.at(-1)!).toBeLessThanOrEqual(64);
    expect(api.health().models[0]?.interval).toBe(60);
  });

  it('a refresh is answered by a read that began after it', async () => {
    let release: () => void = () => undefined;
    let hold = true;
    const { api, server } = await following({
      override: async ({ call }, count) => {
        if (call !== 'Client.FullStatus') return undefined;
        if (hold) await new Promise<void>((resolve) => (release = resolve));
        return statusWith(`answer ${count}`);
      },
    });
    await eventually('the first look', () => server.count('Client.FullStatus') === 1);
    const refreshed = api.refresh('data');
    hold = false;
    release();
    await refreshed;
    expect(model(api).applications['etcd']?.status).toMatchObject({ value: { message: 'answer 2' } });
  });

  it('a refresh that fails says why', async () => {
    const { api, server } = await following();
    await api.refresh('data');
    server.behave(
      estate(({ call }) =>
        call === 'Client.FullStatus'
          ? { error: 'model migration in progress', code: 'model migration in progress' }
          : undefined,
      ),
    );
    expect((await failureOf(api.refresh('data'))).message).toBe('model migration in progress');
    expect(api.health().models[0]?.trouble).toBe('model migration in progress');
    expect(model(api).info).toHaveProperty('value');
    expect((await failureOf(api.refresh('none'))).message).toBe(
      'there is no model none that we may see on prod',
    );
  });

  it('Juju’s own watcher, where there is one, brings a look forward', async () => {
    let wake: () => void = () => undefined;
    const facades = [
      { name: 'Client', versions: [8] },
      { name: 'AllWatcher', versions: [3] },
    ];
    const { api, server, clock } = await following({
      override: async ({ call, path }) => {
        if (call === 'Admin.Login' && path !== '/api')
          return { response: { ...(wsResponse('3-hardened/ws/login-model') as object), facades } };
        if (call === 'Client.WatchAll') return { response: { 'watcher-id': '7' } };
        if (call !== 'AllWatcher.Next') return undefined;
        await new Promise<void>((resolve) => (wake = resolve));
        return { response: { deltas: [] } };
      },
    });
    await api.refresh('data');
    await eventually('the watcher', () => server.count('AllWatcher.Next') === 1);
    expect(server.received.find(({ call }) => call === 'AllWatcher.Next')).toMatchObject({
      id: '7',
      version: 3,
    });
    const looks = server.count('Client.FullStatus');
    wake();
    await eventually('the next wait', () => server.count('AllWatcher.Next') === 2);
    await clock.advance(1000);
    await eventually('the look', () => server.count('Client.FullStatus') === looks + 1);
  });
});

describe('trouble', () => {
  it('of an unreachable controller shows in its health and as unknown facts, never as a throw', async () => {
    const { api, server, clock } = await following({ options: { settings: { maxAge: 10_000 } } });
    await server.close();
    await passTime(clock, 1000, 'the trouble', () => api.health().trouble !== undefined);
    expect(api.health()).toMatchObject({ connected: false, models: [] });
    expect(api.current().models).toEqual({});
    expect(isKnown(api.current().users)).toBe(false);
  });

  it('that passes is got over', async () => {
    const { api, server, clock, changes } = await following();
    await api.refresh('data');
    server.cut();
    changes.length = 0;
    const looks = server.count('Client.FullStatus');
    await passTime(clock, 1000, 'a new look', () => server.count('Client.FullStatus') > looks);
    expect(changes).toEqual([]);
    expect(api.health().reconnects).toBeGreaterThan(0);
  });

  it('that lasts makes the facts unknown, with since when and why; names stay', async () => {
    const { api, server, clock, changes } = await following();
    await api.refresh('data');
    server.behave(
      estate(({ call }) =>
        call === 'Client.FullStatus' ? { error: 'database is locked', code: '' } : undefined,
      ),
    );
    changes.length = 0;
    await passTime(clock, 10_000, 'the facts to go', () => !isKnown(model(api).info));
    expect(gap(model(api).info).reason).toBe(
      'the model was not read since 2026-11-22T00:00:00Z: database is locked',
    );
    expect(Object.keys(model(api).applications)).toHaveLength(17);
    expect(gap(model(api).applications['etcd']?.units).reason).toContain('database is locked');
    expect(changes).toContainEqual({ controller: 'prod', model: 'data' });
    server.behave(estate());
    await api.refresh('data');
    expect(model(api).info).toHaveProperty('value');
  });

  it('with one slower fact leaves the others', async () => {
    const { api } = await following({
      override: ({ call }) => (call === 'Block.List' ? { error: 'try again', code: 'try again' } : undefined),
    });
    expect((await failureOf(api.refresh('data'))).message).toBe('try again');
    expect(gap(model(api).blocks).reason).toBe('never read: try again');
    expect(model(api).secrets).toHaveProperty('value');
  });

  it('with names that Juju would not allow is logged once', async () => {
    const answer = structuredClone(wsResponse('3-hardened/ws/FullStatus-data')) as { applications: object };
    answer.applications = { ...answer.applications, '--force\n': {} };
    const { api, log } = await following({
      override: ({ call }) => (call === 'Client.FullStatus' ? { response: answer } : undefined),
    });
    await api.refresh('data');
    await api.refresh('data');
    expect(Object.keys(model(api).applications)).not.toContain('--force\n');
    expect(log.lines.filter((line) => line.includes('dropped'))).toEqual([
      'dropped something whose name Juju would not allow {"what":"application","name":"--force"}',
    ]);
  });
});
