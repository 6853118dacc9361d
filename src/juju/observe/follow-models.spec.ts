import { afterEach, describe, expect, it } from '@jest/globals';
import { controllerCertificate } from '../../../test/support/certificate.js';
import { passTime } from '../../../test/support/juju-connection.js';
import { dataModel, estate } from '../../../test/support/juju-estate.js';
import { endAll, following, model, running } from '../../../test/support/juju-following.js';
import { eventually, jujuServer } from '../../../test/support/juju-server.js';
import { wsResponse } from '../../../test/support/ws-capture.js';

afterEach(endAll);

describe('models', () => {
  function listing(...names: readonly string[]): { response: unknown } {
    const { results } = wsResponse('3-hardened/ws/ListModelSummaries') as {
      results: { result: { name: string; 'owner-tag': string } }[];
    };
    return { response: { results: results.filter(({ result }) => names.includes(result.name)) } };
  }

  it('that appear are followed, and that go are dropped', async () => {
    let names = ['data'];
    const { api, server, changes } = await following({
      override: ({ call }) => (call === 'ModelManager.ListModelSummaries' ? listing(...names) : undefined),
      options: { follows: () => true },
    });
    await api.refresh();
    names = ['data', 'cos'];
    await api.refresh();
    expect(Object.keys(api.current().models).sort()).toEqual(['cos', 'data']);
    changes.length = 0;
    names = ['cos'];
    server.behave(
      estate(({ call, path }) => {
        if (call === 'ModelManager.ListModelSummaries') return listing(...names);
        return path.includes(dataModel) ? { error: 'unknown model', code: 'model not found' } : undefined;
      }),
    );
    await api.refresh();
    expect(Object.keys(api.current().models)).toEqual(['cos']);
    expect(changes).toContainEqual({ controller: 'prod' });
    expect(changes).toContainEqual({ controller: 'prod', model: 'data' });
    expect(api.health().models.map(({ model: name }) => name)).toEqual(['cos']);
  });

  it('of one name and two owners are told apart by their owners', async () => {
    const list = listing('data', 'cos') as {
      response: { results: { result: { name: string; 'owner-tag': string } }[] };
    };
    list.response.results[1]!.result.name = 'data';
    list.response.results[1]!.result['owner-tag'] = 'user-eve';
    const { api } = await following({
      override: ({ call }) => (call === 'ModelManager.ListModelSummaries' ? list : undefined),
      options: { follows: () => true },
    });
    await api.refresh();
    expect(Object.keys(api.current().models).sort()).toEqual(['admin/data', 'eve/data']);
    await api.refresh('eve/data');
  });

  it('that were migrated are followed to their new controller', async () => {
    const other = await controllerCertificate();
    const target = await jujuServer(other, estate());
    running.push(target);
    let moved = false;
    const { api, server, clock } = await following({
      override: ({ call, path }) => {
        if (!moved) return undefined;
        if (call === 'ModelManager.ListModelSummaries') return { response: { results: [] } };
        if (!path.includes(dataModel)) return undefined;
        if (call !== 'Admin.Login') return 'drop';
        return {
          error: 'redirection to alternative server required',
          code: 'redirection required',
          info: { servers: [[{ value: '127.0.0.1', port: target.port }]], 'ca-cert': other.caCert },
        };
      },
    });
    await api.refresh('data');
    moved = true;
    server.cut();
    await passTime(clock, 1000, 'a look at the new controller', () => target.count('Client.FullStatus') > 1);
    await passTime(
      clock,
      10_000,
      'a list without the model',
      () => server.count('ModelManager.ListModelSummaries') > 2,
    );
    expect(Object.keys(api.current().models)).toEqual(['data']);
    expect(model(api).info).toHaveProperty('value');
  });

  it('are asked about with few calls at once', async () => {
    let now = 0;
    let most = 0;
    const { api } = await following({
      override: async ({ call }) => {
        if (call !== 'Application.Get') return undefined;
        now += 1;
        most = Math.max(most, now);
        // The first waits for a second one beside it; all leave room for a third one, which must not come.
        await eventually('two at once', () => most > 1);
        await new Promise((resolve) => setTimeout(resolve, 2));
        now -= 1;
        return undefined;
      },
    });
    await api.refresh('data');
    expect(most).toBe(2);
  });
});
