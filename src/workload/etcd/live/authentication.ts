/** Whether a live member asks who its users are, and whether it takes the name in our certificate for one. */
import type { ClientHttp2Session } from 'node:http2';
import type { EtcdServed } from '../../../core/evidence/etcd.js';
import type { EtcdCredentials, EtcdEndpoint } from './connection.js';
import { countNothing } from './gateway.js';
import { call, type GrpcAnswer, type GrpcLimits } from './grpc.js';
import { decodeProto, numberIn } from './protobuf.js';

export type Authentication = Pick<
  EtcdServed,
  'asked' | 'authentication' | 'authenticationShown' | 'nameIsUser'
>;

export interface Asking {
  readonly session: ClientHttp2Session;
  readonly endpoint: EtcdEndpoint;
  readonly credentials: EtcdCredentials;
  readonly limits: GrpcLimits;
}

/** gRPC's status for a call that the server does not have: etcd 3.4 has no AuthStatus. */
const unimplemented = 12;

export async function askAuthentication(asking: Asking): Promise<Authentication> {
  const { session, credentials, limits } = asking;
  const answer = await call(session, '/etcdserverpb.Auth/AuthStatus', limits);
  if (answer.code === unimplemented) return byGateway(asking);
  const named = credentials.cert !== undefined;
  return answer.code === 0 ? told(answer, named) : refused(answer, named);
}

function told({ body }: GrpcAnswer, named: boolean): Authentication {
  const message = decodeProto(body);
  const on = message !== undefined && numberIn(message, 2) === 1n;
  const shown = { asked: true, authenticationShown: `auth status: ${on}` };
  if (!on) return { ...shown, authentication: message === undefined ? 'unknown' : 'off' };
  return { ...shown, authentication: 'on', ...(named ? { nameIsUser: true } : {}) };
}

/** Only where users are asked for can one be refused like this. */
function refused({ code, message }: GrpcAnswer, named: boolean): Authentication {
  const words = message === '' ? `gRPC status ${code ?? 'none'}` : message;
  const base = { asked: code !== undefined, authenticationShown: words };
  if (message.includes('user name is empty'))
    return { ...base, authentication: 'on', ...(named ? { nameIsUser: false } : {}) };
  if (/permission denied|user name not found/.test(message))
    return { ...base, authentication: 'on', ...(named ? { nameIsUser: true } : {}) };
  return { ...base, authentication: 'unknown' };
}

/** The gateway never takes the name in a certificate: it refuses such callers, or asks for a user. */
async function byGateway({ endpoint, credentials, limits }: Asking): Promise<Authentication> {
  const answer = await countNothing(endpoint, credentials, limits);
  const base = { asked: true } as const;
  if (answer === undefined || answer.status === 404)
    return { ...base, authentication: 'unknown', authenticationShown: 'this etcd has no call that tells it' };
  const authenticationShown = `kv range by the gateway: ${answer.status}`;
  if (answer.status === 200) return { ...base, authentication: 'off', authenticationShown };
  if (answer.text.includes('CommonName of client'))
    return { ...base, authentication: 'on', authenticationShown, nameIsUser: true };
  if (answer.text.includes('user name is empty'))
    return {
      ...base,
      authentication: 'on',
      authenticationShown,
      ...(credentials.cert === undefined ? {} : { nameIsUser: false }),
    };
  return { ...base, authentication: 'unknown', authenticationShown };
}
