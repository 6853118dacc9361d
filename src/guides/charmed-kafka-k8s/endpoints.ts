import type { Endpoint } from '../shared/relations.js';
import type { TlsSide } from '../shared/tls-relation.js';
import type { Product } from './product.js';

const tls = 'tls-certificates';

export const kafkaClientEndpoint: Endpoint = { name: 'kafka-client', interface: 'kafka_client', sole: true };
/** Kafka asks for a ZooKeeper here, and ZooKeeper serves its clients. */
export const zookeeperEndpoint: Endpoint = { name: 'zookeeper', interface: 'zookeeper', sole: true };
export const oauthEndpoint: Endpoint = { name: 'oauth', interface: 'oauth', sole: true };
export const s3Endpoint: Endpoint = { name: 's3-credentials', interface: 's3', sole: true };
export const cosEndpoint: Endpoint = { name: 'cos-agent', interface: 'cos_agent', sole: true };

const zookeeperSide: TlsSide = {
  endpoint: { name: 'certificates', interface: tls, sole: true },
  between: 'Kafka, other clients and members',
  disabled: 'ZooKeeperTlsDisabled',
};

const kafkaSide: TlsSide = {
  endpoint: { name: 'certificates', interface: tls, sole: false },
  between: 'clients and brokers',
  disabled: 'ClientTlsDisabled',
};

const kafkaPeerSide: TlsSide = {
  endpoint: { name: 'peer-certificates', interface: tls, sole: false },
  between: 'brokers',
  disabled: 'PeerCaOfItsOwn',
  otherwise: 'brokers trust a CA that the charm made up itself',
};

/** The sides to be secured, the one that cuts off nobody first. */
export function tlsSides({ component, generation }: Product): readonly [TlsSide, ...TlsSide[]] {
  if (component === 'zookeeper') return [zookeeperSide];
  return generation === 4 ? [kafkaPeerSide, kafkaSide] : [kafkaSide];
}

/** Where certificates of clients that authenticate by them come in. */
export function mtlsEndpoints({ generation }: Product): readonly Endpoint[] {
  if (generation === 4) return [{ name: 'client-cas', interface: 'certificate_transfer', sole: true }];
  return [
    { name: 'trusted-certificate', interface: tls, sole: false },
    { name: 'trusted-ca', interface: tls, sole: false },
  ];
}
