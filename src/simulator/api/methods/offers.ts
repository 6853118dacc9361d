import { changeOfferAccess } from '../../world/access.js';
import { offerCharmUrl } from '../../world/charm-url.js';
import { denied, JujuError } from '../../errors.js';
import { holds } from '../../world/levels.js';
import type { SimConnection, SimController, SimModel, SimOffer, SimUser } from '../../world/state.js';
import type { ControllerCall, ControllerMethod } from '../call.js';
import { eachResult, recordsOf, textOf, textsOf, type Params } from '../params.js';
import { offerEndpoints, offerUrl } from '../status-offers.js';
import { wireTime } from '../times.js';
import { accessChange } from './model-manager.js';

export const offerMethods: Readonly<Record<string, ControllerMethod>> = {
  'ApplicationOffers.ListApplicationOffers': list,
  'ApplicationOffers.FindApplicationOffers': find,
  'ApplicationOffers.ApplicationOffers': byUrl,
  'ApplicationOffers.ModifyOfferAccess': modify,
};

interface Found {
  readonly model: SimModel;
  readonly offer: SimOffer;
}

/** Needs model admin on every model asked for. */
function list({ controller, user, params }: ControllerCall): object {
  const models = recordsOf(params, 'Filters').map((filter) => modelOf(controller, filter));
  if (models.some((model) => model !== undefined && !holds(model, user, 'admin'))) throw denied();
  return resultsOf(controller, models.flatMap(offersOf));
}

function find({ controller, user, params }: ControllerCall): object {
  const filters = recordsOf(params, 'Filters');
  const named = filters.map((filter) => modelOf(controller, filter)).filter((model) => model !== undefined);
  const models = named.length > 0 ? named : [...controller.models.values()];
  const offers = models.flatMap(offersOf).filter(({ model, offer }) => isVisible(model, offer, user));
  return resultsOf(controller, offers);
}

function byUrl({ controller, user, params }: ControllerCall): object {
  return eachResult(textsOf(params, 'offer-urls'), (url) => {
    const found = offerAt(controller, url);
    if (!isVisible(found.model, found.offer, user)) throw notFound(url);
    return { result: details(controller, found) };
  });
}

function modify({ controller, user, params }: ControllerCall): object {
  return eachResult(recordsOf(params, 'changes'), (change) => {
    const { model, offer } = offerAt(controller, textOf(change, 'offer-url'));
    if (!holds(model, user, 'admin') && offer.users.get(user.name) !== 'admin') throw denied();
    changeOfferAccess(controller, offer, accessChange(change));
    return {};
  });
}

function isVisible(model: SimModel, offer: SimOffer, user: SimUser): boolean {
  return offer.users.has(user.name) || holds(model, user, 'admin');
}

function modelOf(controller: SimController, filter: Params): SimModel | undefined {
  const owner = textOf(filter, 'model-qualifier') || textOf(filter, 'owner-name');
  const name = textOf(filter, 'model-name');
  return [...controller.models.values()].find(
    (model) => model.name === name && (owner === '' || model.owner === owner),
  );
}

function offersOf(model: SimModel | undefined): readonly Found[] {
  return model === undefined ? [] : [...model.offers.values()].map((offer) => ({ model, offer }));
}

function offerAt(controller: SimController, url: string): Found {
  const path = url.slice(url.indexOf(':') + 1);
  const all = [...controller.models.values()].flatMap(offersOf);
  const found = all.find(({ model, offer }) => offerUrl(model, offer) === path);
  if (found === undefined) throw notFound(path);
  return found;
}

function notFound(url: string): JujuError {
  return new JujuError(`application offer "${url}"`, 'not found');
}

function resultsOf(controller: SimController, offers: readonly Found[]): object {
  return { results: offers.length === 0 ? null : offers.map((found) => details(controller, found)) };
}

function details(controller: SimController, { model, offer }: Found): object {
  const application = model.applications.get(offer.application);
  const connections = offer.connections.map((connection) => connectionOf(connection));
  return {
    'source-model-tag': `model-${model.uuid}`,
    'offer-uuid': offer.uuid,
    'offer-url': offerUrl(model, offer),
    'offer-name': offer.name,
    'application-description': '',
    endpoints: offerEndpoints(model, offer),
    users: [...offer.users].map(([user, access]) => {
      return { user, 'display-name': controller.users.get(user)?.displayName ?? '', access };
    }),
    'application-name': offer.application,
    'charm-url': application === undefined ? '' : offerCharmUrl(application),
    ...(connections.length > 0 ? { connections } : {}),
  };
}

/** Where the consuming units come from; requirers are not called, so nothing comes in. */
function ingressOf({ model, relation }: Pick<SimConnection, 'model' | 'relation'>): readonly string[] | null {
  const consumer = relation.sides.find(({ application }) => model.applications.has(application));
  if (consumer?.endpoint.role !== 'requirer') return null;
  const units = model.applications.get(consumer.application)?.units ?? [];
  return units.map(({ address }) => `${address}/32`);
}

function connectionOf({ model, relation, id, endpoint }: SimConnection): object {
  return {
    'source-model-tag': `model-${model.uuid}`,
    'relation-id': id,
    username: model.owner,
    endpoint,
    status: { status: relation.status, info: '', since: wireTime(relation.since) },
    'ingress-subnets': ingressOf({ model, relation }),
  };
}
