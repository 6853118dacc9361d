/** The two ends of a `juju_integration`, by what is planned and, where that is not known yet, by its configuration. */
import type { RelationEnd } from '../../core/snapshot.js';
import { branch, branches, text, type Branch } from '../json.js';
import { applicationName, offerName } from './places.js';
import { constantText, type References } from './references.js';
import type { Resource } from './resources.js';

export type Ends = readonly [Offered, Offered];

/** An end, with the offer's URL where it leads to another model and the URL is known. */
export interface Offered {
  readonly end: RelationEnd;
  readonly offerUrl?: string;
}

/** Undefined where an end is known only after the plan was applied. */
export function endsOf(resource: Resource, references: References): Ends | undefined {
  const planned = branches(resource.values['application']).map(plannedEnd);
  const sure = planned.filter((end) => end !== undefined);
  const [first, second] = sure.length === 2 ? sure : completed(sure, resource, references);
  return first !== undefined && second !== undefined ? [first, second] : undefined;
}

function plannedEnd(block: Branch): Offered | undefined {
  const url = text(block['offer_url']);
  const endpoint = text(block['endpoint']);
  const name = text(block['name']);
  if (url !== undefined) return remoteEnd(offerIn(url), endpoint, url);
  return name === undefined ? undefined : localEnd(name, endpoint);
}

/** Blocks are a set: which block of the configuration is which planned one is told by the application alone. */
function completed(
  sure: readonly Offered[],
  resource: Resource,
  references: References,
): readonly (Offered | undefined)[] {
  const written = references.expressions(resource)['application'];
  const configured = branches(written).map((block) => configuredEnd(block, resource, references));
  const missing = configured.filter((end) => end !== undefined && !sure.some((other) => isSame(end, other)));
  const all = [...sure, ...missing];
  return all.length === 2 ? all : [];
}

function isSame({ end: a }: Offered, { end: b }: Offered): boolean {
  return a.application === b.application && a.remote === b.remote;
}

function configuredEnd(block: Branch, near: Resource, references: References): Offered | undefined {
  const endpoint = constantText(block['endpoint']);
  const url = constantText(block['offer_url']);
  if (url !== undefined) return remoteEnd(offerIn(url), endpoint, url);
  const name = constantText(block['name']);
  if (name !== undefined) return localEnd(name, endpoint);
  const offer = references.to(branch(block['offer_url']), near);
  if (offer?.type === 'juju_offer')
    return remoteEnd(offerName(offer, references), endpoint, text(offer.values['url']));
  const target = references.to(branch(block['name']), near);
  return target?.type === 'juju_application' ? localEnd(applicationName(target), endpoint) : undefined;
}

function localEnd(application: string, endpoint: string | undefined): Offered {
  return { end: endpoint === undefined ? { application } : { application, endpoint } };
}

function remoteEnd(application: string, endpoint: string | undefined, offerUrl: string | undefined): Offered {
  const end = { application, remote: true, ...(endpoint === undefined ? {} : { endpoint }) };
  return offerUrl === undefined ? { end } : { end, offerUrl };
}

/** `controller:owner/model.offer` as the offer's name. */
function offerIn(url: string): string {
  return url.slice(url.lastIndexOf('.') + 1);
}
