import type { Charm } from '../../core/snapshot.js';
import type { ProbePort } from '../../core/control.js';
import type { Endpoint } from './relations.js';
import type { TlsSide } from './tls-relation.js';

/**
 * Whether an application is Charmed etcd, the machine charm of tracks 3.5 and 3.6: by charm name and endpoints, or by
 * charm name and track where the road shows no endpoints (a bundle, an older status). The older reactive `etcd` charm
 * is another product.
 */
export function isCharmedEtcd(charm: Charm, endpoints: readonly string[]): boolean {
  if (charm.name !== 'charmed-etcd') return false;
  const shown = endpoints.filter((endpoint) => endpoint !== '');
  if (shown.length === 0) return charm.track?.startsWith('3.') === true;
  return shown.includes(peerEndpoint.name) && shown.includes(clientEndpoint.name);
}

/** The ports of every member. */
export const clientPort = 2379;
export const peerPort = 2380;

export const etcdProbes: readonly ProbePort[] = [
  { port: clientPort, protocol: 'etcd-client' },
  { port: peerPort, protocol: 'etcd-peer' },
];

export const clientEndpoint: Endpoint = {
  name: 'client-certificates',
  interface: 'tls-certificates',
  sole: false,
};
export const peerEndpoint: Endpoint = {
  name: 'peer-certificates',
  interface: 'tls-certificates',
  sole: false,
};
export const s3Endpoint: Endpoint = { name: 's3-credentials', interface: 's3', sole: true };
export const azureEndpoint: Endpoint = { name: 'azure-credentials', interface: 'azure', sole: true };
export const cosEndpoint: Endpoint = { name: 'cos-agent', interface: 'cos_agent', sole: true };
export const etcdClientEndpoint: Endpoint = { name: 'etcd-client', interface: 'etcd_client', sole: true };

export const clientSide: TlsSide = {
  endpoint: clientEndpoint,
  between: 'clients and members',
  disabled: 'ClientTlsDisabled',
};

export const peerSide: TlsSide = {
  endpoint: peerEndpoint,
  between: 'members',
  disabled: 'PeerTlsDisabled',
};
