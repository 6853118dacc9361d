import { afterEach, beforeAll, describe, expect, it, test } from '@jest/globals';
import { controllerCertificate, type ControllerCertificate } from '../../../test/support/certificate.js';
import {
  canary,
  connectTo,
  deafAddress,
  failureOf,
  type TestConnection,
} from '../../../test/support/juju-connection.js';
import {
  eventually,
  jujuServer,
  loginAnswer,
  type JujuServer,
  type Reaction,
} from '../../../test/support/juju-server.js';

const status = { facade: 'Client', request: 'FullStatus' } as const;
let certificate: ControllerCertificate;
let other: ControllerCertificate;
const running: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  certificate = await controllerCertificate();
  other = await controllerCertificate();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((thing) => thing.close()));
});

async function serving(login: Reaction = loginAnswer(), trust = certificate, port = 0): Promise<JujuServer> {
  const server = await jujuServer(
    trust,
    ({ call }) => (call === 'Admin.Login' ? login : { response: {} }),
    port,
  );
  running.push(server);
  return server;
}

function connected(...parameters: Parameters<typeof connectTo>): TestConnection {
  const connection = connectTo(...parameters);
  running.push({ close: () => connection.link.close() });
  return connection;
}

describe('the password', () => {
  const inJson = JSON.stringify(canary).slice(1, -1);

  function expectSilence(error: Error, log: { readonly lines: readonly string[] }): void {
    const said = [error.message, error.stack ?? '', JSON.stringify(error), ...log.lines].join('\n');
    expect(said).not.toContain(canary);
    expect(said).not.toContain(inJson);
  }

  test.each<[string, Reaction]>([
    [
      'refuses the login and quotes it',
      { error: `bad password ${canary}`, code: `x ${canary}`, info: { a: canary } },
    ],
    ['drops the connection at login', 'drop'],
    ['answers garbage that quotes it', { raw: `garbage ${canary}` }],
    ['wants a discharge', { response: { 'discharge-required': { password: canary } } }],
    [
      'redirects to nowhere',
      { error: canary, code: 'redirection required', info: { servers: [], 'ca-cert': canary } },
    ],
  ])('is in no error and no log when the controller %s', async (_, reaction) => {
    const server = await serving(reaction);
    const { link, log } = connected([server], certificate.caCert);
    expectSilence(await failureOf(link.open()), log);
  });

  it('is in no error and no log when the login times out', async () => {
    const server = await serving('mute');
    const { link, clock, log } = connected([server], certificate.caCert);
    const pending = failureOf(link.open());
    await eventually('the login', () => server.received.length === 1);
    await clock.advance(30_000);
    expectSilence(await pending, log);
  });

  it('is in no error and no log when the certificate is not trusted', async () => {
    const { link, log } = connected([await serving()], other.caCert);
    expectSilence(await failureOf(link.open()), log);
  });

  it('is in no error and no log when nobody listens', async () => {
    const { link, log } = connected([await deafAddress()], certificate.caCert);
    expectSilence(await failureOf(link.open()), log);
  });

  it('is in no error and no log when it stands in the address by mistake', async () => {
    const { link, log } = connected([`observer:${canary}@127.0.0.1:17070`], certificate.caCert);
    expectSilence(await failureOf(link.open()), log);
  });

  it('is in no error and no log when the socket is no longer open', async () => {
    const server = await serving();
    const { link, log } = connected([server], certificate.caCert);
    const { rpc } = await link.open();
    rpc.drop('cut');
    const again = { type: 'Admin', version: 3, request: 'Login', params: { credentials: canary } };
    expectSilence(await failureOf(rpc.call(again)), log);
  });

  it('is in no error and no log when a later answer quotes it', async () => {
    const server = await serving();
    const { link, log } = connected([server], certificate.caCert);
    await link.open();
    server.behave(() => ({ error: `you said ${canary}`, code: 'not valid' }));
    expectSilence(await failureOf(link.call(status)), log);
  });
});
