import type { ApplicationView } from '../../core/evaluate/view.js';
import { applicationAt, charmOf, farEnd } from '../shared/far-end.js';
import { allLinks, isLinks, type Endpoint, type Link } from '../shared/relations.js';
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

const clientEndpoints: ReadonlySet<string> = new Set(['database', 'db', 'db-admin']);
const clientInterfaces: ReadonlySet<string> = new Set(['postgresql_client', 'pgsql']);

/** The applications that use the database, by name. */
export function clientNames(app: ApplicationView): readonly string[] {
  return namesOf(clientLinks(app));
}

/** Those of them that may be outside the cluster: in other models, or handing their access on to people. */
export function outsideClients(app: ApplicationView): readonly string[] {
  return namesOf(
    clientLinks(app).filter(({ other }) => {
      const end = farEnd(app.model, other);
      return end.kind !== 'local' || charmOf(applicationAt(end))?.name === 'data-integrator';
    }),
  );
}

function clientLinks(app: ApplicationView): readonly Link[] {
  const links = allLinks(app);
  return isLinks(links) ? links.sure.filter(isOfClient) : [];
}

function isOfClient({ own, relation }: Link): boolean {
  return own.endpoint === undefined
    ? clientInterfaces.has(relation.interface)
    : clientEndpoints.has(own.endpoint);
}

function namesOf(links: readonly Link[]): readonly string[] {
  return [...new Set(links.map(({ other }) => other.application))];
}
