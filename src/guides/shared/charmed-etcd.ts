import type { ProbePort } from '../../core/control.js';
import type { Endpoint } from './relations.js';
import type { TlsSide } from './tls-relation.js';

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
