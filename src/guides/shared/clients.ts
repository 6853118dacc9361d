import type { ApplicationView } from '../../core/evaluate/view.js';
import { applicationAt, charmOf, farEnd } from './far-end.js';
import { allLinks, isLinks, type Link } from './relations.js';

/** How a charm's clients are told: by the endpoint that they use, or, where the road shows none, by its interface. */
export interface ClientSide {
  readonly endpoints: ReadonlySet<string>;
  readonly interfaces: ReadonlySet<string>;
}

/** The applications that use a service, by name. */
export function clientsAt(app: ApplicationView, side: ClientSide): readonly string[] {
  return namesOf(clientLinks(app, side));
}

/** Those of them that may be outside the cluster: in other models, or handing their access on to people. */
export function outsideClientsAt(app: ApplicationView, side: ClientSide): readonly string[] {
  return namesOf(
    clientLinks(app, side).filter(({ other }) => {
      const end = farEnd(app.model, other);
      return end.kind !== 'local' || charmOf(applicationAt(end))?.name === 'data-integrator';
    }),
  );
}

function clientLinks(app: ApplicationView, { endpoints, interfaces }: ClientSide): readonly Link[] {
  const links = allLinks(app);
  if (!isLinks(links)) return [];
  return links.sure.filter(({ own, relation }) =>
    own.endpoint === undefined ? interfaces.has(relation.interface) : endpoints.has(own.endpoint),
  );
}

function namesOf(links: readonly Link[]): readonly string[] {
  return [...new Set(links.map(({ other }) => other.application))];
}
