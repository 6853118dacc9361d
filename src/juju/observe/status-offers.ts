import { newDict, type Dict } from '../../core/dict.js';
import { known, type Fact } from '../../core/fact.js';
import type { Offer, RemoteApplication } from '../../core/snapshot.js';
import { branch, count, defined, text, textOr, type Branch } from '../status/json.js';
import { isApplicationName, isEndpointName } from './names.js';
import { errorIn, errorOf, unreadable, type StatusContext } from './status-context.js';

export function readRemoteApplications(context: StatusContext, raw: Branch): Fact<Dict<RemoteApplication>> {
  const remotes = newDict<RemoteApplication>();
  for (const name of Object.keys(raw)) {
    if (!isApplicationName(name)) {
      context.onBadName('remote application', name);
      continue;
    }
    const remote = branch(raw[name]);
    const error = errorOf(remote, 'status');
    if (error !== undefined) return unreadable(context.reading, `the remote application ${name}`, error);
    remotes[name] = defined<RemoteApplication>({
      name,
      offerUrl: text(remote['offer-url']),
      endpoints: readEndpoints(remote['endpoints']),
      status: text(branch(remote['status'])['status']),
      life: textOr(remote['life']),
    });
  }
  return known(context.reading, remotes);
}

/** The offers as a model admin sees them; for anybody else the list is silently empty, so do not trust it then. */
export function readStatusOffers(context: StatusContext, raw: Branch): Fact<Dict<Offer>> {
  const offers = newDict<Offer>();
  for (const name of Object.keys(raw)) {
    if (!isApplicationName(name)) {
      context.onBadName('offer', name);
      continue;
    }
    const offer = branch(raw[name]);
    const error = errorIn(offer);
    if (error !== undefined) return unreadable(context.reading, `the offer ${name}`, error);
    offers[name] = defined<Offer>({
      name,
      url: undefined,
      application: text(offer['application-name']),
      charm: textOr(offer['charm']),
      endpoints: readEndpoints(offer['endpoints']),
      users: undefined,
      connections: count(offer['total-connected-count']),
    });
  }
  return known(context.reading, offers);
}

type RemoteEndpoint = RemoteApplication['endpoints'][number];

/** Endpoints as a list or as a dictionary, sorted by name. */
export function readEndpoints(raw: unknown): readonly RemoteEndpoint[] {
  const items = Array.isArray(raw) ? (raw as unknown[]) : Object.values(branch(raw));
  const endpoints: RemoteEndpoint[] = [];
  for (const item of items) {
    const { name, interface: wire, role } = branch(item);
    if (typeof name !== 'string' || !isEndpointName(name)) continue;
    endpoints.push({ name, interface: text(wire), role: text(role) });
  }
  return endpoints.sort((a, b) => (a.name < b.name ? -1 : 1));
}
