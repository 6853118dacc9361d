/** A server that answers as a test tells it, on a real socket, and remembers what it was asked. */
import { once } from 'node:events';
import {
  createServer as plainServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as tlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ControllerCertificate } from './certificate.js';

export interface Question {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

/** Writes the response itself. */
class Sent {
  readonly write: (response: ServerResponse) => void;

  constructor(write: (response: ServerResponse) => void) {
    this.write = write;
  }
}

export function sent(write: (response: ServerResponse) => void): Sent {
  return new Sent(write);
}

/** An object is answered as JSON, a text as it is, a number as that status with a text that nobody should see. */
export type Reply = object | string | number;
export type Answers = Readonly<Record<string, Reply | ((question: Question) => Reply)>>;

export interface StackServer {
  readonly url: string;
  readonly asked: readonly Question[];
  answer(answers: Answers): void;
  close(): Promise<void>;
}

/** What no report, log or error may hold. */
export const canary = 'hunter2-canary';

export async function stackServer(
  answers: Answers,
  certificate?: ControllerCertificate,
): Promise<StackServer> {
  let current = answers;
  const asked: Question[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'http://stack');
    const question = { path: url.pathname, query: url.searchParams, headers: request.headers };
    asked.push(question);
    reply(response, replyTo(current, question));
  };
  const server: Server = certificate === undefined ? plainServer(listener) : tlsServer(certificate, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: certificate === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`,
    asked,
    answer: (next) => (current = next),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function replyTo(answers: Answers, question: Question): Reply {
  const answer = answers[question.path] ?? 404;
  return typeof answer === 'function' ? (answer as (asked: Question) => Reply)(question) : answer;
}

function reply(response: ServerResponse, answer: Reply): void {
  if (answer instanceof Sent) answer.write(response);
  else if (typeof answer === 'number') response.writeHead(answer).end(canary);
  else if (typeof answer === 'string') response.writeHead(200, { 'content-type': 'text/plain' }).end(answer);
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}
