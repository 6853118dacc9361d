import { afterEach, describe, expect, it } from '@jest/globals';
import {
  canary,
  failureOf,
  passTime,
  type connectTo,
  type TestConnection,
} from '../../../test/support/juju-connection.js';
import { eventually, type JujuServer } from '../../../test/support/juju-server.js';
import {
  answering,
  certificate,
  connected as connectedTo,
  endAll,
} from '../../../test/support/juju-links.js';
import { ConnectionError, JujuApiError } from './api-error.js';

const status = { facade: 'Client', request: 'FullStatus', params: { patterns: [] } } as const;
const users = { facade: 'UserManager', request: 'UserInfo' } as const;

afterEach(endAll);

function connected(server: JujuServer, settings?: Parameters<typeof connectTo>[2]): TestConnection {
  return connectedTo([server], certificate.caCert, settings);
}

describe('a call', () => {
  it('logs in once, telling Juju’s audit log who we are, and names the facade version it used', async () => {
    const server = await answering();
    const { link } = connected(server);
    const [one, two] = await Promise.all([link.call(status), link.call(users)]);
    expect(one).toEqual({ answer: { fine: true }, call: 'Client.FullStatus v8' });
    expect(two.call).toBe('UserManager.UserInfo v3');
    const logins = server.received.filter(({ call }) => call === 'Admin.Login');
    expect(logins).toEqual([
      {
        path: '/api',
        call: 'Admin.Login',
        version: 3,
        params: {
          'auth-tag': 'user-observer',
          credentials: canary,
          nonce: '',
          macaroons: [],
          'user-data': '',
          'cli-args': 'holdfast 1.2.3: observe',
          'client-version': '1.2.3',
        },
      },
    ]);
  });

  it('keeps Juju’s error code and what comes with it', async () => {
    const server = await answering(() => ({
      error: 'the operation has been blocked',
      code: 'operation is blocked',
      info: { 'command-set': 'all' },
    }));
    const error = await failureOf(connected(server).link.call(status));
    expect(error).toBeInstanceOf(JujuApiError);
    expect(error).toMatchObject({
      message: 'the operation has been blocked',
      code: 'operation is blocked',
      info: { 'command-set': 'all' },
      call: 'Client.FullStatus',
    });
  });

  it('of a facade that this controller lacks is refused without asking', async () => {
    const server = await answering();
    const error = await failureOf(connected(server).link.call({ facade: 'Secrets', request: 'ListSecrets' }));
    expect(error).toMatchObject({ code: 'not supported', call: 'Secrets.ListSecrets' });
    expect(server.count('Secrets.ListSecrets')).toBe(0);
  });

  it('fails at its deadline, and the connection goes on', async () => {
    const server = await answering((request) =>
      request.call === 'Client.FullStatus' ? 'mute' : { response: {} },
    );
    const { link, clock } = connected(server, { pingEvery: 1e12 });
    const pending = failureOf(link.call(status));
    await eventually('the request', () => server.count('Client.FullStatus') === 1);
    await clock.advance(60_000 - 1);
    await link.call(users);
    await clock.advance(1);
    expect(await pending).toMatchObject({
      code: 'deadline exceeded',
      message: 'Client.FullStatus: no answer within 60 s',
    });
    expect(server.accepted).toBe(1);
  });

  it('ends when its signal says so', async () => {
    const server = await answering(() => 'mute');
    const { link } = connected(server);
    const abort = new AbortController();
    const pending = failureOf(link.call(status, { signal: abort.signal }));
    await eventually('the request', () => server.count('Client.FullStatus') === 1);
    abort.abort(new Error('enough'));
    expect((await pending).message).toBe('enough');
  });

  it('waiting without deadline and all others settle when the connection drops', async () => {
    const server = await answering(() => 'mute');
    const { link } = connected(server);
    const calls = [link.call(status, { timeout: Infinity }), link.call(users), link.call(status)];
    const failures = Promise.all(calls.map(failureOf));
    await eventually('the requests', () => server.received.length === 4);
    server.cut();
    for (const failure of await failures) expect(failure).toBeInstanceOf(ConnectionError);
  });

  it.each([
    ['a request id that is no number', '{"request-id":{"toString":1,"valueOf":1},"response":{}}'],
    ['no object at all', 'null'],
    ['an answer to nobody', '{"request-id":4711,"response":{}}'],
  ])('outlives a frame with %s', async (_, raw) => {
    const server = await answering((_request, count) =>
      count === 1 ? { raw } : { response: { fine: true } },
    );
    const { link, clock } = connected(server, { callTimeout: 1000 });
    const first = failureOf(link.call(status));
    await passTime(clock, 200, 'the first call to be given up', () => server.count('Client.FullStatus') > 0);
    const second = await link.call(status);
    expect(second.answer).toEqual({ fine: true });
    await clock.advance(2000);
    expect(await first).toBeInstanceOf(JujuApiError);
  });

  it('that is refused with details nested beyond measure is refused all the same', async () => {
    const depth = 20_000;
    const info = JSON.stringify({ a: 1 }).replace('1', '['.repeat(depth) + ']'.repeat(depth));
    const server = await answering(() => ({
      raw: `{"request-id":2,"error":"no","error-code":"forbidden","error-info":${info}}`,
    }));
    const error = await failureOf(connected(server).link.call(status));
    expect(error).toBeInstanceOf(JujuApiError);
    expect(error).toMatchObject({ message: 'no', code: 'forbidden', info: {} });
  });

  it('answered with something that is no JSON ends the connection with that reason', async () => {
    const server = await answering(() => ({ raw: 'garbage' }));
    const error = await failureOf(connected(server).link.call(status));
    expect(error).toMatchObject({ message: 'the controller sent something that is no JSON' });
  });

  it('with an answer larger than allowed ends the connection', async () => {
    const server = await answering(() => ({ response: { text: 'x'.repeat(5000) } }));
    const error = await failureOf(connected(server, { largestMessage: 4000 }).link.call(status));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toMatch(/max payload size exceeded/i);
  });

  it('works again after an answer nobody waited for any more', async () => {
    let late: () => void = () => undefined;
    const server = await answering(async (request) => {
      if (request.call === 'Client.FullStatus') await new Promise<void>((resolve) => (late = resolve));
      return { response: {} };
    });
    const { link, clock } = connected(server, { pingEvery: 1e12 });
    const pending = failureOf(link.call(status));
    await eventually('the request', () => server.count('Client.FullStatus') === 1);
    await clock.advance(60_000);
    await pending;
    late();
    expect((await link.call(users)).call).toBe('UserManager.UserInfo v3');
  });
});

describe('a connection', () => {
  it('that no longer answers pings is given up, and its calls with it', async () => {
    const server = await answering(() => 'mute');
    const { link, clock } = connected(server, { callTimeout: 1_000_000 });
    const pending = failureOf(link.call(status));
    await eventually('the request', () => server.count('Client.FullStatus') === 1);
    server.freeze();
    await clock.advance(30_000);
    await clock.advance(10_000);
    expect((await pending).message).toBe('no answer to a ping within 10 s');
  });

  it('that answers its pings lives on', async () => {
    const server = await answering();
    const { link, clock } = connected(server);
    await link.call(status);
    for (let minute = 0; minute < 20; minute += 1) {
      await clock.advance(30_000);
      // The answer comes after the pong on the same connection.
      await link.call(status);
      await clock.advance(10_000);
    }
    await link.call(status);
    expect(server.accepted).toBe(1);
  });

  it('lost is opened anew by the next call and counted', async () => {
    const server = await answering();
    const { link, pool } = connected(server);
    await link.call(status);
    server.cut();
    await eventually('the loss', () => link.login === undefined);
    await link.call(status);
    expect(server.accepted).toBe(2);
    expect(pool.tally).toMatchObject({ calls: 2, reconnects: 1 });
    expect(pool.tally.callsBy).toEqual(new Map([['Client.FullStatus', 2]]));
  });

  it('counts its errors by what they mean for the next try, and lost connections apart', async () => {
    const server = await answering((_request, count) =>
      count === 1 ? { error: 'permission denied', code: 'unauthorized access' } : 'drop',
    );
    const { link, pool } = connected(server);
    for (let n = 0; n < 2; n += 1) await failureOf(link.call(status));
    const errors = [...pool.tally.errorsBy].filter(([, count]) => count > 0);
    expect(errors).toEqual([
      ['connection', 1],
      ['denied', 1],
    ]);
    expect(pool.tally.errors).toBe(2);
  });

  it('older than a week logs in anew', async () => {
    const server = await answering();
    const { link, clock } = connected(server, { pingEvery: 1e12 });
    await link.call(status);
    await clock.advance(7 * 86_400_000 - 1000);
    await link.call(status);
    expect(server.count('Admin.Login')).toBe(1);
    await clock.advance(2000);
    await link.call(status);
    expect(server.count('Admin.Login')).toBe(2);
  });

  it('closed by us stays closed, with a sentence', async () => {
    const server = await answering();
    const { link } = connected(server);
    await link.call(status);
    await link.close();
    expect((await failureOf(link.call(status))).message).toBe('the connection was closed by us');
    await eventually('the end', () => server.open === 0);
  });

  it('beyond the limit of open ones closes the one idle for longest', async () => {
    const server = await answering();
    const { pool, link } = connected(server, { mostOpen: 2 });
    const credentials = { user: 'observer', password: canary };
    const models = ['a', 'b'].map((name) => pool.modelLink(name, credentials));
    for (const one of [link, ...models]) await one.call(status);
    await eventually('two connections', () => server.open === 2);
    expect(link.login).toBeUndefined();
    await link.call(status);
    expect(server.accepted).toBe(4);
    await Promise.all(models.map((one) => one.close()));
  });
});
