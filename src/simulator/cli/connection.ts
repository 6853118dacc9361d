/** A logged-in connection of the client, whatever carries it. */
import type { RpcReply, RpcRequest } from '../api/session.js';
import { ApiRefusal } from './cli-error.js';
import type { Account, KnownController } from './juju-data.js';

export interface Transport {
  request(request: RpcRequest): Promise<RpcReply>;
  close(): void;
}

/** Opens a path of a controller's API; hangs as long as the controller cannot be reached, as the real client does. */
export type Dial = (controller: KnownController, path: string) => Promise<Transport>;

export type Answer = Readonly<Record<string, unknown>>;

export interface Connection {
  /** Calls with the newest version that the controller offers; @throws ApiRefusal. */
  call(facade: string, method: string, params?: object): Promise<Answer>;
  readonly user: string;
  readonly serverVersion: string;
  readonly controllerAccess: string;
  close(): void;
}

export async function logIn(transport: Transport, account: Account): Promise<Connection> {
  let requests = 0;

  async function send(
    facade: string,
    version: number,
    { method, params }: { method: string; params: object },
  ): Promise<Answer> {
    requests += 1;
    const reply = await transport.request({
      'request-id': requests,
      type: facade,
      version,
      request: method,
      params: params as Answer,
    });
    if (reply.error !== undefined) throw new ApiRefusal(reply.error, reply['error-code'] ?? '');
    return reply.response as Answer;
  }

  const params = { 'auth-tag': `user-${account.user}`, credentials: account.password, 'cli-args': 'juju' };
  const login = await send('Admin', 3, { method: 'Login', params });
  const versions = newestVersions(login);
  const own = login['user-info'] as Answer;
  return {
    call: (facade, method, callParams = {}) =>
      send(facade, versions.get(facade) ?? 1, { method, params: callParams }),
    user: account.user,
    serverVersion: String(login['server-version']),
    controllerAccess: String(own['controller-access']),
    close: () => {
      transport.close();
    },
  };
}

function newestVersions(login: Answer): ReadonlyMap<string, number> {
  const facades = login['facades'] as readonly {
    readonly name: string;
    readonly versions: readonly number[];
  }[];
  return new Map(facades.map(({ name, versions }) => [name, Math.max(...versions)]));
}

/** The entries of a bulk answer; a refused one throws, without its code, as the client shows it. */
export function resultsOf(answer: Answer): readonly Answer[] {
  const results = (answer['results'] ?? []) as readonly Answer[];
  for (const { error } of results) {
    if (error !== undefined && error !== null) throw new ApiRefusal(String((error as Answer)['message']), '');
  }
  return results;
}
