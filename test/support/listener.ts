/** Real servers that are told: HTTP and HTTPS that write down what they get, a proxy, and a mailbox. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import {
  connect,
  createServer as createSocketServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import type { ControllerCertificate } from './certificate.js';

export interface Heard {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Listener {
  readonly url: string;
  readonly heard: Heard[];
  /** What it says to each request; `never`: nothing, as long as it lives. */
  answer: (heard: Heard) => Answer | 'never';
  close(): Promise<void>;
}

/** HTTPS where it has a certificate. `port` 0 lets the machine choose. */
export async function listener(certificate?: ControllerCertificate, port = 0): Promise<Listener> {
  const heard: Heard[] = [];
  const onRequest: RequestListener = (request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body };
      heard.push(one);
      const answer = self.answer(one);
      if (answer === 'never') return;
      response.writeHead(answer.status, answer.headers).end('what was said');
    });
  };
  const server =
    certificate === undefined ? createServer(onRequest) : createSecureServer(certificate, onRequest);
  const { close, at } = await listening(server, port);
  const scheme = certificate === undefined ? 'http' : 'https';
  const self: Listener = {
    url: `${scheme}://localhost:${at}`,
    heard,
    answer: () => ({ status: 200 }),
    close,
  };
  return self;
}

export interface TestProxy {
  readonly port: number;
  /** `host:port` of every tunnel that was asked for, with the credentials shown. */
  readonly tunnels: { readonly to: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

/** Knows CONNECT only. */
export async function connectProxy(): Promise<TestProxy> {
  const tunnels: TestProxy['tunnels'] = [];
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    tunnels.push({ to: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    const { hostname, port } = new URL(`http://${request.url ?? ''}`);
    const far = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.pipe(socket).pipe(far);
    });
    const close = (): void => {
      far.destroy();
      socket.destroy();
    };
    for (const end of [far, socket]) end.on('error', close);
  });
  const { close, at } = await listening(server, 0);
  return { port: at, tunnels, close };
}

export interface Mailbox {
  readonly port: number;
  readonly mails: string[];
  /** What it says once a mail was given. */
  verdict: string;
  close(): Promise<void>;
}

/** As much of SMTP as a mail needs. */
export async function mailbox(): Promise<Mailbox> {
  const mails: string[] = [];
  const server = createSocketServer((socket) => {
    let text = '';
    let isMail = false;
    socket.write('220 ready\r\n');
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      text += String(chunk);
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const ending = isMail ? text.indexOf('\r\n.\r\n') : end;
        if (ending < 0) return;
        const line = text.slice(0, ending);
        text = text.slice(ending + (isMail ? 5 : 2));
        if (isMail) mails.push(line);
        socket.write(`${isMail ? self.verdict : replyTo(line)}\r\n`);
        isMail = !isMail && line === 'DATA';
      }
    });
  });
  const { close, at } = await listening(server, 0);
  const self: Mailbox = { port: at, mails, verdict: '250 taken', close };
  return self;
}

function replyTo(line: string): string {
  const special: Readonly<Record<string, string>> = {
    DATA: '354 go on',
    QUIT: '221 bye',
    STARTTLS: '502 cannot',
  };
  return special[line] ?? '250 fine';
}

async function listening(server: Server, port: number): Promise<{ at: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  };
  server.on('connection', keep);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    at: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
