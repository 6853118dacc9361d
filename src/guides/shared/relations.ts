import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, valueOf, type Known, type Unknown } from '../../core/fact.js';
import type { Relation, RelationEnd } from '../../core/snapshot.js';

/** An endpoint of an application that a control asks for. */
export interface Endpoint {
  readonly name: string;
  /** As the charm declares it; used where a road shows no endpoint names. */
  readonly interface: string;
  /** Whether the charm has no other endpoint of this interface, so that the interface alone tells it. */
  readonly sole: boolean;
}

/** One relation as one of its applications sees it. */
export interface Link {
  readonly relation: Relation;
  readonly own: RelationEnd;
  readonly other: RelationEnd;
}

/** The relations at an endpoint. `perhaps` are those that may be at it, on a road that shows no endpoint names. */
export interface Links {
  readonly fact: Known<readonly Relation[]>;
  readonly sure: readonly Link[];
  readonly perhaps: readonly Link[];
}

/** How a relation stands: `down` is broken, suspended, or leads to an application that is being removed. */
export interface LinkState {
  readonly state: 'up' | 'forming' | 'down';
  readonly words: string;
}

/** All relations of an application, peers left out. */
export function allLinks(app: ApplicationView): Links | Unknown {
  return app.derived(linksFrom, undefined);
}

function linksFrom(app: ApplicationView): Links | Unknown {
  const fact = app.get('relations');
  if (!isKnown(fact)) return fact;
  const sure = fact.value.flatMap((relation) => linkOf(relation, app.name));
  return { fact, sure, perhaps: [] };
}

/** The relations at one endpoint of an application. */
export function linksAt(app: ApplicationView, endpoint: Endpoint): Links | Unknown {
  const links = allLinks(app);
  if (!isLinks(links)) return links;
  if (links.sure.length === 0) return links;
  const sure: Link[] = [];
  const perhaps: Link[] = [];
  for (const link of links.sure) {
    const fit = fits(link, endpoint);
    if (fit === 'yes') sure.push(link);
    else if (fit === 'perhaps') perhaps.push(link);
  }
  return { fact: links.fact, sure, perhaps };
}

export function isLinks(links: Links | Unknown): links is Links {
  return 'sure' in links;
}

/** `application:endpoint`, or the application alone where the road does not show the endpoint. */
export function endText(end: RelationEnd): string {
  return end.endpoint === undefined ? end.application : `${end.application}:${end.endpoint}`;
}

/** How the relation stands, seen from `app`. A road that shows no relation status leaves only removals to be seen. */
export function linkState(link: Link, app: ApplicationView): LinkState {
  const { status } = link.relation;
  if (status !== undefined && downStates.has(status))
    return { state: 'down', words: `the relation is ${status}` };
  if (isLeaving(link.other, app))
    return { state: 'down', words: `${link.other.application} is being removed` };
  if (status === undefined) return { state: 'up', words: 'related' };
  return status === 'joined'
    ? { state: 'up', words: status }
    : { state: 'forming', words: status || 'changing' };
}

const downStates: ReadonlySet<string> = new Set(['broken', 'suspended', 'suspending', 'error']);

function isLeaving(end: RelationEnd, app: ApplicationView): boolean {
  const local = app.model.application(end.application);
  const life = local === undefined ? remoteLife(end.application, app) : valueOf(local.get('status'))?.life;
  return life === 'dying' || life === 'dead';
}

function remoteLife(name: string, app: ApplicationView): string | undefined {
  return valueOf(app.model.get('remoteApplications'))?.[name]?.life;
}

function linkOf(relation: Relation, name: string): readonly Link[] {
  const [first, second] = relation.ends;
  if (isEndOf(first, name))
    return first.application === second.application ? [] : [{ relation, own: first, other: second }];
  return isEndOf(second, name) ? [{ relation, own: second, other: first }] : [];
}

function isEndOf(end: RelationEnd, name: string): boolean {
  return end.application === name && end.remote !== true;
}

function fits(link: Link, endpoint: Endpoint): 'yes' | 'no' | 'perhaps' {
  if (link.own.endpoint !== undefined) return link.own.endpoint === endpoint.name ? 'yes' : 'no';
  if (link.relation.interface === '') return 'perhaps';
  if (link.relation.interface !== endpoint.interface) return 'no';
  return endpoint.sole ? 'yes' : 'perhaps';
}

/** The fact that shows that nothing is related at the endpoint; undefined when something may be. */
export function isSurelyUnrelated(
  app: ApplicationView,
  endpoint: Endpoint,
): Known<readonly Relation[]> | undefined {
  const links = linksAt(app, endpoint);
  if (!isLinks(links)) return undefined;
  return links.sure.length + links.perhaps.length === 0 ? links.fact : undefined;
}
