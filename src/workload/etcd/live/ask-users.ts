/** Asks a member of etcd who its users are and what their roles permit. Nothing is changed. */
import { X509Certificate } from 'node:crypto';
import type { ClientHttp2Session } from 'node:http2';
import type {
  EtcdIdentity,
  EtcdPermission,
  EtcdRole,
  EtcdUser,
  EtcdUsers,
} from '../../../core/evidence/etcd-users.js';
import { connectTo, type EtcdEndpoint } from './connection.js';
import { call, type GrpcLimits } from './grpc.js';
import { decodeProto, encodeTexts, messagesIn, numberIn, textsIn, type ProtoMessage } from './protobuf.js';

/** Of users, of roles, and of permissions of one role: more is no list that a person keeps. */
const most = 500;

/** etcd did not tell; `denied`: because of whom it was asked as. */
export class EtcdRefusal extends Error {
  override readonly name = 'EtcdRefusal';
  readonly denied: boolean;

  constructor(message: string, denied: boolean) {
    super(message);
    this.denied = denied;
  }
}

interface Asking {
  readonly session: ClientHttp2Session;
  readonly limits: GrpcLimits;
  readonly token: string | undefined;
}

/** @throws EtcdRefusal where etcd does not answer, and any error of a connection that does not come about. */
export async function askUsers(
  endpoint: EtcdEndpoint,
  identity: EtcdIdentity,
  limits: GrpcLimits,
): Promise<EtcdUsers> {
  const { ca, cert, key } = identity;
  const credentials = { ca, ...(cert === undefined || key === undefined ? {} : { cert, key }) };
  const { session } = await connectTo(endpoint, { ...credentials, verified: true }, limits);
  try {
    const token = await tokenOf(session, identity, limits);
    const asking = { session, limits, token };
    return { users: await usersOf(asking), roles: await rolesOf(asking), askedAs: nameOf(identity) };
  } finally {
    session.destroy();
  }
}

async function tokenOf(
  session: ClientHttp2Session,
  { user, password }: EtcdIdentity,
  limits: GrpcLimits,
): Promise<string | undefined> {
  if (user === undefined || password === undefined) return undefined;
  const asking = { session, limits, token: undefined };
  const [token] = textsIn(await answer(asking, 'Authenticate', [user, password]), 2);
  return token;
}

async function usersOf(asking: Asking): Promise<readonly EtcdUser[]> {
  const users: EtcdUser[] = [];
  for (const name of bounded(textsIn(await answer(asking, 'UserList', []), 2), 'users'))
    users.push({ name: shown(name), roles: textsIn(await answer(asking, 'UserGet', [name]), 2).map(shown) });
  return users;
}

async function rolesOf(asking: Asking): Promise<readonly EtcdRole[]> {
  const roles: EtcdRole[] = [];
  for (const name of bounded(textsIn(await answer(asking, 'RoleList', []), 2), 'roles')) {
    const permissions = messagesIn(await answer(asking, 'RoleGet', [name]), 2);
    roles.push({ name: shown(name), permissions: bounded(permissions, 'permissions').map(permissionOf) });
  }
  return roles;
}

function bounded<T>(items: readonly T[], what: string): readonly T[] {
  if (items.length > most) throw new EtcdRefusal(`it has more than ${most} ${what}`, false);
  return items;
}

const accesses = ['read', 'write', 'readwrite'] as const;

function permissionOf(message: ProtoMessage): EtcdPermission {
  const [from, to] = [keyIn(message, 2), keyIn(message, 3)];
  return {
    access: accesses[Number(numberIn(message, 1))] ?? 'readwrite',
    from,
    ...(to === '' ? {} : { to }),
  };
}

function keyIn(message: ProtoMessage, field: number): string {
  const value = message.get(field)?.at(-1);
  return value === undefined || typeof value === 'bigint' ? '' : shown(value.toString('latin1'));
}

/** Bounded, and nothing in it moves a cursor. */
function shown(text: string): string {
  return text
    .slice(0, 256)
    .replace(/[^ -~]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

async function answer(
  { session, limits, token }: Asking,
  method: string,
  texts: readonly string[],
): Promise<ProtoMessage> {
  const request = { body: encodeTexts(texts), ...(token === undefined ? {} : { token }) };
  const { code, message, body } = await call(session, `/etcdserverpb.Auth/${method}`, limits, request);
  const decoded = code === 0 ? decodeProto(body) : undefined;
  if (decoded !== undefined) return decoded;
  const isDenied =
    /permission denied|user name|invalid auth token|authentication failed|invalid user ID/i.test(message);
  throw new EtcdRefusal(message === '' ? `${method} got no answer` : shown(message), isDenied);
}

function nameOf({ user, cert }: EtcdIdentity): string {
  if (user !== undefined) return user;
  const subject = cert === undefined ? '' : new X509Certificate(cert).subject;
  return shown(/^CN=(.*)$/m.exec(subject)?.[1] ?? 'nobody');
}
