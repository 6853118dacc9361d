import type { ApplicationView, ControllerView, ModelView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';

/** The parts of an offer's URL, `controller:owner/model.offer`. */
export interface OfferUrl {
  /** Absent: the same controller. */
  readonly controller?: string;
  readonly owner?: string;
  readonly model: string;
  readonly offer: string;
}

/** Undefined for what is no offer URL. */
export function parseOfferUrl(url: string): OfferUrl | undefined {
  const match = /^(?:([^:]+):)?(?:([^/:]+)\/)?([^./]+)\.([^./]+)$/.exec(url);
  if (match === null) return undefined;
  const [, controller, owner, model = '', offer = ''] = match;
  return {
    ...(controller === undefined ? {} : { controller }),
    ...(owner === undefined ? {} : { owner }),
    model,
    offer,
  };
}

/** Whether the offer is made by the controller on which it is used. */
export function isSameController(url: OfferUrl, own: ControllerView): boolean {
  return url.controller === undefined || url.controller === own.name;
}

/** The model that makes the offer, where the estate holds it. */
export function offeringModel(consumer: ModelView, url: OfferUrl): ModelView | undefined {
  const own = consumer.controller;
  const controller = isSameController(url, own) ? own : own.estate.controller(url.controller ?? '');
  const model = controller?.model(url.model);
  const isIt = model !== undefined && isOwnedBy(model, url.owner);
  return isIt ? model : controller?.model(`${url.owner ?? ''}/${url.model}`);
}

/** The application behind an offer, where the estate holds its model. */
export function offeredApplication(consumer: ModelView, offerUrl: string): ApplicationView | undefined {
  const url = parseOfferUrl(offerUrl);
  const model = url && offeringModel(consumer, url);
  if (url === undefined || model === undefined) return undefined;
  const offers = model.get('offers');
  const offer = isKnown(offers) ? offers.value[url.offer] : undefined;
  return offer && model.application(offer.application);
}

function isOwnedBy(model: ModelView, owner: string | undefined): boolean {
  const known = valueOf(model.get('info'))?.owner;
  return owner === undefined || known === undefined || known === owner;
}
