import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { demoEstate } from '../estates/demo.js';
import { startSimulator, type SimulatedController, type Simulator } from '../index.js';
import { createAuthority } from '../pki/authority.js';
import type { RpcReply } from './session.js';

/** `id` stands beside the parameters on the wire: the watcher that a call is about. */
interface Params {
  readonly id?: string;
  readonly [key: string]: unknown;
}

interface Client {
  call(type: string, version: number, request: string, params?: Params): Promise<RpcReply>;
  readonly closed: Promise<void>;
  close(): void;
}

function open(controller: SimulatedController, path: string, ca = controller.caCert): Promise<Client> {
  return new Promise((resolve, reject) => {
    const options: WebSocket.ClientOptions & { servername: string } = { ca, servername: 'juju-apiserver' };
    const socket = new WebSocket(`wss://${controller.addresses[0]!}${path}`, options);
    const waiting = new Map<number, (reply: RpcReply) => void>();
    let sent = 0;
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      const reply = JSON.parse(data.toString()) as RpcReply;
      waiting.get(reply['request-id'])?.(reply);
    });
    socket.on('open', () => {
      resolve({
        call: (type, version, request, { id = '', ...params } = {}) =>
          new Promise((answered) => {
            sent += 1;
            waiting.set(sent, answered);
            socket.send(JSON.stringify({ 'request-id': sent, type, version, id, request, params }));
          }),
        closed: new Promise((ended) =>
          socket.on('close', () => {
            ended();
          }),
        ),
        close: () => {
          socket.close();
        },
      });
    });
  });
}

async function logIn(controller: SimulatedController, path: string, user = 'admin'): Promise<Client> {
  const client = await open(controller, path);
  const { password } = controller.credentials[user]!;
  const reply = await client.call('Admin', 3, 'Login', { 'auth-tag': `user-${user}`, credentials: password });
  expect(reply.error).toBeUndefined();
  return client;
}

describe('a simulated controller over WebSockets', () => {
  let simulator: Simulator;
  let prod: SimulatedController;
  let edge: SimulatedController;
  let dataPath: string;

  beforeAll(async () => {
    simulator = await startSimulator({ estate: demoEstate });
    prod = simulator.controller('prod');
    edge = simulator.controller('edge');
    dataPath = `/model/${prod.models['data']!}/api`;
  });

  afterAll(async () => {
    await simulator.close();
  });

  test.each([
    [
      'a bad password',
      { 'auth-tag': 'user-admin', credentials: 'x' },
      'invalid entity name or password',
      'unauthorized access',
    ],
    [
      'an unknown user',
      { 'auth-tag': 'user-nobody', credentials: 'x' },
      'invalid entity name or password',
      'unauthorized access',
    ],
    [
      'a disabled user',
      { 'auth-tag': 'user-eve', credentials: 'x' },
      'invalid entity name or password',
      'unauthorized access',
    ],
    ['nothing at all', {}, 'failed to authenticate request: unauthorized', 'unauthorized access'],
  ])('refuses a login with %s', async (_name, params, error, code) => {
    const client = await open(prod, '/api');
    expect(await client.call('Admin', 3, 'Login', params)).toMatchObject({
      error,
      'error-code': code,
      response: {},
    });
    client.close();
  });

  test('knows no other model, no other path, and only its own authority', async () => {
    const uuid = 'deadbeef-1bad-500d-9000-4b1d0d06f00d';
    const client = await open(prod, `/model/${uuid}/api`);
    const login = { 'auth-tag': 'user-admin', credentials: prod.credentials['admin']!.password };
    expect(await client.call('Admin', 3, 'Login', login)).toMatchObject({
      error: `unknown model: "${uuid}"`,
      'error-code': 'model not found',
    });
    client.close();
    await expect(open(prod, '/nothing')).rejects.toThrow('404');
    const stranger = await createAuthority('stranger', { now: () => Date.now(), validDays: 1 });
    await expect(open(prod, '/api', stranger.certificate)).rejects.toThrow(/certificate|self.signed/);
  });

  test.each([
    [
      'Client',
      8,
      'FullStatus',
      'facade "Client" not supported for controller API connection',
      'not supported',
    ],
    ['Nope', 1, 'X', 'unknown version 1 for facade type "Nope"', 'not implemented'],
    [
      'ModelManager',
      10,
      'Nope',
      'unknown method "Nope" at version 10 for facade type "ModelManager"',
      'not implemented',
    ],
  ])('refuses %s(%i).%s as recorded', async (...row) => {
    const [type, version, request, error, code] = row;
    const client = await logIn(prod, '/api');
    expect(await client.call(type, version, request)).toMatchObject({ error, 'error-code': code });
    client.close();
  });

  test('a reader gets no offers, a model admin does', async () => {
    const cos = `/model/${prod.models['cos']!}/api`;
    const reader = await logIn(prod, cos, 'dave');
    const admin = await logIn(prod, cos);
    const seen = async (client: Client): Promise<number> => {
      const { response } = await client.call('Client', 8, 'FullStatus');
      return Object.keys((response as { offers: object }).offers).length;
    };
    expect([await seen(reader), await seen(admin)]).toEqual([0, 3]);
    reader.close();
    admin.close();
  });

  test('3.6 wakes those who watch a model, 4.x does not know how', async () => {
    const on40 = await logIn(prod, dataPath);
    expect(await on40.call('Client', 8, 'WatchAll')).toMatchObject({ 'error-code': 'not implemented' });
    on40.close();
    const client = await logIn(edge, `/model/${edge.models['web']!}/api`);
    const { response } = await client.call('Client', 8, 'WatchAll');
    const id = (response as { 'watcher-id': string })['watcher-id'];
    const deltas = async (): Promise<
      readonly (readonly [string, string, { name?: string; exposed?: boolean }])[]
    > => {
      const reply = await client.call('AllWatcher', 3, 'Next', { id });
      return (reply.response as { deltas: [string, string, { name?: string; exposed?: boolean }][] }).deltas;
    };
    expect((await deltas()).length).toBeGreaterThan(5);
    const next = deltas();
    edge.operations.expose('web', 'postgresql');
    const [change] = await next;
    expect(change).toMatchObject(['application', 'change', { name: 'postgresql', exposed: true }]);
    const ended = client.call('AllWatcher', 3, 'Next', { id });
    await client.call('AllWatcher', 3, 'Stop', { id });
    expect(await ended).toMatchObject({ 'error-code': 'stopped' });
    client.close();
  });

  describe('with faults', () => {
    test('is unreachable and comes back on the same port', async () => {
      const client = await logIn(prod, '/api');
      await prod.faults.unreachable(true);
      await client.closed;
      await expect(open(prod, '/api')).rejects.toThrow('ECONNREFUSED');
      await prod.faults.unreachable(false);
      (await logIn(prod, '/api')).close();
    });

    test('hangs a call, denies one, refuses all but status while it upgrades', async () => {
      const client = await logIn(prod, dataPath);
      prod.faults.hang('Block.List', true);
      const patience = new Promise((resolve) => setTimeout(resolve, 150, 'still waiting'));
      expect(await Promise.race([client.call('Block', 2, 'List'), patience])).toBe('still waiting');
      prod.faults.denied('Secrets.ListSecrets', true);
      expect(await client.call('Secrets', 2, 'ListSecrets')).toMatchObject({ error: 'permission denied' });
      prod.faults.upgrade('calls');
      expect(await client.call('ModelConfig', 3, 'ModelGet')).toMatchObject({
        'error-code': 'upgrade in progress',
      });
      expect(await client.call('Client', 8, 'FullStatus')).not.toHaveProperty('error');
      await prod.faults.clear();
      expect(await client.call('ModelConfig', 3, 'ModelGet')).not.toHaveProperty('error');
      client.close();
    });

    test('migrates a model, then redirects its users', async () => {
      const client = await logIn(prod, dataPath);
      prod.faults.migration('data', 'exporting model');
      expect(await client.call('Block', 2, 'List')).toMatchObject({
        'error-code': 'model migration in progress',
      });
      const { response } = await client.call('Client', 8, 'FullStatus');
      expect(response).toMatchObject({
        model: { 'model-status': { status: 'busy', info: 'exporting model' } },
      });
      prod.faults.moved('data', { servers: [[{ value: '127.0.0.1', port: 1 }]], 'ca-cert': edge.caCert });
      await client.closed;
      const again = await open(prod, dataPath);
      const login = { 'auth-tag': 'user-admin', credentials: prod.credentials['admin']!.password };
      expect(await again.call('Admin', 3, 'Login', login)).toMatchObject({
        'error-code': 'redirection required',
        'error-info': { 'ca-cert': edge.caCert },
      });
      again.close();
      await prod.faults.clear();
    });

    test('repeats an old status while its reads are stale', async () => {
      const client = await logIn(prod, dataPath);
      const exposed = async (): Promise<boolean> => {
        const { response } = await client.call('Client', 8, 'FullStatus');
        return (response as { applications: Record<string, { exposed: boolean }> }).applications['etcd']!
          .exposed;
      };
      prod.faults.staleReads(60_000);
      expect(await exposed()).toBe(false);
      prod.operations.expose('data', 'etcd', ['10.0.0.0/8']);
      expect(await exposed()).toBe(false);
      await prod.faults.clear();
      expect(await exposed()).toBe(true);
      client.close();
    });

    test('ends the connections of a user who is disabled', async () => {
      const client = await logIn(prod, '/api', 'carol');
      prod.operations.disableUser('carol');
      expect(await client.call('Pinger', 1, 'Ping')).toMatchObject({ 'error-code': 'unauthorized access' });
      await client.closed;
      prod.operations.enableUser('carol');
      (await logIn(prod, '/api', 'carol')).close();
    });
  });
});
