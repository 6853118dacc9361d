import type { Clock, Log } from '../../core/ports/index.js';
import { serverAddresses, type Endpoint } from './address.js';
import { JujuApiError, sentenceOf } from './api-error.js';
import { firstOpen } from './first-open.js';
import { login, type Credentials, type Login } from './login.js';
import { openSocket } from './open-socket.js';
import { plainText, scrubber } from './plain-text.js';
import { Rpc } from './rpc.js';
import type { ConnectionSettings } from './settings.js';

/** A connection that is logged in. */
export interface Session {
  readonly rpc: Rpc;
  readonly login: Login;
  /** The address that answered. */
  readonly address: string;
  /** Where the model lives when it is not where we asked: it was migrated. */
  readonly movedTo?: Endpoint;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

export interface SessionTarget {
  readonly endpoint: Endpoint;
  /** `/api` for the controller, `/model/<uuid>/api` for a model. */
  readonly path: string;
  readonly credentials: Credentials;
}

export interface SessionContext {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: ConnectionSettings;
  /** What Juju's audit log shows as our command line. */
  readonly purpose: string;
  readonly clientVersion: string;
}

/** A model moves on at most this often while we follow it. */
const mostHops = 3;

/** Connects, logs in, and follows a migrated model to its new controller. @throws JujuApiError, ConnectionError */
export async function openSession(
  target: SessionTarget,
  context: SessionContext,
  signal: AbortSignal,
): Promise<Session> {
  let endpoint = target.endpoint;
  for (let hop = 0; ; hop += 1) {
    try {
      const session = await openAt(endpoint, target, context, signal);
      return hop === 0 ? session : { ...session, movedTo: endpoint };
    } catch (error) {
      const next = redirection(error);
      if (next === undefined) throw hop === 0 ? error : afterMove(error);
      if (hop === mostHops)
        throw new JujuApiError({ call: 'Admin.Login', message: 'the model moved too often' });
      endpoint = next;
    }
  }
}

async function openAt(
  endpoint: Endpoint,
  { path, credentials }: SessionTarget,
  context: SessionContext,
  signal: AbortSignal,
): Promise<Session> {
  const { clock, settings, purpose, clientVersion } = context;
  const { caCert } = endpoint;
  const scrub = scrubber([credentials.password]);
  const socketLimits = {
    path,
    caCert,
    largestMessage: settings.largestMessage,
    timeout: settings.connectTimeout,
  };
  const { address, value: rpc } = await firstOpen(
    {
      addresses: endpoint.addresses,
      stagger: settings.addressStagger,
      open: async (candidate, lost) => {
        const socket = await openSocket({ address: candidate, ...socketLimits }, clock, lost);
        return new Rpc(socket, {
          clock,
          scrub,
          pingEvery: settings.pingEvery,
          pongWithin: settings.pongWithin,
        });
      },
      discard: (late) => {
        late.drop('another address was faster');
      },
    },
    clock,
    signal,
  );
  try {
    const timeout = settings.loginTimeout;
    const result = await login(rpc, { credentials, purpose, clientVersion, timeout, signal });
    return { rpc, login: result, address, since: clock.now() };
  } catch (error) {
    rpc.drop('the login failed');
    throw error;
  }
}

/** Where a refused login says that the model lives now. */
function redirection(error: unknown): Endpoint | undefined {
  if (!(error instanceof JujuApiError) || error.code !== 'redirection required') return undefined;
  const addresses = serverAddresses(error.info['servers']);
  if (addresses.length === 0) return undefined;
  const caCert = error.info['ca-cert'];
  return typeof caCert === 'string' && caCert !== '' ? { addresses, caCert } : { addresses };
}

/** The new controller's refusal, told so that one sees which controller refuses. */
function afterMove(error: unknown): unknown {
  if (!(error instanceof JujuApiError)) return error;
  const message = plainText(`the model moved to another controller, which refuses: ${sentenceOf(error)}`);
  return new JujuApiError({ call: error.call, message, code: error.code });
}
