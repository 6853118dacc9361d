/** What a controller sends over its WebSocket. */
import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { unknown, type Reading } from '../../../src/core/fact.js';
import { parseAddress } from '../../../src/juju/api/address.js';
import { ConnectionError, JujuApiError } from '../../../src/juju/api/api-error.js';
import { readLogin } from '../../../src/juju/api/login.js';
import { Rpc } from '../../../src/juju/api/rpc.js';
import { readLine } from '../../../src/juju/audit-log/read-line.js';
import { readFullStatus } from '../../../src/juju/observe/full-status.js';
import { readApplication } from '../../../src/juju/observe/read-application.js';
import { readBlocks } from '../../../src/juju/observe/read-blocks.js';
import { cloudTags, readClouds } from '../../../src/juju/observe/read-clouds.js';
import { readControllerConfig } from '../../../src/juju/observe/read-controller-config.js';
import { readModelConfig, readSecretBackend } from '../../../src/juju/observe/read-model-config.js';
import { readAuthType, readModelInfo } from '../../../src/juju/observe/read-model-info.js';
import { readModelList } from '../../../src/juju/observe/read-models.js';
import { joinOffers, readOffers } from '../../../src/juju/observe/read-offers.js';
import { askOperations } from '../../../src/juju/observe/read-operations.js';
import { readSecrets } from '../../../src/juju/observe/read-secrets.js';
import { readSshKeys } from '../../../src/juju/observe/read-ssh-keys.js';
import { readUsers, userAccounts } from '../../../src/juju/observe/read-users.js';
import { virtualClock } from '../../../src/simulator/virtual-clock.js';
import { jsonIn, utf8, type Target } from '../target.js';

const reading: Reading = { source: { road: 'api', call: 'Fuzz.Call' }, at: '2026-11-22T04:00:00Z' };
const ignored = (): void => undefined;
/** The `response` of an answer as it was captured, or the whole. */
function responseIn(bytes: Buffer): unknown {
  const value = jsonIn(bytes) as { readonly response?: unknown } | null | undefined;
  return value?.response ?? value;
}

/** An open socket on which nothing but these frames comes. */
function socketWith(): WebSocket & EventEmitter {
  const socket = Object.assign(new EventEmitter(), {
    readyState: 1,
    OPEN: 1,
    send: ignored,
    ping: ignored,
    close: ignored,
    terminate: ignored,
  });
  return socket as unknown as WebSocket & EventEmitter;
}

/** Each line is a frame; the first call waits for its answer. */
async function frames(bytes: Buffer): Promise<unknown> {
  const socket = socketWith();
  const rpc = new Rpc(socket, {
    clock: virtualClock(),
    pingEvery: 1000,
    pongWithin: 1000,
    scrub: (text) => text,
  });
  const call = rpc.call({ type: 'Client', version: 8, request: 'FullStatus', params: {} });
  const settled = call.catch((error: unknown) => {
    if (error instanceof ConnectionError || error instanceof JujuApiError) return error.message;
    throw error;
  });
  for (const line of utf8(bytes).split('\n').slice(0, 50)) socket.emit('message', Buffer.from(line));
  rpc.drop('over');
  socket.emit('close', 1006);
  return settled;
}

function allAnswers(bytes: Buffer): unknown {
  const answer = responseIn(bytes);
  const accounts = userAccounts(reading, answer, ignored);
  const seen = readOffers(reading, answer, ignored);
  return [
    readUsers(reading, accounts, true),
    readModelList(reading, answer, ignored),
    seen,
    joinOffers(seen, unknown(reading, 'not seen')),
    joinOffers(seen, seen),
    readSecrets(reading, answer),
    readSshKeys(reading, answer),
    readBlocks(reading, answer),
    readClouds(reading, answer, cloudTags(answer)),
    readClouds(reading, answer, ['cloud-a', 'cloud-b']),
    readControllerConfig(reading, answer),
    readModelConfig(reading, answer),
    readSecretBackend(reading, answer),
    readModelInfo(reading, answer, { superuser: true, onBadName: ignored }),
    readAuthType(reading, answer),
    readApplication(reading, answer),
  ];
}

function operations(bytes: Buffer): unknown {
  const answer = responseIn(bytes);
  const link = {
    login: undefined,
    call: () => Promise.resolve({ answer, call: 'Action.ListOperations v7' }),
  };
  return askOperations(link, virtualClock());
}

const ws = ['captures/real/1-bare/ws', 'captures/real/3-hardened/ws'];

export const apiTargets: readonly Target[] = [
  {
    name: 'ws-frames',
    read: frames,
    refusals: [],
    words: ['request-id', 'response', 'error', 'error-code', 'error-info', '1'],
  },
  {
    name: 'ws-login',
    read: (bytes) => readLogin(responseIn(bytes)),
    refusals: [JujuApiError],
    seeds: ['captures/real/1-bare/ws/login-controller.json', 'captures/real/1-bare/ws/login-model.json'],
  },
  {
    name: 'ws-full-status',
    read: (bytes) => readFullStatus(reading, responseIn(bytes), ignored),
    refusals: [/^the answer to Client\.FullStatus names no model$/],
    seeds: [
      'captures/real/1-bare/ws/FullStatus-cos.json',
      'captures/real/1-bare/ws/FullStatus-controller.json',
      'captures/real/1-bare/ws/FullStatus-data.json',
    ],
  },
  { name: 'ws-answers', read: allAnswers, refusals: [], seeds: ws, longest: 64_000 },
  {
    name: 'ws-operations',
    read: operations,
    refusals: [],
    seeds: ['captures/real/1-bare/ws/ListOperations.json', 'captures/real/3-hardened/ws/ListOperations.json'],
    longest: 32_000,
  },
  { name: 'addresses', read: (bytes) => parseAddress(utf8(bytes)), refusals: [ConnectionError] },
  {
    name: 'audit-log-line',
    read: (bytes) => utf8(bytes).split('\n').slice(0, 200).map(readLine),
    refusals: [],
    words: [
      'conversation',
      'request',
      'conversation-id',
      'who',
      'what',
      'when',
      'model-name',
      'facade',
      'method',
    ],
  },
];
