/** A connection to a simulated controller without sockets, standing in for that of juju/api. */
import { ConnectionError, JujuApiError } from '../../juju/api/api-error.js';
import { negotiate } from '../../juju/api/facades.js';
import type { ApiAnswer, ApiCall, Link } from '../../juju/api/link.js';
import { readLogin, type Credentials, type Login } from '../../juju/api/login.js';
import { openSession, type RpcRequest, type Session } from '../../simulator/api/session.js';
import type { SimController } from '../../simulator/world/state.js';

/** The members of Link that are used while following. */
type LinkLike = Pick<Link, 'login' | 'moved' | 'call' | 'open' | 'rest' | 'close'>;

class QuietLink implements LinkLike {
  /** Models do not move in a rehearsal. */
  readonly moved = false;
  readonly #controller: SimController;
  readonly #credentials: Credentials;
  readonly #modelUuid: string | undefined;
  #open: { readonly session: Session; readonly login: Login } | undefined;
  #closed = false;
  #ids = 0;

  constructor(controller: SimController, credentials: Credentials, modelUuid?: string) {
    this.#controller = controller;
    this.#credentials = credentials;
    this.#modelUuid = modelUuid;
  }

  get login(): Login | undefined {
    return this.#open?.login;
  }

  open(): ReturnType<Link['open']> {
    return this.#connected() as unknown as ReturnType<Link['open']>;
  }

  async call({ facade, request, params = {}, id }: ApiCall): Promise<ApiAnswer> {
    const { session, login } = await this.#connected();
    const version = negotiate(login.facades, facade);
    const call = `${facade}.${request}`;
    if (version === undefined)
      throw new JujuApiError({ call, message: `no ${facade} here`, code: 'not supported' });
    const rpc = { type: facade, version, request, params: params as RpcRequest['params'] };
    return { answer: await this.#put(session, { ...rpc, ...(id && { id }) }), call: `${call} v${version}` };
  }

  rest(): Promise<void> {
    this.#open?.session.close();
    this.#open = undefined;
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.rest();
  }

  async #connected(): Promise<{ readonly session: Session; readonly login: Login }> {
    if (this.#closed) throw new ConnectionError('the connection was closed by us');
    if (this.#open !== undefined) return this.#open;
    const modelUuid = this.#modelUuid;
    const session = openSession({
      controller: this.#controller,
      ...(modelUuid === undefined ? {} : { modelUuid }),
    });
    const { user, password } = this.#credentials;
    const params = { 'auth-tag': `user-${user}`, credentials: password };
    const answer = await this.#put(session, { type: 'Admin', version: 3, request: 'Login', params });
    this.#open = { session, login: readLogin(answer) };
    return this.#open;
  }

  async #put(session: Session, rpc: Omit<RpcRequest, 'request-id'>): Promise<unknown> {
    this.#ids += 1;
    const reply = await session.request({ 'request-id': this.#ids, ...rpc });
    if (session.isOver()) await this.rest();
    // As if it had gone over the wire: nothing of it changes under the reader's hands any more.
    if (reply.error === undefined) return structuredClone(reply.response);
    throw new JujuApiError({
      call: `${rpc.type}.${rpc.request}`,
      message: reply.error,
      code: reply['error-code'],
      info: reply['error-info'] as Readonly<Record<string, unknown>> | undefined,
    });
  }
}

/** To the controller, or to one of its models. */
export function quietLink(controller: SimController, credentials: Credentials, modelUuid?: string): Link {
  return new QuietLink(controller, credentials, modelUuid) as unknown as Link;
}
