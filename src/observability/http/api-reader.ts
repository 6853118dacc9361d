/** Asks one server with GET: to no other host than the one named, never for longer or more than it may take. */
import type { Dispatcher } from 'undici';
import type { StackPart } from '../../core/observability/stack.js';
import type { StackApi } from '../../core/policy/observability.js';
import type { StackPartHealth } from '../../core/ports/index.js';
import { dispatcherFor, headersFor } from './dispatcher.js';
import { transportReason } from '../../core/transport-reason.js';
import { ReadError } from './read-error.js';

export interface ReaderLimits {
  /** ms for one question and its answer. */
  readonly deadline: number;
  /** Bytes of an answer at most. */
  readonly mostBytes: number;
}

export const readerLimits: ReaderLimits = { deadline: 20_000, mostBytes: 32 * 1024 * 1024 };

/** Parameters of a question; one that is given several times as a list. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

export class ApiReader {
  readonly part: StackPart;
  private readonly api: StackApi;
  private readonly limits: ReaderLimits;
  private dispatcher: Promise<Dispatcher> | undefined;
  private readonly headers: Readonly<Record<string, string>>;
  private readonly counts = { requests: 0, errors: 0 };
  private signal: AbortSignal = AbortSignal.abort();
  /** Set while the server is out of reach: it is not tried again in the same reading. */
  private lost: ReadError | undefined;
  private trouble: string | undefined;

  constructor(part: StackPart, api: StackApi, limits: ReaderLimits = readerLimits) {
    this.part = part;
    this.api = api;
    this.limits = limits;
    this.headers = headersFor(api.access, api.tenant);
  }

  /** A new reading begins, and ends with the signal. */
  begin(signal: AbortSignal): void {
    this.signal = signal;
    this.lost = undefined;
    this.trouble = undefined;
  }

  /** The text of the answer. @throws ReadError, or the signal's reason where that aborted. */
  async get(path: string, query: Query = {}): Promise<string> {
    if (this.lost !== undefined) throw this.lost;
    this.counts.requests += 1;
    try {
      return await this.asked(path, query);
    } catch (error) {
      this.signal.throwIfAborted();
      throw this.noted(error);
    }
  }

  health(): StackPartHealth {
    const { part, counts, trouble } = this;
    const reachable = trouble === undefined && counts.requests > 0;
    return { part, reachable, ...counts, ...(trouble === undefined ? {} : { trouble }) };
  }

  async close(): Promise<void> {
    await (await this.dispatcher)?.destroy();
  }

  private async asked(path: string, query: Query): Promise<string> {
    const { api, headers, limits } = this;
    const signal = AbortSignal.any([this.signal, AbortSignal.timeout(limits.deadline)]);
    this.dispatcher ??= dispatcherFor(api.access, limits.deadline);
    const dispatcher = await this.dispatcher;
    const { request } = await import('undici');
    const url = urlOf(api.url, path, query);
    const answer = await request(url, { method: 'GET', headers, dispatcher, signal });
    const { statusCode, body } = answer;
    if (statusCode === 200) return textOf(body, limits.mostBytes);
    // Read and thrown away, as far as it is short: what a server says of a refusal is not told to anybody.
    await body.dump({ limit: 65_536 });
    throw this.refusal(statusCode, path);
  }

  private refusal(status: number, path: string): ReadError {
    if (status >= 300 && status < 400)
      return new ReadError(`${this.part} redirects ${path} (${status}), which is not followed`, { status });
    const message = `${this.part} answers ${path} with ${status}`;
    if (status !== 401 && status !== 403) return new ReadError(message, { status });
    return new ReadError(message, { status, permission: `leave to read ${path} of ${this.part}` });
  }

  /** A server that does not offer something is not in trouble. */
  private noted(error: unknown): ReadError {
    const told =
      error instanceof ReadError
        ? error
        : new ReadError(`${this.part} was not reached: ${transportReason(error)}`, { cause: error });
    if (told.status === undefined && !(error instanceof ReadError)) this.lost = told;
    if (told.status !== 404) {
      this.counts.errors += 1;
      this.trouble ??= told.message;
    }
    return told;
  }
}

function urlOf(base: string, path: string, query: Query): URL {
  const url = new URL(base.replace(/\/+$/, '') + path);
  for (const [name, given] of Object.entries(query))
    for (const value of typeof given === 'string' ? [given] : given) url.searchParams.append(name, value);
  return url;
}

async function textOf(body: Dispatcher.ResponseData['body'], most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) {
      body.destroy();
      throw new ReadError(`an answer of more than ${most} bytes was not read`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
