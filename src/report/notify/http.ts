/** One POST: through a proxy or not, to no other host than the one named, and never for longer than it may take. */
import type { Dispatcher } from 'undici';
import type { HttpAccess } from '../../core/policy/notify.js';
import type { SendOutcome } from '../../core/ports/notifier.js';
import { transportReason } from '../../core/transport-reason.js';

export interface Poster {
  post(url: string, body: string, headers: Headers, signal: AbortSignal): Promise<SendOutcome>;
  close(): Promise<void>;
}

export type Headers = Readonly<Record<string, string>>;

/** ms for everything: connecting, sending, the answer. */
export const answerMs = 10_000;
const mostRedirects = 3;

export function httpPoster(access: HttpAccess, timeout = answerMs): Poster {
  let dispatcher: Promise<Dispatcher> | undefined;
  const fixed = headersFor(access);
  return {
    post: async (url, body, headers, signal) => {
      const ending = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
      dispatcher ??= dispatcherFor(access, timeout);
      return post({ url, body, headers: { ...fixed, ...headers }, dispatcher: await dispatcher }, ending);
    },
    close: async () => {
      await (await dispatcher)?.destroy();
    },
  };
}

/** The library is loaded with the first message: a daemon that tells nobody does without it. */
async function dispatcherFor({ caCert, proxy }: HttpAccess, timeout: number): Promise<Dispatcher> {
  const { Agent, ProxyAgent } = await import('undici');
  const tls = { ...(caCert === undefined ? {} : { ca: caCert }), timeout };
  const limits = { headersTimeout: timeout, bodyTimeout: timeout, connections: 2, allowH2: false };
  if (proxy === undefined) return new Agent({ ...limits, connect: tls });
  const { origin, username, password } = new URL(proxy);
  const token = `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
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

function headersFor({ bearerToken, login }: HttpAccess): Headers {
  if (bearerToken !== undefined) return { authorization: `Bearer ${bearerToken}` };
  if (login === undefined) return {};
  const token = Buffer.from(`${login.user}:${login.password}`).toString('base64');
  return { authorization: `Basic ${token}` };
}

interface Posted {
  readonly url: string;
  readonly body: string;
  readonly headers: Headers;
  readonly dispatcher: Dispatcher;
}

async function post(posted: Posted, signal: AbortSignal): Promise<SendOutcome> {
  try {
    return await follow(posted, signal, mostRedirects);
  } catch (error) {
    return { state: 'failed', reason: transportReason(error) };
  }
}

async function follow(posted: Posted, signal: AbortSignal, left: number): Promise<SendOutcome> {
  const { url, body, headers, dispatcher } = posted;
  const { request } = await import('undici');
  const answer = await request(url, { method: 'POST', body, headers, dispatcher, signal });
  // Read and thrown away, as far as it is short: what a target says is not told to anybody.
  await answer.body.dump({ limit: 65_536 });
  const { statusCode, headers: said } = answer;
  if (statusCode < 300) return { state: 'delivered' };
  if (statusCode < 400)
    return redirected({ posted, statusCode, location: one(said['location']) }, signal, left);
  return failed(statusCode, one(said['retry-after']));
}

interface Redirect {
  readonly posted: Posted;
  readonly statusCode: number;
  readonly location: string | undefined;
}

/** Whoever answers may not have our secrets sent elsewhere; 301 to 303 would lose the body. */
function redirected(
  { posted, statusCode, location }: Redirect,
  signal: AbortSignal,
  left: number,
): Promise<SendOutcome> {
  const from = new URL(posted.url);
  const to = location === undefined ? null : URL.parse(location, from.href);
  const mayFollow = (statusCode === 307 || statusCode === 308) && to?.origin === from.origin && left > 0;
  if (to !== null && mayFollow) return follow({ ...posted, url: to.href }, signal, left - 1);
  const where = to === null || to.origin === from.origin ? '' : ' to another host';
  return Promise.resolve({ state: 'failed', reason: `redirected${where} (${statusCode})` });
}

/** What the same message will never make better. */
const hopeless: ReadonlySet<number> = new Set([400, 413, 415, 422]);

function failed(statusCode: number, retryAfter: string | undefined): SendOutcome {
  const reason = `answered ${statusCode}`;
  if (hopeless.has(statusCode)) return { state: 'refused', reason };
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds > 0
    ? { state: 'failed', reason, retryAfter: seconds * 1000 }
    : { state: 'failed', reason };
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
