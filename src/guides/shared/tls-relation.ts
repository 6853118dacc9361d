import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Known } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';
import type { Relation } from '../../core/snapshot.js';
import { charmAt, farEnd } from './far-end.js';
import { endText, isLinks, linksAt, linkState, type Endpoint, type Link } from './relations.js';

/** One side of a service that a TLS provider secures. */
export interface TlsSide {
  readonly endpoint: Endpoint;
  /** Who speaks in clear without it, as in `clients and members`. */
  readonly between: string;
  /** The reason code when nothing is related. */
  readonly disabled: string;
  /** What is so without it, where that is something else than that they talk in clear. */
  readonly otherwise?: string;
}

/** The reasons that `tlsRelation` gives besides the side's own. */
export const tlsRelationReasons = {
  CertificateRelationDown: 'The relation to the TLS provider is there, but broken, suspended or about to go.',
  RelationForming: 'The relation to the TLS provider is just being made or removed.',
  EndpointNotShown: 'A TLS provider is related, but the road does not show at which endpoint.',
} as const;

/** Whether a TLS provider is related at the endpoint and the relation stands. */
export function tlsRelation(app: ApplicationView, side: TlsSide): Judgement {
  const wanted = `a TLS provider related to ${side.endpoint.name}`;
  const links = linksAt(app, side.endpoint);
  if (!isLinks(links)) return notSeen(links, wanted);
  const { fact, sure, perhaps } = links;
  if (sure.length > 0) return standing(app, sure, { fact, side, wanted });
  if (perhaps.length > 0) {
    const names = perhaps.map((link) => link.other.application).join(', ');
    return unsettled(
      'EndpointNotShown',
      `${app.name} is related to ${names}, and it is not shown whether through ${side.endpoint.name}`,
      evidenceOf(fact, `related to ${names} at an endpoint that is not shown`, wanted),
    );
  }
  return fail(
    side.disabled,
    `no TLS provider is related to ${app.name}:${side.endpoint.name}: ${side.otherwise ?? `${side.between} talk in clear`}`,
    evidenceOf(fact, `nothing related to ${side.endpoint.name}`, wanted),
  );
}

interface Asked {
  readonly fact: Known<readonly Relation[]>;
  readonly side: TlsSide;
  readonly wanted: string;
}

function standing(app: ApplicationView, links: readonly Link[], { fact, side, wanted }: Asked): Judgement {
  const states = links.map((link) => ({ link, ...linkState(link, app) }));
  const best =
    states.find(({ state }) => state === 'up') ??
    states.find(({ state }) => state === 'forming') ??
    states[0];
  if (best === undefined) throw new Error('a TLS side without relations is judged elsewhere');
  const provider = providerText(app, best.link);
  const seen = evidenceOf(fact, `${endText(best.link.own)} to ${provider}: ${best.words}`, wanted);
  if (best.state === 'up') return pass(`${side.endpoint.name} gets its certificates from ${provider}`, seen);
  if (best.state === 'forming') {
    return unsettled(
      'RelationForming',
      `the relation of ${side.endpoint.name} to ${provider} is ${best.words}`,
      seen,
    );
  }
  return fail(
    'CertificateRelationDown',
    `${side.endpoint.name} is related to ${provider}, but ${best.words}`,
    seen,
  );
}

/** The provider by name, with its charm, or with its offer's URL when it is in another model. */
function providerText(app: ApplicationView, link: Link): string {
  const end = farEnd(app.model, link.other);
  const charm = charmAt(end)?.name;
  const from = end.kind === 'remote' ? end.remote?.offerUrl : undefined;
  const known = [charm, from].filter((part) => part !== undefined && part !== end.name).join(' at ');
  return known === '' ? endText(link.other) : `${endText(link.other)} (${known})`;
}
