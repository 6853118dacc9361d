/**
 * A connection to a simulated controller without sockets: the controller's own session answers, and what goes wrong on
 * the way is asked of the fault plan for every call. Stands in for the real Link, so that all that follows Juju is real.
 */
import { ConnectionError, JujuApiError } from '../../../src/juju/api/api-error.js';
import { negotiate } from '../../../src/juju/api/facades.js';
import type { ApiAnswer, ApiCall, ApiCallOptions, Link } from '../../../src/juju/api/link.js';
import { readLogin, type Credentials, type Login } from '../../../src/juju/api/login.js';
import { openSession, type RpcReply, type RpcRequest } from '../../../src/simulator/api/session.js';
import type { Session } from '../../../src/simulator/api/session.js';
import type { SimController } from '../../../src/simulator/world/state.js';
import type { Life } from '../machine.js';

/** What goes wrong with one call. */
export type CallFault =
  | { readonly kind: 'none' }
  /** The connection is lost, before or after the controller has answered. */
  | { readonly kind: 'drop' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** The controller does it twice. */
  | { readonly kind: 'duplicate' }
  /** The answer of the last time. */
  | { readonly kind: 'stale' }
  /** One application cannot be read: of all the n-th, counted in a circle. */
  | { readonly kind: 'partial'; readonly which: number }
  | { readonly kind: 'denied' }
  | { readonly kind: 'contention' };

export interface LinkTally {
  calls: number;
  errors: number;
  reconnects: number;
}

export interface LinkOptions {
  readonly controller: SimController;
  /** Undefined: the controller itself. */
  readonly modelUuid?: string;
  readonly credentials: Credentials;
  readonly life: Life;
  readonly tally: LinkTally;
  /** ms */
  readonly callDeadline: number;
  /** Asked before every call, `Admin.Login` among them. */
  readonly fault: (call: string) => CallFault;
  /** Told of every call that was answered, rightly or not; `begun` in the machine's ms. */
  readonly answered: (call: string, begun: number) => void;
}

interface Open {
  readonly session: Session;
  readonly login: Login;
  /** Ends calls under way once the connection is lost. */
  readonly lost: Promise<never>;
  lose(): void;
}

/** The members of Link that are used while following. */
export type LinkLike = Pick<Link, 'login' | 'moved' | 'call' | 'open' | 'rest' | 'close'>;

const retry = { first: 1000, most: 30_000 };

export class SimulatedLink implements LinkLike {
  /** Models stay where they are here. */
  readonly moved = false;
  readonly #options: LinkOptions;
  readonly #answers = new Map<string, unknown>();
  #open: Open | undefined;
  #opening: Promise<Open> | undefined;
  #failures = 0;
  #notBefore = 0;
  #closed = false;
  #ids = 0;
  #wasOpen = false;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  get login(): Login | undefined {
    return this.#open?.login;
  }

  open(): ReturnType<Link['open']> {
    return this.#connected() as unknown as ReturnType<Link['open']>;
  }

  async call(call: ApiCall, { timeout }: ApiCallOptions = {}): Promise<ApiAnswer> {
    const { tally } = this.#options;
    const open = await this.#connected();
    tally.calls += 1;
    try {
      return await this.#ask(open, call, timeout ?? this.#options.callDeadline);
    } catch (error) {
      tally.errors += 1;
      throw error;
    }
  }

  rest(): Promise<void> {
    this.#open?.session.close();
    this.#open?.lose();
    this.#open = undefined;
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.rest();
  }

  async #ask(open: Open, { facade, request, params = {}, id }: ApiCall, timeout: number): Promise<ApiAnswer> {
    const { life, answered } = this.#options;
    const version = negotiate(open.login.facades, facade);
    const name = `${facade}.${request}`;
    if (version === undefined)
      throw new JujuApiError({ call: name, message: `no ${facade} here`, code: 'not supported' });
    const begun = life.clock.now();
    const rpc = { type: facade, version, request, params: params as RpcRequest['params'], ...(id && { id }) };
    const answer = await this.#within(open, timeout, name, this.#faulty(open, name, rpc));
    answered(name, begun);
    return { answer, call: `${name} v${version}` };
  }

  /** Puts the call with what goes wrong with it. */
  async #faulty(open: Open, name: string, rpc: Omit<RpcRequest, 'request-id'>): Promise<unknown> {
    const fault = name === 'AllWatcher.Next' ? ({ kind: 'none' } as const) : this.#options.fault(name);
    const key = JSON.stringify([name, rpc.params]);
    const put = (): Promise<unknown> => this.#put(open.session, name, rpc);
    if (fault.kind === 'none') return this.#keep(key, await put());
    switch (fault.kind) {
      case 'drop':
        this.#lose(open);
        throw new ConnectionError('the connection was closed (code 1006)');
      case 'hang':
        return new Promise(() => undefined);
      case 'delay': {
        const answer = await put();
        await this.#options.life.clock.sleep(fault.ms);
        return this.#keep(key, answer);
      }
      case 'duplicate':
        await put();
        return this.#keep(key, await put());
      case 'stale':
        return this.#answers.get(key) ?? this.#keep(key, await put());
      case 'partial':
        return withUnreadable(await put(), fault.which);
      case 'denied':
        throw new JujuApiError({ call: name, message: 'permission denied', code: 'unauthorized access' });
      case 'contention':
        throw new JujuApiError({ call: name, message: 'try again', code: 'try again' });
    }
  }

  #keep(key: string, answer: unknown): unknown {
    this.#answers.set(key, answer);
    return answer;
  }

  async #put(session: Session, call: string, rpc: Omit<RpcRequest, 'request-id'>): Promise<unknown> {
    const request = { 'request-id': (this.#ids += 1), ...rpc };
    const reply: RpcReply = await this.#options.life.hear(session.request(request));
    if (session.isOver()) await this.rest();
    if (reply.error === undefined) return copied(reply.response);
    throw new JujuApiError({
      call,
      message: reply.error,
      code: reply['error-code'],
      info: reply['error-info'] as Readonly<Record<string, unknown>> | undefined,
    });
  }

  async #within<T>(open: Open, ms: number, call: string, work: Promise<T>): Promise<T> {
    if (ms === Infinity) return Promise.race([work, open.lost]);
    let cancel: () => void = () => undefined;
    const deadline = new Promise<never>((_, reject) => {
      cancel = this.#options.life.clock.after(ms, () => {
        reject(new JujuApiError({ call, message: 'no answer in time', code: 'deadline exceeded' }));
      });
    });
    try {
      return await Promise.race([work, deadline, open.lost]);
    } finally {
      cancel();
    }
  }

  async #connected(): Promise<Open> {
    if (this.#closed) throw new ConnectionError('the connection was closed by us');
    if (this.#open !== undefined) return this.#open;
    this.#opening ??= this.#dial().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  /** Waits out the pause after a failure, then tries once. */
  async #dial(): Promise<Open> {
    const { life, tally } = this.#options;
    const pause = this.#notBefore - life.clock.now();
    if (pause > 0) await life.clock.sleep(Math.min(pause, retry.most));
    try {
      const open = await this.#logIn();
      if (this.#closed) throw new ConnectionError('the connection was closed by us');
      this.#failures = 0;
      this.#open = open;
      if (this.#wasOpen) tally.reconnects += 1;
      this.#wasOpen = true;
      return open;
    } catch (error) {
      tally.errors += 1;
      this.#failures += 1;
      this.#notBefore = life.clock.now() + Math.min(retry.most, retry.first * 2 ** (this.#failures - 1));
      throw error;
    }
  }

  async #logIn(): Promise<Open> {
    const { controller, modelUuid, credentials, callDeadline, life } = this.#options;
    const session = openSession({ controller, ...(modelUuid === undefined ? {} : { modelUuid }) });
    let lose: () => void = () => undefined;
    const lost = new Promise<never>((_, reject) => {
      lose = () => {
        reject(new ConnectionError('the connection was closed'));
      };
    });
    lost.catch(() => undefined);
    const draft = { session, lost, lose };
    const begun = life.clock.now();
    const params = { 'auth-tag': `user-${credentials.user}`, credentials: credentials.password };
    const rpc = { type: 'Admin', version: 3, request: 'Login', params };
    const asked = this.#faulty({ ...draft, login: nobody }, 'Admin.Login', rpc);
    const answer = await this.#within({ ...draft, login: nobody }, callDeadline, 'Admin.Login', asked);
    this.#options.answered('Admin.Login', begun);
    return { ...draft, login: readLogin(answer) };
  }

  #lose(open: Open): void {
    open.lose();
    if (this.#open?.session !== open.session) return;
    this.#open.session.close();
    this.#open = undefined;
  }
}

const nobody = { facades: {} } as Login;

/** Juju itself could not read one of the applications. */
function withUnreadable(answer: unknown, which: number): unknown {
  const { applications } = answer as { readonly applications?: Readonly<Record<string, object>> };
  const names = Object.keys(applications ?? {});
  const name = names[which % names.length];
  if (applications === undefined || name === undefined) return answer;
  const err = { message: 'state changing too quickly; try again soon' };
  return { ...(answer as object), applications: { ...applications, [name]: { err } } };
}

/** As if it had gone over the wire: nothing of it changes under the reader's hands any more. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const item = (value as Readonly<Record<string, unknown>>)[key];
    if (item !== undefined) copy[key] = copied(item);
  }
  return copy;
}
