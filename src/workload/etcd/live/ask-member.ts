import type { CertificateFacts, EtcdServed } from '../../../core/evidence/etcd.js';
import { readCertificates } from '../../x509/read-certificates.js';
import { askAuthentication, type Authentication } from './authentication.js';
import { connectTo, type EtcdCredentials, type EtcdEndpoint, type Shown } from './connection.js';
import { call, type GrpcAnswer, type GrpcLimits } from './grpc.js';
import { decodeProto, messagesIn, numberIn, textsIn, type ProtoMessage } from './protobuf.js';

/** What a live member showed, and where it says that it listens to other members. */
export interface AskedMember {
  readonly served: EtcdServed;
  /** Undefined where it did not say. */
  readonly peerUrls?: readonly string[];
}

const mostUrls = 16;

/**
 * Connects to a member and asks two things that change nothing and show no key: whether users are asked for, and where
 * its members listen. Rejects where no connection comes about.
 */
export async function askMember(
  endpoint: EtcdEndpoint,
  credentials: EtcdCredentials,
  limits: GrpcLimits,
): Promise<AskedMember> {
  const { session, shown } = await connectTo(endpoint, credentials, limits);
  try {
    const told = await askAuthentication({ session, endpoint, credentials, limits });
    const list = await call(session, '/etcdserverpb.Cluster/MemberList', limits);
    const peerUrls = list.code === 0 ? ownPeerUrls(list.body) : undefined;
    const authentication = { ...told, ...nameMissed(told, list) };
    const served = { url: endpoint.url, ...shown, ...caOf(shown, credentials), ...authentication };
    return peerUrls === undefined ? { served } : { served, peerUrls };
  } finally {
    session.destroy();
  }
}

/** From 3.7 on etcd tells everybody whether users are asked for, and lists its members to those who have a name. */
function nameMissed(
  { nameIsUser }: Authentication,
  { message }: GrpcAnswer,
): Pick<Authentication, 'nameIsUser'> {
  return nameIsUser === true && message.includes('user name is empty') ? { nameIsUser: false } : {};
}

/** The header names the member that answers. */
function ownPeerUrls(body: Buffer): readonly string[] | undefined {
  const message = decodeProto(body);
  const [header] = message === undefined ? [] : messagesIn(message, 1);
  if (message === undefined || header === undefined) return undefined;
  const own = messagesIn(message, 2).find(
    (member: ProtoMessage) => numberIn(member, 1) === numberIn(header, 2),
  );
  return own === undefined ? undefined : textsIn(own, 3).slice(0, mostUrls);
}

/** The last of the chain that is a CA; else, of a chain that we trust, the only CA that we were given. */
function caOf({ chain, trusted }: Shown, { ca }: EtcdCredentials): { readonly ca?: CertificateFacts } {
  const shown = chain.slice(1).findLast(({ isCa }) => isCa === true);
  if (shown !== undefined) return { ca: shown };
  if (trusted !== true || ca === undefined) return {};
  const given = readCertificates(ca);
  const [only] = given;
  return given.length === 1 && only !== undefined ? { ca: only } : {};
}
