import { afterEach, describe, expect, it } from '@jest/globals';
import { canary, failureOf, passTime } from '../../../test/support/juju-connection.js';
import { dataModel, estate } from '../../../test/support/juju-estate.js';
import { endAll, following, gap, model, statusWith } from '../../../test/support/juju-following.js';
import { eventually } from '../../../test/support/juju-server.js';
import { wsResponse } from '../../../test/support/ws-capture.js';
import { isKnown, valueOf, type Fact } from '../../core/fact.js';
import type { ModelState } from '../../core/snapshot.js';

afterEach(endAll);

describe('following a controller as superuser', () => {
  it('reads everything that the API tells', async () => {
    const { api } = await following();
    await api.refresh();
    const { models, name, ...facts } = api.current();
    expect([name, Object.keys(models)]).toEqual(['prod', ['data']]);
    for (const fact of Object.values(facts)) expect(fact).toHaveProperty('value');
    const { controller, applications, ...own } = model(api);
    expect(controller).toBe('prod');
    const told = Object.entries(own).filter(([key]) => key !== 'name') as [string, Fact<unknown>][];
    expect(told.filter(([, fact]) => !isKnown(fact))).toEqual([]);
    expect(Object.keys(applications)).toHaveLength(17);
    expect(applications['ubuntu-pro']?.config).toMatchObject({
      value: { token: { redacted: true } },
      source: { road: 'api', call: 'Application.Get v22' },
    });
  });

  it('puts together what several calls tell of one thing', async () => {
    const { api } = await following();
    await api.refresh('data');
    expect(model(api).info).toMatchObject({
      value: {
        uuid: dataModel,
        owner: 'admin',
        provider: 'unmanaged',
        isController: false,
        cloud: 'unmanaged',
      },
      source: { call: 'Client.FullStatus v8' },
    });
    expect(model(api).credential).toMatchObject({
      value: { authType: 'empty', valid: true, name: 'default' },
    });
    expect(api.current().info).toMatchObject({ value: { version: '4.0.15' } });
    expect(api.current().self).toMatchObject({
      value: { identities: [{ role: 'observer', user: 'admin', access: 'superuser' }] },
    });
  });

  it('keeps no secret of any answer, and no password of ours', async () => {
    const { api, log } = await following();
    await api.refresh();
    const all = JSON.stringify([api.current(), api.health()]) + log.lines.join('\n');
    expect(all).not.toMatch(/STUB-NOT-A-SECRET|BEGIN CERT/);
    expect(all).not.toContain(canary);
  });

  it('tells its health', async () => {
    const { api } = await following();
    await api.refresh();
    expect(api.health()).toMatchObject({
      controller: 'prod',
      connected: true,
      models: [{ model: 'data', lastRead: '2026-11-22T00:00:00Z', interval: 15 }],
      reconnects: 0,
    });
    expect(api.health().trouble).toBeUndefined();
  });

  it('is not well before it knows which models there are', async () => {
    let list = (): void => undefined;
    const asked = new Promise<void>((resolve) => (list = resolve));
    const { api, server } = await following({
      override: async ({ call }) => {
        if (call === 'ModelManager.ListModelSummaries') await asked;
        return undefined;
      },
    });
    await eventually('the question', () => server.count('ModelManager.ListModelSummaries') > 0);
    expect(api.health()).toMatchObject({
      connected: true,
      models: [],
      trouble: 'its models have not been listed yet',
    });
    list();
    await api.refresh();
    expect(api.health().trouble).toBeUndefined();
  });

  it('does not read an answer that says the same, unless it was given up meanwhile', async () => {
    const { api, clock, server } = await following({ options: { settings: { maxAge: 100_000 } } });
    await api.refresh('data');
    const before = model(api);
    await api.refresh('data');
    expect(model(api).applications).toBe(before.applications);
    server.behave(estate(({ call }) => (call === 'Client.FullStatus' ? 'mute' : undefined)));
    await passTime(clock, 1000, 'the status is given up', () => !isKnown(model(api).machines));
    server.behave(estate());
    await passTime(clock, 1000, 'the status is read again', () => isKnown(model(api).machines));
    const units = (of: ModelState): unknown => valueOf(of.applications['etcd']!.units);
    expect(units(model(api))).toEqual(units(before));
  });
});

describe('following as somebody who may less', () => {
  it('leaves unknown what Juju shows to others only, and names the permission', async () => {
    const { api } = await following({ folder: '3-hardened/ws-as-carol-model-read' });
    await failureOf(api.refresh('nothing'));
    await api.refresh('data');
    await api.refresh();
    const state = api.current();
    expect(gap(state.users).permission).toBe('controller superuser');
    expect(gap(state.clouds).permission).toBe('controller superuser');
    expect(gap(model(api).users).permission).toBe('controller superuser');
    expect(gap(model(api).offers)).toEqual({ reason: 'permission denied', permission: 'model admin' });
    expect(state.config).toHaveProperty('value');
    expect(model(api).secrets).toHaveProperty('value');
    expect(model(api).applications['postgresql']?.trust).toMatchObject({ value: false });
  });

  it('asks for own models only', async () => {
    const { api, server } = await following({ folder: '3-hardened/ws-as-bob-model-admin' });
    await api.refresh('data');
    const lists = server.received.filter(({ call }) => call === 'ModelManager.ListModelSummaries');
    expect(new Set(lists.map(({ params }) => params['all']))).toEqual(new Set([false]));
  });

  it('falls back to own models when the superuser’s list is refused', async () => {
    const { api, server } = await following({
      override: ({ call, params }) =>
        call === 'ModelManager.ListModelSummaries' && params['all'] === true
          ? { error: 'permission denied', code: 'unauthorized access' }
          : undefined,
    });
    await api.refresh('data');
    const lists = server.received.filter(({ call }) => call === 'ModelManager.ListModelSummaries');
    expect(lists.slice(0, 2).map(({ params }) => params['all'])).toEqual([true, false]);
    expect(model(api).info).toHaveProperty('value');
  });

  it('lets an auditor read users and grants while the observer reads models', async () => {
    const { api, server } = await following({
      override: ({ call, params, path }) => {
        if (call !== 'Admin.Login' || params['auth-tag'] !== 'user-carol') return undefined;
        const kind = path === '/api' ? 'controller' : 'model';
        return { response: wsResponse(`3-hardened/ws-as-carol-model-read/login-${kind}`) };
      },
      options: {
        observer: { user: 'carol', password: canary },
        auditor: { user: 'admin', password: 'other' },
      },
    });
    await api.refresh('data');
    await api.refresh();
    expect(model(api).users).toHaveProperty('value');
    expect(model(api).offers).toHaveProperty('value');
    expect(api.current().self).toMatchObject({
      value: {
        identities: [
          { role: 'observer', user: 'carol', access: 'login' },
          { role: 'auditor', user: 'admin', access: 'superuser' },
        ],
      },
    });
    const models = server.received.filter(({ call, path }) => call === 'Admin.Login' && path !== '/api');
    expect(models.map(({ params }) => params['auth-tag'])).toEqual(['user-carol']);
  });

  it('shows a controller without some facade as such', async () => {
    const { api } = await following({
      override: ({ call, path }) =>
        call === 'Admin.Login' && path !== '/api'
          ? {
              response: {
                ...(wsResponse('3-hardened/ws/login-model') as object),
                facades: [
                  { name: 'Client', versions: [6] },
                  { name: 'Application', versions: [13] },
                ],
              },
            }
          : undefined,
    });
    await api.refresh('data');
    expect(gap(model(api).secrets)).toEqual({ reason: 'this controller does not offer Secrets.ListSecrets' });
    expect(model(api).info.source.call).toBe('Client.FullStatus v6');
    expect(model(api).applications['kafka']?.trust.source.call).toBe('Application.Get v13');
  });
});

describe('changes', () => {
  it('are told only when something reads differently, and what did not change keeps its identity', async () => {
    let message = 'one';
    const { api, changes } = await following({
      override: ({ call }) => (call === 'Client.FullStatus' ? statusWith(message) : undefined),
    });
    await api.refresh('data');
    await api.refresh('data');
    const before = model(api);
    changes.length = 0;
    await api.refresh('data');
    expect(changes).toEqual([]);
    expect(model(api)).toBe(before);
    message = 'two';
    await api.refresh('data');
    expect(changes).toEqual([{ controller: 'prod', model: 'data' }]);
    expect(model(api).applications['etcd']?.status).toMatchObject({ value: { message: 'two' } });
    expect(model(api).applications['etcd']?.charm).toBe(before.applications['etcd']?.charm);
    expect(model(api).applications['kafka']).toBe(before.applications['kafka']);
  });

  it('are not told to who went away, and a listener that throws harms nobody', async () => {
    const { api, log } = await following();
    let heard = 0;
    api.onChange(() => {
      throw new Error('listener');
    });
    const stop = api.onChange(() => (heard += 1));
    stop();
    await api.refresh('data');
    expect(heard).toBe(0);
    expect(model(api).info).toHaveProperty('value');
    expect(log.lines.some((line) => line.startsWith('a listener failed'))).toBe(true);
  });
});
