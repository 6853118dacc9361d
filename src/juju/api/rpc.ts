import type { WebSocket } from 'ws';
import type { Clock } from '../../core/ports/index.js';
import { ConnectionError, JujuApiError } from './api-error.js';
import { inSlices } from './in-slices.js';
import { isLarge, jsonSteps } from './json-steps.js';
import { answeredId, sameAsBefore, type LastAnswer } from './last-answer.js';
import { plainText } from './plain-text.js';

export interface RpcRequest {
  readonly type: string;
  readonly version: number;
  readonly request: string;
  /** Id of a watcher on the server, for calls on it. */
  readonly id?: string;
  readonly params: object;
}

export interface RpcCallOptions {
  /** Longest wait for the answer, milliseconds; absent waits as long as the connection lives. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
  /** An answer that it knows again is not read: `sameAsBefore` stands for it. */
  readonly last?: LastAnswer | undefined;
}

export interface RpcSettings {
  readonly clock: Clock;
  readonly pingEvery: number;
  readonly pongWithin: number;
  /** Blanks out secrets that a server might echo. */
  readonly scrub: (text: string) => string;
}

interface Pending {
  readonly call: string;
  readonly timed: boolean;
  readonly last: LastAnswer | undefined;
  settle(outcome: { readonly answer: unknown } | { readonly error: Error }): void;
}

/** Juju's request and answer protocol over an open socket. Every call settles: by its answer, deadline, signal, or the end of the connection. */
export class Rpc {
  /** Resolves with the reason once the connection is gone. */
  readonly closed: Promise<ConnectionError>;
  readonly #socket: WebSocket;
  readonly #settings: RpcSettings;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #alive = true;
  #ended: ConnectionError | undefined;
  #cancelPing: () => void = () => undefined;

  constructor(socket: WebSocket, settings: RpcSettings) {
    this.#socket = socket;
    this.#settings = settings;
    this.closed = new Promise((resolve) => {
      socket.once('close', (code: number) => {
        resolve(this.#end(`the connection was closed (code ${code})`));
      });
    });
    socket.on('error', (error) => {
      this.drop(plainText(error.message, 160));
    });
    socket.on('pong', () => {
      this.#alive = true;
    });
    socket.on('message', (data: Buffer) => {
      this.#receive(data);
    });
    this.#pingLater();
  }

  /** Calls under way that have a deadline; long polls are not counted. */
  get busy(): number {
    let busy = 0;
    for (const pending of this.#pending.values()) if (pending.timed) busy += 1;
    return busy;
  }

  /** The answer's `response`. @throws JujuApiError, ConnectionError, or the signal's reason */
  call(request: RpcRequest, options: RpcCallOptions = {}): Promise<unknown> {
    const call = `${request.type}.${request.request}`;
    if (options.signal?.aborted === true) return Promise.reject(options.signal.reason as Error);
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    if (this.#socket.readyState !== this.#socket.OPEN)
      return Promise.reject(new ConnectionError('the connection is not open'));
    return new Promise((resolve, reject) => {
      const id = (this.#lastId += 1);
      this.#expect(id, call, options, (outcome) => {
        if ('answer' in outcome) resolve(outcome.answer);
        else reject(outcome.error);
      });
      this.#socket.send(JSON.stringify({ 'request-id': id, ...request }));
    });
  }

  /** Ends the connection at once; calls under way fail with the reason. */
  drop(reason: string): void {
    this.#end(reason);
    this.#socket.terminate();
  }

  /** Ends the connection politely, or after a second in any case. */
  async close(): Promise<void> {
    this.#end('the connection was closed by us');
    const cancel = this.#settings.clock.after(1000, () => {
      this.#socket.terminate();
    });
    this.#socket.close(1000);
    await this.closed;
    cancel();
  }

  #expect(
    id: number,
    call: string,
    { timeout, signal, last }: RpcCallOptions,
    done: Pending['settle'],
  ): void {
    const settle: Pending['settle'] = (outcome) => {
      if (!this.#pending.delete(id)) return;
      cancel();
      signal?.removeEventListener('abort', onAbort);
      done(outcome);
    };
    const onAbort = (): void => {
      settle({ error: signal?.reason as Error });
    };
    const onDeadline = (): void => {
      const message = `${call}: no answer within ${(timeout ?? 0) / 1000} s`;
      settle({ error: new JujuApiError({ call, message, code: 'deadline exceeded' }) });
    };
    const cancel = timeout === undefined ? () => undefined : this.#settings.clock.after(timeout, onDeadline);
    signal?.addEventListener('abort', onAbort);
    this.#pending.set(id, { call, timed: timeout !== undefined, last, settle });
  }

  #receive(data: Buffer): void {
    this.#alive = true;
    if (this.#needsNoReading(data)) return;
    if (isLarge(data)) {
      void this.#receiveLarge(data);
      return;
    }
    try {
      this.#take(JSON.parse(data.toString()));
    } catch {
      this.#dropNoJson();
    }
  }

  /** Whether nobody waits for it any more, or it says the same as the last answer: then that is told. */
  #needsNoReading(data: Buffer): boolean {
    const id = answeredId(data);
    if (id === undefined) return false;
    const pending = this.#pending.get(id);
    if (pending === undefined) return true;
    if (pending.last?.isAgain(data) !== true) return false;
    pending.settle({ answer: sameAsBefore });
    return true;
  }

  async #receiveLarge(data: Buffer): Promise<void> {
    try {
      this.#take(await inSlices(jsonSteps(data)));
    } catch {
      this.#dropNoJson();
    }
  }

  #dropNoJson(): void {
    this.drop('the controller sent something that is no JSON');
  }

  #take(parsed: unknown): void {
    const message = (parsed ?? {}) as Readonly<Record<string, unknown>>;
    const id = message['request-id'];
    const pending = typeof id === 'number' ? this.#pending.get(id) : undefined;
    // An answer to a call that was given up has nobody waiting.
    if (pending === undefined) return;
    const refused = typeof message['error'] === 'string' && message['error'] !== '';
    pending.settle(
      refused ? { error: this.#errorOf(pending.call, message) } : { answer: message['response'] ?? {} },
    );
  }

  #errorOf(call: string, message: Readonly<Record<string, unknown>>): JujuApiError {
    const { scrub } = this.#settings;
    const info = message['error-info'];
    return new JujuApiError({
      call,
      message: scrub(plainText(message['error'])),
      code: scrub(plainText(message['error-code'], 100)),
      info: scrubbed(info, scrub),
    });
  }

  #pingLater(): void {
    this.#cancelPing = this.#settings.clock.after(this.#settings.pingEvery, () => {
      this.#ping();
    });
  }

  #ping(): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#alive = false;
    this.#socket.ping();
    const { clock, pongWithin } = this.#settings;
    this.#cancelPing = clock.after(pongWithin, () => {
      if (this.#alive) this.#pingLater();
      else this.drop(`no answer to a ping within ${pongWithin / 1000} s`);
    });
  }

  #end(reason: string): ConnectionError {
    if (this.#ended !== undefined) return this.#ended;
    this.#ended = new ConnectionError(this.#settings.scrub(reason));
    this.#cancelPing();
    for (const pending of [...this.#pending.values()]) pending.settle({ error: this.#ended });
    return this.#ended;
  }
}

/** Empty for what is no object, or nested so deeply that it cannot be written: nobody waits for an exception here. */
function scrubbed(info: unknown, scrub: RpcSettings['scrub']): Readonly<Record<string, unknown>> {
  if (typeof info !== 'object' || info === null) return {};
  try {
    return JSON.parse(scrub(JSON.stringify(info))) as Record<string, unknown>;
  } catch {
    return {};
  }
}
