import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ControllerCertificate } from './certificate.js';
import { patience } from './patience.js';

/** A request as the server got it. */
export interface Received {
  readonly path: string;
  readonly call: string;
  readonly version: number;
  readonly id?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What the server does with a request: answer it, refuse it, stay mute, or drop the connection. */
export type Reaction =
  | { readonly response: unknown }
  | { readonly error: string; readonly code?: string; readonly info?: object }
  | 'mute'
  | 'drop'
  | { readonly raw: string };

export type Behaviour = (request: Received, count: number) => Reaction | Promise<Reaction>;

export interface JujuServer {
  readonly address: string;
  readonly port: number;
  readonly received: Received[];
  /** Connections accepted so far. */
  readonly accepted: number;
  readonly open: number;
  /** Requests of one call such as `Client.FullStatus`. */
  count(call: string): number;
  behave(behaviour: Behaviour): void;
  /** Cuts every open connection. */
  cut(): void;
  /** From now on pings stay unanswered, as from a host that vanished. */
  freeze(): void;
  close(): Promise<void>;
}

/** A real WebSocket server over TLS that answers as it is told to. */
export async function jujuServer(
  certificate: ControllerCertificate,
  behaviour: Behaviour,
  port = 0,
): Promise<JujuServer> {
  const server = createServer({ cert: certificate.cert, key: certificate.key });
  const sockets = new WebSocketServer({ server, autoPong: false });
  const received: Received[] = [];
  let behave = behaviour;
  let accepted = 0;
  let frozen = false;
  sockets.on('connection', (socket, request) => {
    accepted += 1;
    socket.on('error', () => undefined);
    socket.on('ping', (data: Buffer) => {
      if (!frozen) socket.pong(data);
    });
    socket.on('message', (data: Buffer) => {
      if (!frozen) void react(socket, request.url ?? '', JSON.parse(data.toString()) as Wire);
    });
  });
  async function react(socket: WebSocket, path: string, wire: Wire): Promise<void> {
    const request = receivedOf(path, wire);
    received.push(request);
    const reaction = await behave(request, count(request.call));
    if (reaction === 'mute') return;
    if (reaction === 'drop') socket.terminate();
    else socket.send('raw' in reaction ? reaction.raw : answerOf(wire['request-id'], reaction));
  }
  function count(call: string): number {
    return received.filter((request) => request.call === call).length;
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;
  return {
    address: `127.0.0.1:${bound}`,
    port: bound,
    received,
    get accepted() {
      return accepted;
    },
    get open() {
      return sockets.clients.size;
    },
    count,
    behave: (next) => {
      behave = next;
    },
    cut: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
    freeze: () => {
      frozen = true;
    },
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Wire {
  readonly 'request-id': number;
  readonly type: string;
  readonly request: string;
  readonly version: number;
  readonly id?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

function receivedOf(path: string, { type, request, version, id, params = {} }: Wire): Received {
  return { path, call: `${type}.${request}`, version, params, ...(id === undefined ? {} : { id }) };
}

function answerOf(
  id: number,
  reaction:
    | { readonly response: unknown }
    | { readonly error: string; readonly code?: string; readonly info?: object },
): string {
  if ('response' in reaction) return JSON.stringify({ 'request-id': id, response: reaction.response });
  const { error, code, info } = reaction;
  return JSON.stringify({ 'request-id': id, error, 'error-code': code, 'error-info': info, response: {} });
}

/** What a controller tells at login; parts of it may be set. */
export function loginAnswer(parts: object = {}): { readonly response: object } {
  return {
    response: {
      servers: [],
      'controller-tag': 'controller-b9ab8cfb-a5eb-42cb-8085-5b3117f3744d',
      'user-info': { identity: 'user-observer', 'controller-access': 'login', 'model-access': 'read' },
      facades: [
        { name: 'Client', versions: [6, 7, 8] },
        { name: 'ModelManager', versions: [9, 10] },
        { name: 'UserManager', versions: [3] },
      ],
      'server-version': '3.6.28',
      ...parts,
    },
  };
}

/** Waits until something holds, looking every few milliseconds; fails with the name of what was waited for. */
export async function eventually(what: string, holds: () => boolean, ms = patience): Promise<void> {
  const end = Date.now() + ms;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
