import { afterEach, describe, expect, it } from '@jest/globals';
import { failureOf, recordingLog } from '../../../test/support/juju-connection.js';
import { dataModel } from '../../../test/support/juju-estate.js';
import { endAll, following, running } from '../../../test/support/juju-following.js';
import { eventually } from '../../../test/support/juju-server.js';
import { wsResponse } from '../../../test/support/ws-capture.js';
import type { Clock, JujuApi, Log } from '../../core/ports/index.js';
import { virtualClock } from '../../simulator/virtual-clock.js';

afterEach(endAll);

/** A clock that knows which of its timers still run: one of them keeps a process alive. */
function countingClock(): { readonly clock: Clock; readonly left: ReadonlySet<object> } {
  const inner = virtualClock();
  const left = new Set<object>();
  const after: Clock['after'] = (ms, task) => {
    const timer = {};
    left.add(timer);
    const cancel = inner.after(ms, () => {
      left.delete(timer);
      task();
    });
    return () => {
      left.delete(timer);
      cancel();
    };
  };
  return { clock: { ...inner, after }, left };
}

/** Ends it here and now; `endAll` has nothing more to do. */
function end(api: JujuApi): Promise<void> {
  running.splice(running.indexOf(api), 1);
  return api.close();
}

/** What has to be done in this turn of the loop is done in the next. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Calls back at the complaint of a bad name, which comes in the middle of reading an answer. */
function atComplaint(act: () => void): Log {
  const quiet = recordingLog();
  const log: Log = {
    ...quiet,
    warn: (_, message) => {
      if (message.startsWith('dropped')) act();
    },
    child: () => log,
  };
  return log;
}

describe('the end of following', () => {
  it('in the middle of reading an answer leaves no timer behind', async () => {
    const { clock, left } = countingClock();
    const { promise: closed, resolve } = Promise.withResolvers<undefined>();
    const answer = structuredClone(wsResponse('3-hardened/ws/FullStatus-data')) as { applications: object };
    answer.applications = { ...answer.applications, '--force\n': {} };
    const log = atComplaint(() => {
      void end(api).then(() => {
        resolve(undefined);
      });
    });
    const { api } = await following({
      override: ({ call }) => (call === 'Client.FullStatus' ? { response: answer } : undefined),
      options: { clock, log },
    });
    await closed;
    await turn();
    expect(left.size).toBe(0);
  });

  it('while the models are listed follows no further one', async () => {
    const { promise: listed, resolve: list } = Promise.withResolvers<undefined>();
    const { results } = wsResponse('3-hardened/ws/ListModelSummaries') as { results: readonly unknown[] };
    const one = results.filter((each) => JSON.stringify(each).includes(dataModel));
    const { api, server } = await following({
      override: async ({ call }, count) => {
        if (call !== 'ModelManager.ListModelSummaries') return undefined;
        if (count > 1) await listed;
        return { response: { results: count > 1 ? results : one } };
      },
      options: { follows: () => true },
    });
    await eventually('the first', () => api.health().models[0]?.lastRead !== undefined);
    const asked = failureOf(api.refreshController());
    await eventually('the question', () => server.count('ModelManager.ListModelSummaries') > 1);
    list(undefined);
    await end(api);
    await asked;
    expect(api.health().models.map(({ model }) => model)).toEqual(['data']);
  });
});
