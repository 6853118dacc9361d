import { afterEach, describe, expect, it } from '@jest/globals';
import { get, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { sampleReport, sampleView } from '../../../test/support/report-samples.js';
import { hashNamed } from '../../../test/support/journal-samples.js';
import { webDefaults, type WebPolicy } from '../../core/policy/web.js';
import type { Clock, DaemonView } from '../../core/ports/index.js';
import { realClock } from '../../simulator/real-clock.js';
import { isLoopback, parseListen } from './host.js';
import { serveWeb, type WebServer } from './server.js';
import type { WebOptions } from './types.js';
import { createLog } from '../log.js';

const open: WebServer[] = [];
const guarded: WebPolicy = {
  ...webDefaults,
  tokens: [{ name: 'anna', role: 'approver', digest: hashNamed('secret') }],
  proxied: true,
};
const lines: string[] = [];
afterEach(async () => {
  lines.length = 0;
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(view: () => DaemonView | undefined, more: Partial<WebOptions> = {}): Promise<WebServer> {
  const server = await serveWeb({
    listen: '127.0.0.1:0',
    view,
    metrics: { text: () => Promise.resolve('holdfast_ready 1\n'), contentType: 'text/plain; version=0.0.4' },
    log: createLog({ level: 'debug', destination: { write: (line) => void lines.push(line) } }),
    clock: realClock(),
    guides: [],
    ...more,
  });
  open.push(server);
  return server;
}

async function urlOf(view: () => DaemonView | undefined = () => sampleView()): Promise<string> {
  return `http://${(await serve(view)).address}`;
}

/** The status of a request that names the host given. */
async function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { host }, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}

describe('the report server', () => {
  it('reports the port that it took', async () => {
    expect((await serve(() => undefined)).address).toMatch(/^127\.0\.0\.1:[1-9]\d+$/);
  });

  it.each([
    ['/', 'text/html; charset=utf-8', '<h1>Overview</h1>'],
    ['/report.html', 'text/html; charset=utf-8', 'ETCD-TLS-01'],
    ['/report.json', 'application/json; charset=utf-8', '"kind":"Report"'],
    ['/report.json?from=bookmark', 'application/json; charset=utf-8', '"kind":"Report"'],
    [
      '/plans.json',
      'application/json; charset=utf-8',
      '"kind":"PlanList","version":"v1","items":[{"kind":"Plan"',
    ],
    ['/remediations.json', 'application/json; charset=utf-8', '"kind":"RemediationList"'],
    ['/healthz', 'text/plain; charset=utf-8', 'ok'],
    ['/readyz', 'application/json; charset=utf-8', '{"ready":true,"reasons":[]}'],
    ['/metrics', 'text/plain; version=0.0.4', 'holdfast_ready 1'],
  ])('serves %s, and the same headers to HEAD', async (path, type, part) => {
    const url = await urlOf();
    const got = await fetch(url + path);
    const body = await got.text();
    expect([got.status, got.headers.get('content-type')]).toEqual([200, type]);
    expect(body).toContain(part);
    const head = await fetch(url + path, { method: 'HEAD' });
    // The report goes out in pieces, whose length nobody knows beforehand.
    const length = path.startsWith('/report.json') ? null : String(Buffer.byteLength(body));
    expect(head.headers.get('content-length')).toBe(length);
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, type, '']);
  });

  it('serves the report as it is at the request', async () => {
    let score = 10;
    const report = sampleReport();
    const view = sampleView({ report: () => ({ ...report, summary: { ...report.summary, score } }) });
    const url = await urlOf(() => view);
    score = 90;
    expect(await (await fetch(`${url}/report.json`)).json()).toMatchObject({ summary: { score: 90 } });
  });

  it('is alive but not ready while starting', async () => {
    const url = await urlOf(() => undefined);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, reasons: ['starting'] }]);
    expect((await fetch(`${url}/`)).status).toBe(503);
    expect((await fetch(`${url}/metrics`)).status).toBe(200);
  });

  it('says why it is not ready', async () => {
    const readiness = { ready: false, reasons: ['controller prod was not read for 90 s'] };
    const ready = await fetch(`${await urlOf(() => sampleView({ readiness: () => readiness }))}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, readiness]);
  });

  it.each(['/nothing', '/report.json/', '/../etc/passwd', '/%2e%2e/x', '//healthz', '/__proto__'])(
    'answers 404 in plain text for %s',
    async (path) => {
      const got = await fetch((await urlOf()) + path);
      expect([got.status, got.headers.get('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
    },
  );

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    'answers 405 to %s and names what it allows',
    async (method) => {
      const got = await fetch(`${await urlOf()}/report.json`, { method });
      expect([got.status, got.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    },
  );

  it('takes no body where nothing can be sent', async () => {
    const got = await fetch(`${await urlOf()}/report.json`, { method: 'POST', body: 'x' });
    expect(got.status).toBe(405);
  });

  it.each(['/', '/metrics', '/nothing', '/readyz'])('sends security headers with %s', async (path) => {
    const { headers } = await fetch((await urlOf()) + path);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each([
    ['localhost', 200],
    ['localhost:8420', 200],
    ['LOCALHOST', 200],
    ['127.0.0.1:9', 200],
    ['127.8.8.8', 200],
    ['[::1]:8420', 200],
    ['holdfast.ops.svc:8420', 200],
    ['evil.example', 421],
    ['127.evil.example', 421],
    ['127.0.0.1.evil.example:8420', 421],
    ['localhost.evil.example', 421],
    ['evil.example@localhost', 421],
    ['192.0.2.7', 421],
    ['[::1', 421],
  ])('answers a request for host "%s" with %i', async (host, status) => {
    const { address } = await serve(() => sampleView(), {
      web: { ...webDefaults, hosts: ['Holdfast.ops.svc'] },
    });
    expect(await statusFor(`http://${address}/report.json`, host)).toBe(status);
  });

  it.each([
    ['no host at all', 'GET /report.json HTTP/1.0\r\n\r\n', 421],
    ['an empty host', 'GET /report.json HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n', 421],
    ['another host in the path', 'GET http://evil.example/ HTTP/1.0\r\nHost: localhost\r\n\r\n', 404],
    ['nonsense', '\u0000\u0001 nonsense\r\n\r\n', 400],
  ])('refuses %s, and goes on', async (_, bytes, status) => {
    const { address } = await serve(() => sampleView());
    const { host, port } = parseListen(address);
    const socket = connect(port, host);
    socket.end(bytes);
    expect(await textOf(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect((await fetch(`http://${address}/healthz`)).status).toBe(200);
  });

  it('answers under the address at which it was reached when it listens on all', async () => {
    const { address } = await serve(() => sampleView(), { listen: '0.0.0.0:0', web: guarded });
    const url = `http://127.0.0.1:${address.split(':')[1] ?? ''}/healthz`;
    expect(await statusFor(url, '127.0.0.1')).toBe(200);
    expect(await statusFor(url, '203.0.113.9')).toBe(421);
  });

  it('answers 500 without the error in it when something breaks, logs it, and goes on', async () => {
    const view = sampleView({
      plans: () => {
        throw new Error('inner trouble');
      },
    });
    const url = await urlOf(() => view);
    const got = await fetch(`${url}/plans.json`);
    expect(got.status).toBe(500);
    expect(await got.text()).not.toContain('inner trouble');
    expect(lines.join('')).toContain('inner trouble');
    expect((await fetch(`${url}/report.json`)).status).toBe(200);
  });

  it('refuses headers beyond eight kilobytes', async () => {
    const got = await fetch(`${await urlOf()}/healthz`, { headers: { 'x-long': 'x'.repeat(9000) } });
    expect(got.status).toBe(431);
  });

  it('closes at once when nothing is under way, and closing again is the same', async () => {
    const server = await serve(() => sampleView());
    await fetch(`http://${server.address}/healthz`);
    await Promise.all([server.close(), server.close()]);
    await server.close();
    await expect(fetch(`http://${server.address}/healthz`)).rejects.toThrow('fetch failed');
  });

  it('lets an answer under way finish when it closes', async () => {
    let finish: (text: string) => void = () => undefined;
    let asked: () => void = () => undefined;
    const started = new Promise<void>((resolve) => (asked = resolve));
    const text = (): Promise<string> => {
      asked();
      return new Promise((resolve) => (finish = resolve));
    };
    const server = await serve(() => undefined, { metrics: { text, contentType: 'text/plain' } });
    const answer = fetch(`http://${server.address}/metrics`);
    await started;
    const closed = server.close();
    finish('all of it');
    expect(await (await answer).text()).toBe('all of it');
    await closed;
  });

  it('cuts off who does not finish once the time for closing is over', async () => {
    const tasks: (() => void)[] = [];
    const clock: Clock = {
      ...realClock(),
      after: (ms, task) => {
        if (ms === 2000) tasks.push(task);
        return () => undefined;
      },
    };
    const server = await serve(() => undefined, { clock });
    const stuck = httpRequest(`http://${server.address}/healthz`, { method: 'POST', agent: false });
    stuck.setHeader('content-length', '10').flushHeaders();
    const cut = new Promise<unknown>((resolve) => stuck.on('error', resolve).on('close', resolve));
    await new Promise((resolve) => stuck.on('socket', (socket) => socket.on('connect', resolve)));
    const closed = server.close();
    for (const task of tasks) task();
    await Promise.all([closed, cut]);
    expect(tasks).toHaveLength(1);
  });

  it('says in one sentence that it cannot listen where another does', async () => {
    const { address } = await serve(() => undefined);
    await expect(serve(() => undefined, { listen: address })).rejects.toThrow(
      `cannot listen on ${address}: another program listens there already, perhaps another holdfast: end it, or choose another port (--listen or HOLDFAST_LISTEN; port 0 takes a free one)`,
    );
  });
});

describe('a listen address', () => {
  it.each([
    ['127.0.0.1:8420', { host: '127.0.0.1', port: 8420 }],
    ['[::1]:0', { host: '::1', port: 0 }],
    ['holdfast.local:80', { host: 'holdfast.local', port: 80 }],
  ])('%s is host and port', (text, parts) => {
    expect(parseListen(text)).toEqual(parts);
  });

  it.each([
    '',
    '8420',
    ':8420',
    'localhost',
    'localhost:',
    'localhost:99999',
    '::1:80',
    'http://x:1',
    'a b:1',
  ])('"%s" is refused with an example', (text) => {
    expect(() => parseListen(text)).toThrow('is not host:port, such as 127.0.0.1:8420');
  });

  it('is loopback only by address or by the name localhost', () => {
    expect(['localhost', '127.0.0.1', '127.1.2.3', '::1'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '10.0.0.1', '127.evil.example', 'localhost.example'].some(isLoopback)).toBe(false);
  });
});
