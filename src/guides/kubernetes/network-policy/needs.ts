/** Who needs which port of whom: from the model's relations and the ports that its charms are known to listen on. */
import type { ApplicationView } from '../../../core/evaluate/view.js';
import { isKnown, valueOf, type Unknown } from '../../../core/fact.js';
import { optionIn } from '../../shared/option.js';
import { allLinks, isLinks, linkState, type Link } from '../../shared/relations.js';
import { portsOf, type Served, type WorkloadPorts } from '../../shared/workload-ports.js';
import { applicationIn, callerAt, consumersOf, isCaller, type Caller } from './callers.js';

/** Ports that somebody needs, and what for. */
export interface Need {
  readonly why: string;
  readonly ports: readonly number[];
  readonly who: readonly Caller[];
}

/** Everybody who needs something of an application. */
export interface Inbound {
  readonly needs: readonly Need[];
  /** Who could not be told, in sentences. */
  readonly doubts: readonly string[];
}

/** Whom the policy admits besides those that the relations tell. */
export interface Declared {
  /** As NAMESPACE/APPLICATION; an asterisk in place of the application admits all pods of the namespace. */
  readonly peers: readonly string[];
  readonly cidrs: readonly string[];
}

/** The ports of the application's charm, PgBouncer's as it is set; undefined where its charm is not known here. */
export function workloadPorts(app: ApplicationView): WorkloadPorts | undefined {
  const charm = valueOf(app.get('charm'));
  const known = charm && portsOf(charm);
  if (known?.charm !== 'pgbouncer-k8s') return known;
  const port = Number(optionIn(app, ['listen_port'])?.text ?? pooler);
  if (!Number.isInteger(port) || port === pooler || port < 1 || port > 65_535) return known;
  const moved = (ports: readonly number[]): readonly number[] =>
    ports.map((one) => (one === pooler ? port : one));
  return {
    ...known,
    serves: known.serves.map((served) => ({ ...served, ports: moved(served.ports) })),
    peers: moved(known.peers),
  };
}

/** PgBouncer's port where nobody set another. */
const pooler = 6432;

/** All ports on which an application listens for anybody. */
export function guardedPorts({ serves, peers }: WorkloadPorts): readonly number[] {
  return [...new Set([...peers, ...serves.flatMap(({ ports }) => ports)])].sort((one, other) => one - other);
}

/** Who needs to come in; unknown where the relations were not read. */
export function inboundOf(app: ApplicationView, ports: WorkloadPorts, declared: Declared): Inbound | Unknown {
  const links = allLinks(app);
  if (!isLinks(links)) return links;
  const doubts: string[] = [];
  const tell = (found: Caller | { readonly doubt: string }): readonly Caller[] => {
    if (isCaller(found)) return [found];
    doubts.push(found.doubt);
    return [];
  };
  const needs = ports.serves.map((served) => ({
    why: `${served.what} by ${served.endpoint}`,
    ports: served.ports,
    who: [
      ...links.sure
        .filter((link) => isAt(link, served) && linkState(link, app).state !== 'down' && isSeen(link, app))
        .flatMap(({ other }) => tell(callerAt(app.model, other))),
      ...offered(app, served, doubts).flatMap(tell),
    ],
  }));
  const all = [...members(app, ports), ...needs, ...declaredNeed(ports, declared)];
  return { needs: all.filter(({ who }) => who.length > 0).map(withoutRepeats), doubts };
}

/** A relation whose endpoint the road does not show is told by its interface. */
export function isAt({ own, relation }: Pick<Link, 'own' | 'relation'>, served: Served): boolean {
  return own.endpoint === undefined
    ? relation.interface === served.interface
    : own.endpoint === served.endpoint;
}

/** Consumers in other models stand in relations under names of their own: their offers tell who they are. */
function isSeen({ other }: Link, app: ApplicationView): boolean {
  const remotes = valueOf(app.model.get('remoteApplications')) ?? {};
  return app.model.application(other.application) !== undefined || Object.hasOwn(remotes, other.application);
}

function members(app: ApplicationView, { peers }: WorkloadPorts): readonly Need[] {
  return [{ why: 'units among each other', ports: peers, who: [applicationIn(app.model, app.name)] }].filter(
    ({ ports }) => ports.length > 0,
  );
}

function offered(
  app: ApplicationView,
  served: Served,
  doubts: string[],
): readonly (Caller | { readonly doubt: string })[] {
  const offers = app.model.get('offers');
  if (!isKnown(offers)) return [];
  const own = Object.values(offers.value).filter(
    ({ application, endpoints }) =>
      application === app.name && endpoints.some(({ name }) => name === served.endpoint),
  );
  return own.flatMap((offer) => {
    const consumers = consumersOf(app, offer);
    const connections = offer.connections ?? 0;
    if (connections > consumers.length)
      doubts.push(
        `the offer ${offer.name} of ${app.name} has ${connections} connections, and ${consumers.length} of their models are seen`,
      );
    return consumers
      .filter(({ endpoint }) => endpoint === undefined || endpoint === served.endpoint)
      .map(({ caller }) => caller);
  });
}

function declaredNeed(ports: WorkloadPorts, { peers, cidrs }: Declared): readonly Need[] {
  const who = [...peers.flatMap(declaredCaller), ...cidrs.map((cidr) => ({ kind: 'block', cidr }) as const)];
  return [{ why: 'named by the policy', ports: guardedPorts(ports), who }];
}

/** Reads NAMESPACE/APPLICATION; what is none names nobody. */
export function declaredCaller(text: string): readonly Caller[] {
  const [namespace = '', application = '', ...more] = text.split('/');
  if (namespace === '' || application === '' || more.length > 0) return [];
  return application === '*'
    ? [{ kind: 'namespace', namespace }]
    : [{ kind: 'application', namespace, application }];
}

function withoutRepeats(need: Need): Need {
  const who = new Map(need.who.map((caller) => [JSON.stringify(caller), caller] as const));
  return { ...need, who: [...who.keys()].sort().flatMap((key) => who.get(key) ?? []) };
}
