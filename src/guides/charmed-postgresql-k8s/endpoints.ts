import type { ApplicationView } from '../../core/evaluate/view.js';
import { clientsAt, outsideClientsAt, type ClientSide } from '../shared/clients.js';
import type { Endpoint } from '../shared/relations.js';
import type { TlsSide } from '../shared/tls-relation.js';
import type { Release } from './release.js';

export const storeEndpoint: Endpoint = { name: 's3-parameters', interface: 's3', sole: true };
export const agentEndpoint: Endpoint = { name: 'cos-agent', interface: 'cos_agent', sole: true };

/** The side of the clients, which 14 and PgBouncer secure by the one endpoint that they have. */
export function clientSide({ track }: Release): TlsSide {
  const endpoint = tlsEndpoint(track === '16' ? 'client-certificates' : 'certificates');
  return { endpoint, between: 'clients and servers', disabled: 'ClientTlsDisabled' };
}

/** The side of the members. */
export function memberSide({ track }: Release): TlsSide {
  const endpoint = tlsEndpoint(track === '16' ? 'peer-certificates' : 'certificates');
  return { endpoint, between: 'members', disabled: 'PeerTlsDisabled' };
}

function tlsEndpoint(name: string): Endpoint {
  return { name, interface: 'tls-certificates', sole: name === 'certificates' };
}

const clients: ClientSide = {
  endpoints: new Set(['database', 'db', 'db-admin']),
  interfaces: new Set(['postgresql_client', 'pgsql']),
};

/** The applications that use the database, by name. */
export function clientNames(app: ApplicationView): readonly string[] {
  return clientsAt(app, clients);
}

/** Those of them that may be outside the cluster. */
export function outsideClients(app: ApplicationView): readonly string[] {
  return outsideClientsAt(app, clients);
}
