/** What takes messages to their targets, on real servers. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { messageOf } from '../../src/core/notify/group.js';
import type { Message } from '../../src/core/notify/message.js';
import type { HttpAccess, NotifyTarget } from '../../src/core/policy/notify.js';
import type { SendOutcome } from '../../src/core/ports/notifier.js';
import { httpPoster } from '../../src/report/notify/http.js';
import { makeSenders } from '../../src/report/notify/senders.js';
import { controllerCertificate, type ControllerCertificate } from '../support/certificate.js';
import { connectProxy, listener, mailbox, type Listener } from '../support/listener.js';
import { alertNamed, start, webhookNamed } from '../support/notify-samples.js';
import { realClock } from '../support/real-clock.js';

const secret = 'a key of twenty bytes';
let certificate: ControllerCertificate;
const closing: (() => Promise<void>)[] = [];
let server: Listener;

beforeAll(async () => {
  certificate = await controllerCertificate(['localhost']);
});
beforeEach(async () => {
  server = await open(listener(certificate));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open<T extends { close: () => Promise<void> }>(made: Promise<T>): Promise<T> {
  const one = await made;
  closing.push(() => one.close());
  return one;
}

const message: Message = messageOf(
  'changes',
  {
    firing: [alertNamed('f1', { message: 'a <!channel> & more' })],
    resolved: [{ ...alertNamed('f2'), ending: 'waived' }],
  },
  { newId: () => 'm-1', now: start },
);

async function send(target: NotifyTarget, what = message): Promise<SendOutcome> {
  const sender = await open(makeSenders(realClock())(target, 'https://holdfast.example/'));
  if (sender.takes !== 'messages') throw new Error('it takes no messages');
  return sender.send(what, new AbortController().signal);
}

const trusting = (): HttpAccess => ({ caCert: certificate.caCert });
const webhook = (more: Partial<HttpAccess> = {}): NotifyTarget => ({
  ...webhookNamed('siem'),
  url: `${server.url}/hook`,
  secret,
  access: { ...trusting(), ...more },
});

describe('a webhook', () => {
  it('gets the message as JSON, signed with time and key, under its idempotency key', async () => {
    expect(await send(webhook({ bearerToken: 'token' }))).toEqual({ state: 'delivered' });
    const [{ body, headers, path }] = server.heard as [(typeof server.heard)[number]];
    const [, time, hex] = /^t=(\d+),v1=([\da-f]{64})$/.exec(String(headers['holdfast-signature'])) ?? [];
    expect(hex).toBe(createHmac('sha256', secret).update(`${time}.${body}`).digest('hex'));
    expect(Math.abs(Date.now() / 1000 - Number(time))).toBeLessThan(60);
    expect([path, headers['idempotency-key'], headers['authorization']]).toEqual([
      '/hook',
      'm-1',
      'Bearer token',
    ]);
    expect(JSON.parse(body)).toMatchObject({
      kind: 'HoldfastNotification',
      version: 'v1',
      id: 'm-1',
      sort: 'changes',
      link: 'https://holdfast.example/',
      counts: { firing: 1, resolved: 1 },
      firing: [
        { id: 'f1', labels: { alertname: 'HoldfastFinding', holdfast_id: 'f1' }, place: 'prod:data/etcd' },
      ],
      resolved: [{ id: 'f2', ending: 'waived' }],
    });
  });

  it('is not told where an authority of nobody signed for it', async () => {
    const outcome = await send({ ...webhook(), access: {} } as NotifyTarget);
    expect(outcome).toEqual({
      state: 'failed',
      reason: 'its certificate is of an authority that is not trusted',
    });
    expect(server.heard).toEqual([]);
  });

  it('is not told where the certificate is for another host', async () => {
    const other = await open(listener(await controllerCertificate(['elsewhere'])));
    const outcome = await send({ ...webhookNamed('siem'), url: other.url, access: trusting() });
    expect(outcome.state).toBe('failed');
    expect(other.heard).toEqual([]);
  });

  it('is reached through a proxy that wants a password, which no other sees', async () => {
    const proxy = await open(connectProxy());
    const outcome = await send(webhook({ proxy: `http://anna:s%40cret@127.0.0.1:${proxy.port}` }));
    expect(outcome).toEqual({ state: 'delivered' });
    const authorization = `Basic ${Buffer.from('anna:s@cret').toString('base64')}`;
    expect(proxy.tunnels).toEqual([{ to: new URL(server.url).host, authorization }]);
    expect(server.heard[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  it.each([307, 308])('is followed to another path of its host after %i', async (status) => {
    server.answer = ({ path }) =>
      path === '/hook' ? { status, headers: { location: '/new' } } : { status: 204 };
    expect(await send(webhook())).toEqual({ state: 'delivered' });
    expect(server.heard.map(({ path, body }) => [path, body.length > 0])).toEqual([
      ['/hook', true],
      ['/new', true],
    ]);
  });

  it.each([301, 302, 303, 307, 308])('is not followed to another host after %i', async (status) => {
    const other = await open(listener(certificate));
    server.answer = () => ({ status, headers: { location: `${other.url}/stolen` } });
    expect(await send(webhook({ bearerToken: 'token' }))).toEqual({
      state: 'failed',
      reason: `redirected to another host (${status})`,
    });
    expect(other.heard).toEqual([]);
  });

  it('is not followed round and round', async () => {
    server.answer = () => ({ status: 308, headers: { location: '/hook' } });
    expect(await send(webhook())).toEqual({ state: 'failed', reason: 'redirected (308)' });
    expect(server.heard).toHaveLength(4);
  });

  it.each<[number, Readonly<Record<string, string>>, SendOutcome]>([
    [200, {}, { state: 'delivered' }],
    [202, {}, { state: 'delivered' }],
    [400, {}, { state: 'refused', reason: 'answered 400' }],
    [401, {}, { state: 'failed', reason: 'answered 401' }],
    [404, {}, { state: 'failed', reason: 'answered 404' }],
    [429, { 'retry-after': '7' }, { state: 'failed', reason: 'answered 429', retryAfter: 7000 }],
    [503, { 'retry-after': 'never' }, { state: 'failed', reason: 'answered 503' }],
  ])('that answers %i', async (status, headers, expected) => {
    server.answer = () => ({ status, headers });
    expect(await send(webhook())).toEqual(expected);
  });

  it('that does not answer is given up, and what it says late is not waited for', async () => {
    server.answer = () => 'never';
    const poster = await open(Promise.resolve(httpPoster(trusting(), 1500)));
    const outcome = await poster.post(server.url, '{}', {}, new AbortController().signal);
    expect(outcome).toEqual({ state: 'failed', reason: 'no answer in time' });
  });

  it('that is not there is told so without its address', async () => {
    const { url } = server;
    await server.close();
    closing.splice(0);
    expect(await send({ ...webhookNamed('siem'), url: `${url}/secret-path`, access: trusting() })).toEqual({
      state: 'failed',
      reason: 'connection refused',
    });
  });
});

describe('Slack and its like', () => {
  it('gets one text and its lines, in which nobody is called by what a model is named', async () => {
    const target = {
      type: 'slack',
      name: 'chat',
      url: `${server.url}/services/T/B/x`,
      access: trusting(),
    } as const;
    expect(await send(target)).toEqual({ state: 'delivered' });
    const body = JSON.parse(server.heard[0]?.body ?? '') as {
      text: string;
      attachments: { text: string; color: string }[];
    };
    expect(body.text).toBe('Holdfast on prod:data: 1 new (1 high), 1 over');
    expect(body.attachments).toMatchObject([{ color: 'danger' }]);
    expect(body.attachments[0]?.text.split('\n')).toEqual([
      '[high] ETCD-TLS-01 Clients speak TLS on prod:data/etcd: a &lt;!channel&gt; &amp; more',
      '[over] ETCD-TLS-01 Clients speak TLS on prod:data/etcd: waived',
      '<https://holdfast.example/|Holdfast>',
    ]);
  });
});

describe('a mailbox', () => {
  const mailTo = (port: number): NotifyTarget => ({
    type: 'email',
    name: 'mail',
    host: '127.0.0.1',
    port,
    security: 'none',
    from: 'holdfast@example.org',
    to: ['anna@example.org', 'bert@example.org'],
  });

  it('gets a mail in plain text with an id that stays the same', async () => {
    const box = await open(mailbox());
    expect(await send(mailTo(box.port))).toEqual({ state: 'delivered' });
    const [mail = ''] = box.mails;
    expect(mail).toContain('Message-ID: <m-1@example.org>');
    expect(mail).toContain('Subject: Holdfast on prod:data: 1 new (1 high), 1 over');
    expect(mail).toContain('[over] ETCD-TLS-01');
    expect(mail).toMatch(/Content-Type: text\/plain/);
  });

  it('that refuses a mail will not take it later, and one that is full may', async () => {
    const box = await open(mailbox());
    box.verdict = '554 spam';
    expect(await send(mailTo(box.port))).toEqual({ state: 'refused', reason: 'answered 554' });
    box.verdict = '452 full';
    expect(await send(mailTo(box.port))).toEqual({ state: 'failed', reason: 'answered 452' });
  });

  it('is not given a mail unencrypted where it should be encrypted', async () => {
    const box = await open(mailbox());
    const outcome = await send({ ...mailTo(box.port), security: 'starttls' } as NotifyTarget);
    expect(outcome.state).toBe('failed');
    expect(box.mails).toEqual([]);
  });
});

describe('Alertmanagers', () => {
  it('are all told all of it, in requests of a bounded size, and one that fails is said', async () => {
    const other = await open(listener(certificate));
    const target = {
      type: 'alertmanager',
      name: 'am',
      urls: [`${server.url}/`, `${other.url}/am`],
      access: trusting(),
    } as const;
    const sender = await open(makeSenders(realClock())(target, undefined));
    if (sender.takes !== 'standing') throw new Error('it takes messages');
    const alerts = Array.from({ length: 600 }, (_one, n) => ({
      alert: alertNamed(`f${n}`),
      endsAt: start + n,
    }));
    const push = () => sender.push(alerts, new AbortController().signal);
    expect(await push()).toEqual({ state: 'delivered' });
    for (const { heard } of [server, other])
      expect(heard.map(({ body }) => (JSON.parse(body) as unknown[]).length)).toEqual([250, 250, 100]);
    expect([server.heard[0]?.path, other.heard[0]?.path]).toEqual(['/api/v2/alerts', '/am/api/v2/alerts']);
    other.answer = () => ({ status: 500 });
    expect(await push()).toEqual({ state: 'failed', reason: 'answered 500' });
    expect(server.heard).toHaveLength(6);
  });
});
