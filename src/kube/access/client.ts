import type { IncomingMessage } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import type { Clock } from '../../core/ports/index.js';
import { apiError } from './api-error.js';
import { readBody } from './body.js';
import type { ClusterAccess } from './cluster-access.js';
import { Connections } from './connections.js';
import { currentCredentials, type CurrentCredentials } from './credentials.js';
import { Deadline } from './deadline.js';
import { present } from '../raw.js';

export interface ClientSettings {
  /** Milliseconds until the head of an answer must be there, connecting included. */
  readonly headDeadlineMs: number;
  /** Milliseconds from there until its body must be whole; not for watches. */
  readonly bodyDeadlineMs: number;
  /** Bytes of one body. */
  readonly bodyLimit: number;
  /** Milliseconds of silence on a connection after which the kernel asks whether the other side still lives. */
  readonly keepAliveMs: number;
}

export const clientDefaults: ClientSettings = {
  headDeadlineMs: 30_000,
  bodyDeadlineMs: 60_000,
  bodyLimit: 64 * 1024 * 1024,
  keepAliveMs: 20_000,
};

export interface ClientOptions {
  readonly access: ClusterAccess;
  readonly clock: Clock;
  /** As in `holdfast/0.1.0`. */
  readonly userAgent: string;
  readonly settings?: Partial<ClientSettings>;
}

export interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query, beginning with a slash. */
  readonly path: string;
  readonly body?: string;
  /** Of the body: `application/json` when absent. Kinds of patches are told apart by it. */
  readonly contentType?: string;
  /** What is wanted back: `application/json` when absent. */
  readonly accept?: string;
}

/** Talks to one API server. Every failure is thrown; no error's text holds a credential. */
export class KubeClient {
  readonly #options: ClientOptions;
  readonly #settings: ClientSettings;
  readonly #connections: Connections;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#settings = { ...clientDefaults, ...options.settings };
    this.#connections = new Connections(options.access);
  }

  /** @throws ApiError for a refusal, AccessError for files that cannot be read, Error for everything else. */
  get(path: string, signal?: AbortSignal): Promise<unknown> {
    return this.ask({ method: 'GET', path }, signal);
  }

  /** Throws as `get` does. */
  post(path: string, body: object, signal?: AbortSignal): Promise<unknown> {
    return this.ask({ method: 'POST', path, body: JSON.stringify(body) }, signal);
  }

  /** Any request with a whole answer. Throws as `get` does. */
  async ask(asked: Asked, signal?: AbortSignal): Promise<unknown> {
    const deadline = this.#deadline(signal);
    try {
      const response = await this.#accepted(asked, deadline);
      deadline.set(this.#settings.bodyDeadlineMs, 'the answer');
      return await readBody(response, this.#settings.bodyLimit);
    } catch (error) {
      throw deadline.signal.aborted ? deadline.signal.reason : error;
    } finally {
      deadline.done();
    }
  }

  /** The answer's body as it comes, for as long as it comes; aborting the signal ends it. Throws as `get` does. */
  async stream(path: string, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const deadline = this.#deadline(signal);
    try {
      const response = await this.#accepted({ method: 'GET', path }, deadline);
      response.once('close', () => {
        deadline.done();
      });
      deadline.lift();
      return response;
    } catch (error) {
      deadline.done();
      throw error;
    }
  }

  close(): void {
    this.#connections.close();
  }

  /** A connection that had to be given up is a bad sign for the idle ones, which went through the same network. */
  #deadline(signal?: AbortSignal): Deadline {
    const deadline = new Deadline(this.#options.clock, signal);
    deadline.signal.addEventListener('abort', () => {
      this.#connections.closeIdle();
    });
    return deadline;
  }

  async #accepted(asked: Asked, deadline: Deadline): Promise<IncomingMessage> {
    deadline.set(this.#settings.headDeadlineMs, 'the API server');
    const credentials = await currentCredentials(this.#options.access);
    const response = await this.#send(asked, credentials, deadline.signal);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return response;
    const body = await readBody(response, this.#settings.bodyLimit).catch(() => undefined);
    throw apiError(status, body, retryAfter(response));
  }

  #send(asked: Asked, credentials: CurrentCredentials, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const sent = request(this.#requestOptions(asked, credentials, signal), resolve);
      sent.on('socket', (socket) => socket.setKeepAlive(true, this.#settings.keepAliveMs));
      sent.on('error', (error) => {
        reject(signal.aborted ? (signal.reason as Error) : error);
      });
      sent.end(asked.body);
    });
  }

  #requestOptions(asked: Asked, { tls, token }: CurrentCredentials, signal: AbortSignal): RequestOptions {
    const { server } = this.#options.access;
    const prefix = server.pathname.replace(/\/$/, '');
    return {
      method: asked.method,
      host: server.hostname.replace(/^\[|\]$/g, ''),
      port: server.port === '' ? 443 : server.port,
      path: prefix + asked.path,
      agent: this.#connections.agentFor(tls),
      signal,
      headers: present({
        accept: asked.accept ?? 'application/json',
        'user-agent': this.#options.userAgent,
        'content-type': asked.body === undefined ? undefined : (asked.contentType ?? 'application/json'),
        authorization: token === undefined ? undefined : `Bearer ${token}`,
      }),
    };
  }
}

/** Milliseconds; Kubernetes gives whole seconds. */
function retryAfter(response: IncomingMessage): number | undefined {
  const seconds = Number(response.headers['retry-after'] ?? '');
  return seconds > 0 && seconds <= 3600 ? seconds * 1000 : undefined;
}
