/** Requests to the page and its API, as bytes on a socket: of whoever reaches the port, with a token and without. */
import { createConnection } from 'node:net';
import type { Log } from '../../../src/core/ports/index.js';
import { webDefaults, type WebPolicy } from '../../../src/core/policy/web.js';
import { guides } from '../../../src/guides/index.js';
import { serveWeb, type WebServer } from '../../../src/report/web/server.js';
import { createHash } from 'node:crypto';
import { openApiDocument } from '../../../src/config/schemas/openapi.js';
import { hostileJournal, hostileView } from '../../support/hostile.js';
import { realClock } from '../../support/real-clock.js';
import { utf8, type Target } from '../target.js';

/** In the corpus this stands for the real one. */
const token = 'anna-0123456789abcdef0123456789';
const digest = createHash('sha256').update(token).digest('hex');
const web: WebPolicy = { ...webDefaults, tokens: [{ name: 'anna', role: 'approver', digest }] };

let troubles: string[] = [];
const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => {
    troubles.push(`${message}: ${JSON.stringify(fields)}`);
  },
  child: () => log,
};

/** Whoever has a token may ask so often a minute; then the next server takes over. */
const mostAsked = 1000;
let asked = 0;
let server: Promise<WebServer> | undefined;

function serving(): Promise<WebServer> {
  asked += 1;
  if (asked % mostAsked === 0) {
    void server?.then((old) => old.close());
    server = undefined;
  }
  return (server ??= start());
}

async function start(): Promise<WebServer> {
  const journal = await hostileJournal();
  return serveWeb({
    listen: '127.0.0.1:0',
    web,
    view: hostileView,
    metrics: { text: () => Promise.resolve('holdfast_ready 1\n'), contentType: 'text/plain; version=0.0.4' },
    guides,
    journal,
    openApi: () => Promise.resolve(openApiDocument()),
    log,
    clock: realClock(),
  });
}

/** ms for the first bytes of an answer; a stream of events has them at once as well. */
const patience = 2000;

function answerTo(bytes: Buffer, port: number): Promise<string> {
  // Each from another address, so that the limits for one of them do not answer for all.
  const localAddress = `127.${asked % 200}.${(asked >> 8) % 200}.${1 + (asked % 199)}`;
  return new Promise((resolve) => {
    let heard = '';
    const socket = createConnection({ host: '127.0.0.1', port, localAddress });
    const done = (): void => {
      socket.destroy();
      resolve(heard);
    };
    socket.setTimeout(patience, done);
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      if (heard.includes('\r\n\r\n')) done();
    });
    socket.on('error', done).on('close', done);
    socket.end(bytes);
  });
}

async function request(bytes: Buffer): Promise<unknown> {
  const { address } = await serving();
  const port = Number(address.split(':').at(-1));
  const raw = utf8(bytes).replaceAll('HOST', address).replaceAll('TOKEN', token);
  troubles = [];
  const heard = await answerTo(Buffer.from(raw.replace(/\r?\n/g, '\r\n')), port);
  if (/^HTTP\/1\.1 5(?!0[13])/.test(heard))
    throw new TypeError(`it answers ${heard.slice(0, 20)}: ${troubles.join(' ')}`);
  if (troubles.length > 0) throw new TypeError(troubles.join(' '));
  if (/^content-type: text\/html/im.test(heard) && heard.includes('<script>globalThis'))
    throw new TypeError('markup of the request is in the answer');
  return heard.slice(9, 12);
}

export const httpTargets: readonly Target[] = [
  {
    name: 'http',
    read: request,
    refusals: [],
    longest: 20_000,
    words: [
      'GET ',
      'POST ',
      ' HTTP/1.1\n',
      'host: HOST\n',
      'authorization: Bearer TOKEN\n',
      '/api/v1/findings',
      '/findings?q=',
      '/plans/',
      '/login',
      'content-length: ',
      'cookie: ',
      'accept: text/html\n',
    ],
  },
];
