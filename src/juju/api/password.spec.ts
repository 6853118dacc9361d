import { afterEach, describe, expect, it, test } from '@jest/globals';
import { canary, deafAddress, failureOf } from '../../../test/support/juju-connection.js';
import { certificate, connected, endAll, other, serving } from '../../../test/support/juju-links.js';
import { eventually, type Reaction } from '../../../test/support/juju-server.js';

const status = { facade: 'Client', request: 'FullStatus' } as const;

afterEach(endAll);

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
