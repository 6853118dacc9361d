import { afterEach, describe, expect, it, test } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import { controllerCertificate } from '../../../test/support/certificate.js';
import { canary, deafAddress, failureOf, passTime } from '../../../test/support/juju-connection.js';
import { certificate, connected, endAll, other, running, serving } from '../../../test/support/juju-links.js';
import {
  eventually,
  loginAnswer,
  type JujuServer,
  type Reaction,
} from '../../../test/support/juju-server.js';
import { ConnectionError, JujuApiError, troubleOf } from './api-error.js';

afterEach(endAll);

describe('trust', () => {
  it('goes by the CA as it is at the moment of connecting', async () => {
    const server = await serving();
    let ca = other.caCert;
    const { link, clock } = connected([server], other.caCert, {}, () => ({ currentCa: () => ca }));
    expect((await failureOf(link.open())).message).toMatch(/not signed by the CA that we trust/);
    ca = certificate.caCert;
    let isOpen = false;
    const opening = link.open().then(() => (isOpen = true));
    await passTime(clock, 1000, 'the connection', () => isOpen);
    await opening;
  });

  it('wants the CA that was given, and says so', async () => {
    const server = await serving();
    const error = await failureOf(connected([server], other.caCert).link.open());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toMatch(/not signed by the CA that we trust/);
    expect(server.received).toEqual([]);
  });

  it('wants a certificate made for a controller', async () => {
    const foreign = await controllerCertificate(['www.example.com']);
    const server = await serving(loginAnswer(), foreign);
    const error = await failureOf(connected([server], foreign.caCert).link.open());
    expect(error.message).toMatch(/for another name/);
  });

  it('falls back on the system’s roots without a CA, not on no check at all', async () => {
    const server = await serving();
    const error = await failureOf(connected([server], undefined).link.open());
    expect(error.message).toMatch(/not signed by the CA that we trust/);
    expect(server.received).toEqual([]);
  });
});

describe('addresses', () => {
  it('are tried in turn until one answers', async () => {
    const server = await serving();
    const { link } = connected([await deafAddress(), await deafAddress(), server], certificate.caCert);
    expect((await link.open()).address).toBe(server.address);
  });

  it('that hang do not hold up the next one', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const hanging = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const server = await serving();
    const { link, clock } = connected([hanging, server], certificate.caCert);
    const opening = link.open();
    await clock.advance(300);
    expect((await opening).address).toBe(server.address);
    silent.close();
  });

  it('that all fail are all named', async () => {
    const addresses = [await deafAddress(), await deafAddress()];
    const error = await failureOf(connected(addresses, certificate.caCert).link.open());
    for (const address of addresses)
      expect(error.message).toContain(`${address}: connection refused: nothing listens there`);
  });

  it('are learned from the login: another node takes over when the first one goes', async () => {
    const second = await serving();
    const nodes = [[{ value: '127.0.0.1', port: second.port, scope: 'public' }]];
    const first = await serving(loginAnswer({ servers: nodes }));
    const { link, dialer } = connected([first], certificate.caCert);
    await link.open();
    expect(dialer.addresses).toEqual([first.address, second.address]);
    await first.close();
    await eventually('the loss', () => link.login === undefined);
    expect((await link.open()).address).toBe(second.address);
    expect(dialer.addresses).toEqual([second.address, first.address]);
  });

  it('none at all is an ordinary failure', async () => {
    expect((await failureOf(connected([], undefined).link.open())).message).toBe(
      'no controller address is known',
    );
  });
});

describe('after failures', () => {
  it('tries come at doubling pauses, and the first success ends them', async () => {
    const address = await deafAddress();
    const { link, clock } = connected([address], certificate.caCert, { backoffMost: 8000 });
    const pauses: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const begun = clock.now();
      let over = false;
      const opening = failureOf(link.open()).finally(() => (over = true));
      await passTime(clock, 500, 'the try', () => over);
      await opening;
      pauses.push(Math.round((clock.now() - begun) / 1000));
    }
    // Time goes on a little while the real socket works.
    expect(
      pauses.map((pause, round) => pause - [0, 1, 2, 4, 8, 8][round]!).every((d) => d >= 0 && d <= 2),
    ).toBe(true);
    const server = await serving(loginAnswer(), certificate, Number(address.split(':')[1]));
    let session: unknown;
    const opening = link.open().then((opened) => (session = opened));
    await passTime(clock, 500, 'the session', () => session !== undefined);
    await opening;
    server.cut();
    await eventually('the loss', () => link.login === undefined);
    expect((await link.open()).address).toBe(address);
  });

  it('a clock that is set back by a day makes no pause longer', async () => {
    const address = await deafAddress();
    let offset = 0;
    const { link, clock } = connected([address], certificate.caCert, { backoffMost: 8000 }, (own) => ({
      clock: { ...own, now: () => own.now() + offset },
    }));
    await failureOf(link.open());
    offset = -86_400_000;
    const before = clock.now();
    let isOver = false;
    const second = failureOf(link.open()).finally(() => (isOver = true));
    await passTime(clock, 500, 'the second try', () => isOver);
    await second;
    // Virtual time runs on while the real socket works: what counts is that it is far from a day.
    expect(clock.now() - before).toBeLessThan(3_600_000);
  });

  it('many connections together try no more often than one', async () => {
    const address = await deafAddress();
    const { pool, clock, dialer } = connected([address], certificate.caCert, { mostOpening: 2 });
    const credentials = { user: 'observer', password: canary };
    const links = Array.from({ length: 40 }, (_, n) => pool.modelLink(`m${n}`, credentials));
    await failureOf(dialer.dial({ path: '/api', credentials }, new AbortController().signal));
    let over = false;
    const all = Promise.all(links.map((link) => failureOf(link.open()))).finally(() => (over = true));
    await passTime(clock, 1000, 'all failures', () => over);
    const failures = new Set(await all);
    // The two that tried, and all others with the failure of one of them.
    expect(failures.size).toBeLessThanOrEqual(2);
  });

  it('a refused login does not count as an unreachable controller', async () => {
    const server = await serving({ error: 'invalid entity name or password', code: 'unauthorized access' });
    const { link } = connected([server], certificate.caCert);
    for (let round = 0; round < 3; round += 1) {
      const error = await failureOf(link.open());
      expect(troubleOf(error)).toBe('denied');
    }
    expect(server.count('Admin.Login')).toBe(3);
  });
});

describe('login', () => {
  it('of a user whom an identity provider knows says what to do instead', async () => {
    const server = await serving({ response: { 'discharge-required': {}, 'discharge-required-error': 'x' } });
    const error = await failureOf(connected([server], certificate.caCert).link.open());
    expect(error).toMatchObject({ code: 'macaroon discharge required', call: 'Admin.Login' });
    expect(error.message).toContain('a local user of the controller');
  });

  it('tells who we are and what the controller offers', async () => {
    const server = await serving(loginAnswer({ 'model-tag': 'model-5a50fc0f-aa4b-4d80-8cdf-377867712c4b' }));
    const { login } = await connected([server], certificate.caCert).link.open();
    expect(login).toMatchObject({
      controllerUuid: 'b9ab8cfb-a5eb-42cb-8085-5b3117f3744d',
      modelUuid: '5a50fc0f-aa4b-4d80-8cdf-377867712c4b',
      serverVersion: '3.6.28',
      user: 'observer',
      controllerAccess: 'login',
      modelAccess: 'read',
    });
    expect(login.facades['Client']).toEqual([6, 7, 8]);
  });

  test.each([[{}], [{ facades: 7, 'user-info': null, servers: 'x' }], [{ facades: [null, { name: 'A' }] }]])(
    'survives an answer such as %j',
    async (parts) => {
      const server = await serving({ response: parts });
      const { login } = await connected([server], certificate.caCert).link.open();
      expect(login).toMatchObject({ user: '', serverVersion: '', addresses: [] });
    },
  );
});

describe('a migrated model', () => {
  function moved(to: JujuServer, caCert = other.caCert): Reaction {
    const servers = [[{ value: '127.0.0.1', port: to.port, scope: 'public' }]];
    return {
      error: 'redirection to alternative server required',
      code: 'redirection required',
      info: { servers, 'ca-cert': caCert, 'controller-tag': 'controller-x', 'controller-alias': 'dst' },
    };
  }

  it('is followed to its new controller, whose CA comes along', async () => {
    const target = await serving(loginAnswer({ 'server-version': '4.0.15' }), other);
    const source = await serving(moved(target));
    const { pool } = connected([source], certificate.caCert);
    const link = pool.modelLink('5a50fc0f-aa4b-4d80-8cdf-377867712c4b', {
      user: 'observer',
      password: canary,
    });
    running.push(link);
    const session = await link.open();
    expect(session.login.serverVersion).toBe('4.0.15');
    expect(target.received[0]?.path).toBe('/model/5a50fc0f-aa4b-4d80-8cdf-377867712c4b/api');
    expect(link.moved).toBe(true);
    target.cut();
    await eventually('the loss', () => link.login === undefined);
    await link.open();
    expect(target.count('Admin.Login')).toBe(2);
    expect(source.count('Admin.Login')).toBe(1);
  });

  it('whose new controller does not know us says which one refuses', async () => {
    const target = await serving(
      { error: 'invalid entity name or password', code: 'unauthorized access' },
      other,
    );
    const source = await serving(moved(target));
    const error = await failureOf(connected([source], certificate.caCert).link.open());
    expect(error).toMatchObject({ code: 'unauthorized access' });
    expect(error.message).toMatch(/moved to another controller, which refuses/);
  });

  it('sent in a circle gives up', async () => {
    const server = await serving();
    server.behave(() => moved(server, certificate.caCert));
    const error = await failureOf(connected([server], certificate.caCert).link.open());
    expect(error.message).toBe('the model moved too often');
    expect(server.count('Admin.Login')).toBe(4);
  });

  it('with nowhere to go is a plain refusal', async () => {
    const server = await serving({
      error: 'redirection',
      code: 'redirection required',
      info: { servers: 7 },
    });
    const error = await failureOf(connected([server], certificate.caCert).link.open());
    expect(error).toBeInstanceOf(JujuApiError);
    expect(error).toMatchObject({ code: 'redirection required' });
  });
});
