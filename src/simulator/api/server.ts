/** The controller's API server: WebSockets over TLS at `/api` and `/model/UUID/api`, on loopback. */
import { createServer, type Server } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { KeyAndCertificate } from '../pki/authority.js';
import type { SimController } from '../world/state.js';
import type { Door } from './login.js';
import { openSession, parseRequest, type Session } from './session.js';

export interface ApiServer {
  readonly port: number;
  /** Cuts every connection. */
  drop(): void;
  /** Closes the port with its connections. */
  stop(): Promise<void>;
  /** Opens the same port again. */
  resume(): Promise<void>;
}

/** Starts to listen on 127.0.0.1; port 0 takes any free one. */
export async function startApiServer(
  controller: SimController,
  identity: KeyAndCertificate,
): Promise<ApiServer> {
  const sockets = new Map<WebSocket, Session>();
  const raw = new Set<Socket>();
  const upgrader = new WebSocketServer({ noServer: true });
  let server = newServer();
  const port = await listen(server, 0);

  function newServer(): Server {
    const fresh = createServer({ ...identity }, (_request, response) => {
      response.writeHead(404).end();
    });
    fresh.on('upgrade', upgrade);
    fresh.on('secureConnection', track);
    fresh.on('connection', track);
    return fresh;
  }

  function track(socket: Socket): void {
    raw.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => raw.delete(socket));
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const door = doorAt(controller, request.url ?? '');
    if (door === undefined) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    upgrader.handleUpgrade(request, socket, head, (webSocket) => {
      sockets.set(webSocket, serve(door, webSocket));
      webSocket.on('close', () => {
        sockets.get(webSocket)?.close();
        sockets.delete(webSocket);
      });
    });
  }

  function drop(): void {
    for (const webSocket of sockets.keys()) webSocket.terminate();
    for (const socket of raw) socket.destroy();
  }

  return {
    port,
    drop,
    stop: () => {
      const closed = close(server);
      drop();
      return closed;
    },
    resume: async () => {
      server = newServer();
      await listen(server, port);
    },
  };
}

function serve(door: Door, webSocket: WebSocket): Session {
  const session = openSession(door);
  webSocket.on('error', () => undefined);
  webSocket.on('message', (data: Buffer) => {
    const request = parseRequest(data.toString('utf8'));
    if (request === undefined) {
      webSocket.close();
      return;
    }
    void session.request(request).then((reply) => {
      if (webSocket.readyState === webSocket.OPEN) webSocket.send(JSON.stringify(reply));
      if (session.isOver()) webSocket.close();
    });
  });
  return session;
}

function doorAt(controller: SimController, url: string): Door | undefined {
  if (url === '/api') return { controller };
  const modelUuid = /^\/model\/([^/]+)\/api$/.exec(url)?.[1];
  return modelUuid === undefined ? undefined : { controller, modelUuid };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
