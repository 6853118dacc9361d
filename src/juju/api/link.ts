import { ConnectionError, JujuApiError, sentenceOf } from './api-error.js';
import type { Endpoint } from './address.js';
import type { Dialer } from './dialer.js';
import { negotiate, type Facade } from './facades.js';
import type { LastAnswer } from './last-answer.js';
import type { Credentials, Login } from './login.js';
import type { Pool } from './pool.js';
import { loginAnswer, loginRequest, type Outcome } from './recorder.js';
import type { Session } from './session.js';

export interface ApiCall {
  readonly facade: Facade;
  readonly request: string;
  readonly params?: object;
  /** Id of a watcher on the server. */
  readonly id?: string;
}

export interface ApiCallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; the settings' limit when absent, none for `Infinity` (long polls). */
  readonly timeout?: number;
  /** An answer that it knows again is not read: `sameAsBefore` stands for it. Recordings hold every answer. */
  readonly last?: LastAnswer;
}

export interface ApiAnswer {
  readonly answer: unknown;
  /** As evidence names it: `Client.FullStatus v8`. */
  readonly call: string;
}

/**
 * One lasting connection, to a controller or to one of its models: opened when first needed, opened again when it
 * was lost, logged in anew when it grew old.
 */
export class Link {
  readonly #dialer: Dialer;
  readonly #pool: Pool;
  readonly #path: string;
  readonly #credentials: Credentials;
  readonly #gone = new AbortController();
  #session: Session | undefined;
  #opening: Promise<Session> | undefined;
  #movedTo: Endpoint | undefined;

  constructor(pool: Pool, path: string, credentials: Credentials) {
    this.#pool = pool;
    this.#dialer = pool.dialer;
    this.#path = path;
    this.#credentials = credentials;
  }

  /** What the controller told at the login of the present connection; undefined while there is none. */
  get login(): Login | undefined {
    return this.#session?.login;
  }

  /** Whether the model was found on another controller. */
  get moved(): boolean {
    return this.#movedTo !== undefined;
  }

  get idle(): boolean {
    return this.#session?.rpc.busy === 0;
  }

  /** @throws JujuApiError, ConnectionError, or the signal's reason */
  async call(call: ApiCall, { signal, timeout, last }: ApiCallOptions = {}): Promise<ApiAnswer> {
    const session = await this.open(signal);
    const version = versionOf(session.login, call);
    const limit = timeout ?? this.#dialer.options.settings.callTimeout;
    const { facade: type, request, params = {}, id } = call;
    this.#pool.used(this, `${type}.${request}`);
    const message = { type, version, request, params, ...(id === undefined ? {} : { id }) };
    try {
      const deadline = limit === Infinity ? {} : { timeout: limit };
      const known = this.#dialer.options.record === undefined ? last : undefined;
      const options = { signal, last: known, ...deadline };
      const answer = await this.#recorded(message, session.rpc.call(message, options));
      return { answer, call: `${type}.${request} v${version}` };
    } catch (error) {
      if (error instanceof JujuApiError || error instanceof ConnectionError) this.#pool.failed(error);
      throw error;
    }
  }

  /** The login of an open connection; opens one if there is none. */
  async open(signal?: AbortSignal): Promise<Session> {
    if (this.#gone.signal.aborted) throw new ConnectionError('the connection was closed by us');
    if (this.#session !== undefined && this.#isOld(this.#session)) await this.rest();
    if (this.#session !== undefined) return this.#session;
    this.#opening ??= this.#dial().finally(() => {
      this.#opening = undefined;
    });
    return signal === undefined ? this.#opening : untilAborted(this.#opening, signal);
  }

  /** Closes the present connection; the next call opens a new one. */
  async rest(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    this.#pool.closed(this);
    await session?.rpc.close();
  }

  /** Ends for good. */
  async close(): Promise<void> {
    this.#gone.abort(new ConnectionError('the connection was closed by us'));
    await this.#opening?.catch(() => undefined);
    await this.rest();
  }

  async #recorded(request: object, answer: Promise<unknown>): Promise<unknown> {
    const record = this.#recorder(request);
    if (record === undefined) return answer;
    try {
      const response = await answer;
      record({ response });
      return response;
    } catch (error) {
      if (error instanceof JujuApiError) record({ error });
      throw error;
    }
  }

  #recorder(request: object): ((outcome: Outcome) => void) | undefined {
    const { record, clock } = this.#dialer.options;
    if (record === undefined) return undefined;
    const question = { path: this.#path, user: this.#credentials.user, at: clock.now(), request };
    return (outcome) => {
      record({ ...question, ...outcome });
    };
  }

  async #dial(): Promise<Session> {
    const destination = { path: this.#path, credentials: this.#credentials, movedTo: this.#movedTo };
    try {
      const session = await this.#dialer.dial(destination, this.#gone.signal);
      this.#adopt(session);
      return session;
    } catch (error) {
      this.#pool.failed(error);
      // Should the model have come back, the next try asks at home again.
      this.#movedTo = undefined;
      throw error;
    }
  }

  #adopt(session: Session): void {
    const { log } = this.#dialer.options;
    this.#session = session;
    this.#movedTo = session.movedTo;
    this.#pool.opened(this);
    this.#recorder(loginRequest)?.({ response: loginAnswer(session.login) });
    log.info(
      { path: this.#path, address: session.address, user: this.#credentials.user },
      'logged in to Juju',
    );
    void session.rpc.closed.then((reason) => {
      if (this.#session !== session) return;
      this.#session = undefined;
      this.#pool.lost(this);
      log.warn({ path: this.#path, address: session.address, reason: sentenceOf(reason) }, 'connection lost');
    });
  }

  #isOld(session: Session): boolean {
    const { clock, settings } = this.#dialer.options;
    return session.rpc.busy === 0 && clock.now() - session.since > settings.loginAnewAfter;
  }
}

function versionOf(login: Login, { facade, request }: ApiCall): number {
  const version = negotiate(login.facades, facade);
  if (version !== undefined) return version;
  const message = `this controller offers no ${facade} facade in a version that Holdfast speaks`;
  throw new JujuApiError({ call: `${facade}.${request}`, message, code: 'not supported' });
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', onAbort);
    });
  });
}
