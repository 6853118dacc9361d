import { offerCharmUrl } from '../world/charm-url.js';
import { endpointsOf } from '../world/endpoints.js';
import type { SimModel, SimOffer, SimRemote } from '../world/state.js';
import { detailed } from './detailed-status.js';

export function remoteEntry(model: SimModel, remote: SimRemote): object {
  const endpoints = endpointsOf(model, remote.name) ?? [];
  const relations = endpoints.map(({ name }): [string, string[]] => [name, relatedTo(model, remote, name)]);
  return {
    'offer-url': `${model.controller.name}:${offerUrl(remote.offerModel, remote.offer)}`,
    'offer-name': remote.offer.name,
    endpoints: endpoints.map(({ name, role, interface: kind, limit }) => ({
      name,
      role,
      interface: kind,
      limit,
    })),
    life: 'alive',
    relations: Object.fromEntries(relations.filter(([, names]) => names.length > 0)),
    status: detailed({ status: 'active', message: '', since: remote.since }),
  };
}

/** As other models name the offer: `owner/model.offer`. */
export function offerUrl(model: SimModel, offer: SimOffer): string {
  return `${model.owner}/${model.name}.${offer.name}`;
}

function relatedTo({ relations }: SimModel, remote: SimRemote, endpoint: string): string[] {
  const found = [...relations.values()].flatMap(({ sides }) => {
    const [own] = sides.filter((side) => side.application === remote.name && side.endpoint.name === endpoint);
    return own === undefined
      ? []
      : sides.filter((side) => side !== own).map(({ application }) => application);
  });
  return found.sort();
}

export function offerEntry(model: SimModel, offer: SimOffer): object {
  const application = model.applications.get(offer.application);
  return {
    'offer-name': offer.name,
    'application-name': offer.application,
    charm: application === undefined ? '' : offerCharmUrl(application),
    endpoints: Object.fromEntries(offerEndpoints(model, offer).map((endpoint) => [endpoint.name, endpoint])),
    'active-connected-count': offer.connections.length,
    'total-connected-count': offer.connections.length,
  };
}

export interface WireEndpoint {
  readonly name: string;
  readonly role: string;
  readonly interface: string;
  readonly limit: number;
}

export function offerEndpoints(model: SimModel, offer: SimOffer): readonly WireEndpoint[] {
  const endpoints = model.applications.get(offer.application)?.charm.endpoints ?? [];
  const offered = endpoints.filter(({ name }) => offer.endpoints.includes(name));
  return offered.map(({ name, role, interface: kind, limit }) => ({ name, role, interface: kind, limit }));
}
