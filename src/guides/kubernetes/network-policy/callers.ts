import type { ApplicationView, ModelView } from '../../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../../core/fact.js';
import { namespaceName } from '../../../core/kube/model-namespace.js';
import type { Offer } from '../../../core/snapshot.js';
import { farEnd, type FarEnd } from '../../shared/far-end.js';
import { ownerOf } from '../../shared/kubernetes-evidence.js';
import { offeringModel, parseOfferUrl } from '../../shared/offer-url.js';
import type { Link } from '../../shared/relations.js';

/** Somebody who connects, or is connected to. */
export type Caller =
  | { readonly kind: 'application'; readonly namespace: string; readonly application: string }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'block'; readonly cidr: string };

/** The application at the other end of a relation as the network knows it; else why it is not known there. */
export function callerAt(model: ModelView, end: Link['other']): Caller | { readonly doubt: string } {
  const far = farEnd(model, end);
  if (far.kind === 'local') return applicationIn(model, far.name);
  if (far.kind === 'unseen') return { doubt: `${far.name} is not seen in ${model.name}` };
  return behindOffer(model, far);
}

/** Whether a caller was found. */
export function isCaller(found: Caller | { readonly doubt: string }): found is Caller {
  return 'kind' in found;
}

export function applicationIn(model: ModelView, application: string): Caller {
  return { kind: 'application', namespace: namespaceOf(model), application };
}

/** How the namespace of a model is called. */
export function namespaceOf(model: ModelView): string {
  return namespaceName(ownerOf(model));
}

function behindOffer(
  model: ModelView,
  { name, remote, offered }: Extract<FarEnd, { kind: 'remote' }>,
): Caller | { readonly doubt: string } {
  if (offered !== undefined) return onMachines(offered.model) ?? applicationIn(offered.model, offered.name);
  const url = remote && parseOfferUrl(remote.offerUrl);
  if (url === undefined) return { doubt: `what is behind ${name} is not seen` };
  if (url.controller !== undefined && url.controller !== model.controller.name)
    return { doubt: `${name} is an offer of another controller, ${url.controller}` };
  return { kind: 'namespace', namespace: url.model };
}

function onMachines(model: ModelView): { readonly doubt: string } | undefined {
  return valueOf(model.get('info'))?.type === 'iaas'
    ? { doubt: `the model ${model.name} runs on machines, whose addresses no label tells` }
    : undefined;
}

/** A consumer of an offer, with the endpoint through which it comes. */
export interface Consumer {
  readonly endpoint: string | undefined;
  readonly caller: Caller | { readonly doubt: string };
}

/** The applications of other models that use an offer of this one, as far as the estate holds their models. */
export function consumersOf(app: ApplicationView, offer: Offer): readonly Consumer[] {
  const { estate } = app.model.controller;
  const models = estate.controllers().flatMap((controller) => controller.models());
  return models.flatMap((model) => (model === app.model ? [] : consumersIn(model, app, offer)));
}

function consumersIn(model: ModelView, app: ApplicationView, offer: Offer): readonly Consumer[] {
  const remotes = model.get('remoteApplications');
  if (!isKnown(remotes)) return [];
  const names = Object.values(remotes.value)
    .filter(({ offerUrl }) => isOf(offerUrl, model, app, offer))
    .map(({ name }) => name);
  if (names.length === 0) return [];
  const relations = valueOf(model.get('relations')) ?? [];
  return relations.flatMap(({ ends }) => {
    const far = ends.find(({ application }) => names.includes(application));
    const near = ends.find(({ application }) => !names.includes(application));
    if (far === undefined || near === undefined) return [];
    const caller = onMachines(model) ?? applicationIn(model, near.application);
    return [{ endpoint: far.endpoint, caller }];
  });
}

function isOf(offerUrl: string, consumer: ModelView, app: ApplicationView, offer: Offer): boolean {
  const url = parseOfferUrl(offerUrl);
  return url?.offer === offer.name && offeringModel(consumer, url) === app.model;
}
