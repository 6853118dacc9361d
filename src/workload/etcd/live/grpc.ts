/** Single gRPC calls over a connection that stands (gRPC over HTTP2). */
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import type { Clock } from '../../../core/ports/time.js';

/** `code`: the status of gRPC; undefined where none came. */
export interface GrpcAnswer {
  readonly code: number | undefined;
  readonly message: string;
  readonly body: Buffer;
}

export interface GrpcLimits {
  readonly clock: Clock;
  readonly deadlineMs: number;
}

const longestAnswer = 1_048_576;
const longestMessage = 300;
/** What is asked; nothing unless said. */
export interface GrpcRequest {
  readonly body?: Buffer;
  /** As etcd gave it to a user who showed his password. */
  readonly token?: string;
}

/** Never rejects: a connection that breaks gives no code. */
export function call(
  session: ClientHttp2Session,
  path: string,
  limits: GrpcLimits,
  request: GrpcRequest = {},
): Promise<GrpcAnswer> {
  const { promise, resolve } = Promise.withResolvers<GrpcAnswer>();
  const heard: Heard = { chunks: [], headers: {}, length: 0 };
  const finish = (why: string): void => {
    resolve(answerOf(heard, why));
  };
  const cancel = limits.clock.after(limits.deadlineMs, () => {
    finish('no answer in time');
  });
  session.once('error', (error: Error) => {
    finish(error.message);
  });
  session.once('close', () => {
    finish(closed);
  });
  if (session.closed || session.destroyed) finish(closed);
  else {
    const { token, body } = request;
    const headers = { ...head, ':path': path, ...(token === undefined ? {} : { token }) };
    const stream = session.request(headers);
    listen(stream, heard, finish);
    stream.end(framed(body));
  }
  return promise.finally(cancel);
}

const closed = 'the connection was closed';
const head = { ':method': 'POST', 'content-type': 'application/grpc', te: 'trailers' } as const;

interface Heard {
  readonly chunks: Buffer[];
  headers: IncomingHttpHeaders;
  length: number;
}

function listen(stream: ClientHttp2Stream, heard: Heard, finish: (why: string) => void): void {
  const note = (headers: IncomingHttpHeaders): void => {
    heard.headers = { ...heard.headers, ...headers };
  };
  stream.on('response', note);
  stream.on('trailers', note);
  stream.on('data', (chunk: Buffer) => {
    heard.length += chunk.length;
    if (heard.length > longestAnswer) finish('the answer is too long');
    else heard.chunks.push(chunk);
  });
  stream.on('error', (error: Error) => {
    finish(error.message);
  });
  stream.on('end', () => {
    finish('');
  });
}

/** Not compressed, then its length. */
function framed(body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

function answerOf({ headers, chunks }: Heard, why: string): GrpcAnswer {
  const status = headers['grpc-status'];
  const code = typeof status === 'string' && /^\d{1,3}$/.test(status) ? Number(status) : undefined;
  const said = headers['grpc-message'];
  const message = typeof said === 'string' ? decoded(said) : why;
  return { code, message: message.slice(0, longestMessage), body: Buffer.concat(chunks).subarray(5) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
