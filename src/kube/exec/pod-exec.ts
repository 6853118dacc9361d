/**
 * Runs a command in a container of a pod by the API server's `exec` (Kubernetes API, pods/exec), over a WebSocket of the
 * protocol v4.channel.k8s.io: nothing is ever sent to the command, so that what v5 adds, closing its input, is not needed.
 */
import type { ClientRequest, IncomingMessage } from 'node:http';
import { WebSocket, type ClientOptions, type RawData } from 'ws';
import type { Clock, PodAnswer, PodExec, PodPlace } from '../../core/ports/index.js';
import { AccessError } from '../access/access-error.js';
import { ApiError, apiError, troubleOf } from '../access/api-error.js';
import { readBody } from '../access/body.js';
import type { ClusterAccess } from '../access/cluster-access.js';
import { currentCredentials, type CurrentCredentials } from '../access/credentials.js';
import { plainText } from '../plain-text.js';
import { isRaw, present, text } from '../raw.js';

export interface PodExecOptions {
  /** @throws AccessError where it cannot be used. */
  readonly access: () => Promise<ClusterAccess>;
  readonly clock: Clock;
  /** As in `holdfast/0.1.0`. */
  readonly userAgent: string;
  /** Milliseconds for one command, connecting included. */
  readonly deadlineMs?: number;
}

const protocol = 'v4.channel.k8s.io';
/** Bytes: of what a command may print, and of the API server's words where it refuses. */
const most = { output: 1_048_576, refusal: 65_536 } as const;
const channels = { stdout: 1, status: 3 } as const;

/** Never rejects but for an aborted signal. */
export function podExec(options: PodExecOptions): PodExec {
  return {
    run: async (place, command, signal) => {
      try {
        const access = await options.access();
        const credentials = await currentCredentials(access);
        const socket = opened({ access, credentials, userAgent: options.userAgent }, pathOf(place, command));
        return await heard(socket, options, signal);
      } catch (error) {
        signal?.throwIfAborted();
        return missingOf(error, place);
      }
    },
  };
}

/** @throws AccessError for names that no pod can have. */
function pathOf({ namespace, pod, container }: PodPlace, command: readonly string[]): string {
  for (const name of [namespace, pod, container])
    if (!/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(name))
      throw new AccessError('No pod has such a name.');
  const query = new URLSearchParams({
    container,
    stdin: 'false',
    stdout: 'true',
    stderr: 'false',
    tty: 'false',
  });
  for (const word of command) query.append('command', word);
  return `/api/v1/namespaces/${namespace}/pods/${pod}/exec?${query.toString()}`;
}

interface Opening {
  readonly access: ClusterAccess;
  readonly credentials: CurrentCredentials;
  readonly userAgent: string;
}

function opened({ access, credentials: { tls, token }, userAgent }: Opening, path: string): WebSocket {
  const { server, tlsServerName: servername } = access;
  const options: ClientOptions = {
    ...tls,
    ...present({ servername }),
    headers: present({
      'user-agent': userAgent,
      authorization: token === undefined ? undefined : `Bearer ${token}`,
    }),
    maxPayload: most.output,
    perMessageDeflate: false,
    followRedirects: false,
  };
  return new WebSocket(
    `wss://${server.host}${server.pathname.replace(/\/$/, '')}${path}`,
    [protocol],
    options,
  );
}

/** What the command printed until it ended. Rejects where that cannot be told. */
function heard(
  socket: WebSocket,
  { clock, deadlineMs = 120_000 }: PodExecOptions,
  signal?: AbortSignal,
): Promise<PodAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<PodAnswer>();
  const printed: Buffer[] = [];
  let length = 0;
  const cancel = clock.after(deadlineMs, () => {
    reject(new Error('no answer in time'));
  });
  const abort = (): void => {
    reject(new Error('it was broken off'));
  };
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  socket.on('unexpected-response', (_request: ClientRequest, response: IncomingMessage) => {
    void refusalIn(response).then(reject);
  });
  socket.on('error', reject);
  socket.on('close', () => {
    reject(new Error('the connection ended before the command'));
  });
  socket.on('message', (data: RawData) => {
    const frame = bytesOf(data);
    if (frame[0] === channels.stdout) {
      printed.push(frame.subarray(1));
      length += frame.length - 1;
      if (length > most.output) reject(new Error('it prints more than is read'));
    } else if (frame[0] === channels.status) {
      // What is thrown in here would reach nobody.
      resolve(Promise.resolve(frame.subarray(1)).then((words) => endOf(words, printed)));
    }
  });
  return promise.finally(() => {
    cancel();
    signal?.removeEventListener('abort', abort);
    socket.terminate();
  });
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

/** The last word is a Status. A command that ends with an error has printed what it has printed. */
function endOf(words: Buffer, printed: readonly Buffer[]): PodAnswer {
  const status = parsed(words.toString('utf8'));
  const told = isRaw(status) ? status : {};
  if (text(told, 'status') === 'Success' || text(told, 'reason') === 'NonZeroExitCode')
    return { stdout: Buffer.concat(printed).toString('utf8') };
  throw new Error(plainText(text(told, 'message') ?? 'the command could not be run'));
}

/** The engine's own message would quote the text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error('the last word is no JSON');
  }
}

async function refusalIn(response: IncomingMessage): Promise<Error> {
  const body = await readBody(response, most.refusal).catch(() => undefined);
  return apiError(response.statusCode ?? 0, body);
}

function missingOf(error: unknown, { namespace }: PodPlace): PodAnswer {
  const missing = troubleOf(error);
  if (!(error instanceof ApiError) || (error.status !== 403 && error.status !== 401)) return { missing };
  const permission = `get and create on pods/exec in the namespace ${namespace}, for Holdfast's account on the cluster`;
  return { missing, permission };
}
