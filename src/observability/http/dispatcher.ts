import type { Dispatcher } from 'undici';
import type { HttpAccess } from '../../core/policy/notify.js';

/**
 * Connections to one server, through a proxy or not. `timeout` in ms, for each of connecting, headers and body. The
 * library is loaded by who asks somebody: a daemon that watches no stack does without it.
 */
export async function dispatcherFor({ caCert, proxy }: HttpAccess, timeout: number): Promise<Dispatcher> {
  const { Agent, ProxyAgent } = await import('undici');
  const tls = { ...(caCert === undefined ? {} : { ca: caCert }), timeout };
  const limits = { headersTimeout: timeout, bodyTimeout: timeout, connections: 4, allowH2: false };
  if (proxy === undefined) return new Agent({ ...limits, connect: tls });
  const { origin, username, password } = new URL(proxy);
  const token = basic(decodeURIComponent(username), decodeURIComponent(password));
  return new ProxyAgent({
    ...limits,
    uri: origin,
    ...(username === '' ? {} : { token }),
    requestTls: tls,
    proxyTls: tls,
    connect: { timeout },
    proxyTunnel: true,
  });
}

/** What tells the server who asks. */
export function headersFor(
  { bearerToken, login }: HttpAccess,
  tenant: string | undefined,
): Readonly<Record<string, string>> {
  const authorization =
    bearerToken !== undefined
      ? `Bearer ${bearerToken}`
      : login === undefined
        ? undefined
        : basic(login.user, login.password);
  return {
    accept: 'application/json, application/yaml;q=0.9, text/plain;q=0.8',
    ...(authorization === undefined ? {} : { authorization }),
    ...(tenant === undefined ? {} : { 'x-scope-orgid': tenant }),
  };
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
