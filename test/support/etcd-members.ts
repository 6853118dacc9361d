/** Members of etcd with evidence from inside, for tests of guides. */
import type { CertificateFacts, EtcdConfiguration, EtcdMember } from '../../src/core/evidence/etcd.js';
import { known, unknown, type Fact } from '../../src/core/fact.js';
import type { PortProbe, Snapshot } from '../../src/core/snapshot.js';
import { etcdWorld, type EtcdWorld } from './etcd.js';
import { application, takenAt } from './world.js';

const reading = { source: { road: 'workload', call: 'a look' }, at: takenAt } as const;

export const inside = <T>(value: T): Fact<T> => known(reading, value);
export const blind = (reason: string): Fact<never> => unknown(reading, reason, 'workload evidence');

const hardened: Readonly<Record<string, string>> = {
  'listen-client-urls': 'https://10.0.0.1:2379',
  'listen-peer-urls': 'https://10.0.0.1:2380',
  'cert-file': '/tls/client.pem',
  'key-file': '/tls/client.key',
  'client-cert-auth': 'true',
  'trusted-ca-file': '/tls/client_ca.pem',
  'peer-cert-file': '/tls/peer.pem',
  'peer-key-file': '/tls/peer.key',
  'peer-client-cert-auth': 'true',
  'peer-trusted-ca-file': '/tls/peer_ca.pem',
};

/** The hardened configuration of a file with what is changed of it; `''` takes a setting away. */
export function configuration(
  changed: Readonly<Record<string, string>> = {},
  more: Partial<EtcdConfiguration> = {},
): EtcdConfiguration {
  const settings = Object.entries({ ...hardened, ...changed })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [name, { value, origin: 'file' }] as const);
  return { ruledBy: 'file', settings: Object.fromEntries(settings), ignored: [], ...more };
}

export function ca(name: string): CertificateFacts {
  return {
    subject: `CN=${name}`,
    issuer: `CN=${name}`,
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2036-01-01T00:00:00Z',
    fingerprint: `f-${name}`,
    keyFingerprint: `k-${name}`,
  };
}

/** A member that is as it should be, with what is changed. */
export function goodMember(changed: EtcdMember = {}): EtcdMember {
  return {
    configuration: inside(configuration()),
    clientCas: inside([ca('etcd')]),
    configurationFile: inside({ path: '/etcd.yml', mode: 0o600, owner: 'etcd', group: 'etcd' }),
    dataDirectory: inside({ path: '/data', mode: 0o700, owner: 'etcd', group: 'etcd' }),
    ...changed,
  };
}

export const answers = (answer: PortProbe['answer'], port = 2379): Fact<PortProbe> =>
  inside({ port, answer });

/** etcd's two units with these members, beside a Kafka with a CA of its own. */
export function membersWorld(first: EtcdMember, second: EtcdMember = first, world: EtcdWorld = {}): Snapshot {
  const workload = { etcdMembers: inside({ 'etcd/0': first, 'etcd/1': second }) };
  const kafka = application({
    charm: { name: 'kafka' },
    workload: { certificateAuthorities: inside([ca('kafka')]) },
  });
  return etcdWorld({
    ...world,
    etcd: { workload, ...world.etcd },
    applications: { kafka, ...world.applications },
  });
}
