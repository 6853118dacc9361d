import type { ApplicationView } from '../../core/evaluate/view.js';
import { clientsAt, outsideClientsAt, type ClientSide } from '../shared/clients.js';
import type { Endpoint } from '../shared/relations.js';
import type { TlsSide } from '../shared/tls-relation.js';
import type { Release } from './release.js';

export const storeEndpoint: Endpoint = { name: 's3-parameters', interface: 's3', sole: true };
/** The older interface, with the rights of MySQL's root. */
export const rootEndpoint: Endpoint = { name: 'mysql-root', interface: 'mysql', sole: false };

/** The side of the clients. */
export function clientSide({ track }: Release): TlsSide {
  return {
    endpoint: tlsEndpoint(track === '8.4' ? 'client-certificates' : 'certificates'),
    between: 'clients and servers',
    disabled: 'ClientTlsNotDemanded',
    otherwise: 'clients may talk in clear',
  };
}

/** The side of the members of track 8.4; those of 8.0 have certificates of the charm's own making. */
export const memberSide: TlsSide = {
  endpoint: tlsEndpoint('peer-certificates'),
  between: 'members',
  disabled: 'PeerProviderMissing',
  otherwise: 'its members have no certificates of a provider',
};

function tlsEndpoint(name: string): Endpoint {
  return { name, interface: 'tls-certificates', sole: name === 'certificates' };
}

const clients: ClientSide = {
  endpoints: new Set(['database', 'mysql', 'mysql-root']),
  interfaces: new Set(['mysql_client', 'mysql']),
};

/** The applications that use the database, by name. */
export function clientNames(app: ApplicationView): readonly string[] {
  return clientsAt(app, clients);
}

/** Those of them that may be outside the cluster. */
export function outsideClients(app: ApplicationView): readonly string[] {
  return outsideClientsAt(app, clients);
}
