import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  notApplicable,
  notSeen,
  pass,
  unsettled,
  type Judgement,
} from '../../core/judgement.js';
import { worst } from './combine.js';
import { applicationAt, charmAt, farEnd } from './far-end.js';
import { isLinks, linksAt, type Endpoint, type Link } from './relations.js';

/** The reasons that `adminRequests` gives. */
export const clientRoleReasons = {
  AdminRequested: 'A related data-integrator asks for the role of an administrator.',
  NoDataIntegrator: 'No data-integrator is related, so none asks for more than its prefix.',
  RolesRedacted: 'The roles that a data-integrator asks for were left out of what was read.',
  ClientNotSeen: 'A related client is in a model that is not watched, so what it asks for is not known.',
} as const;

/** Whether no related data-integrator asks for admin, but those that the policy declares. */
export function adminRequests(
  app: ApplicationView,
  endpoint: Endpoint,
  declared: readonly string[],
): Judgement {
  const links = linksAt(app, endpoint);
  if (!isLinks(links)) return notSeen(links, 'no client that asks for admin');
  const judged = links.sure.flatMap((link) => requestOf(app, link, declared));
  const [first, ...others] = judged;
  if (first === undefined)
    return notApplicable('NoDataIntegrator', `no data-integrator is related to ${app.name}`);
  return worst(first, ...others);
}

function requestOf(app: ApplicationView, link: Link, declared: readonly string[]): readonly Judgement[] {
  const end = farEnd(app.model, link.other);
  const charm = charmAt(end);
  if (charm === undefined) {
    return [
      unsettled(
        'ClientNotSeen',
        `${end.name} is in a model that is not watched; what it asks for is not known`,
      ),
    ];
  }
  const client = applicationAt(end);
  return charm.name === 'data-integrator' && client !== undefined
    ? [rolesJudgement(app, client, declared)]
    : [];
}

function rolesJudgement(
  app: ApplicationView,
  client: ApplicationView,
  declared: readonly string[],
): Judgement {
  const wanted = 'extra-user-roles without admin';
  const { name } = client;
  const config = client.get('config');
  if (!isKnown(config)) return notSeen(config, wanted);
  const option = config.value['extra-user-roles'];
  if (option?.redacted === true)
    return unsettled('RolesRedacted', `the roles that ${name} asks for were not kept`);
  const roles = rolesOf(option?.value);
  const seen = evidenceOf(config, `${name}: ${roles.join(', ') || 'none'}`, wanted);
  if (!roles.includes('admin')) return pass(`${name} asks for no admin role`, seen);
  if (declared.includes(name)) return pass(`${name} asks for admin, as the policy declares`, seen);
  return fail('AdminRequested', `${name} asks for admin on ${app.name}`, seen);
}

function rolesOf(value: unknown): readonly string[] {
  if (typeof value !== 'string') return [];
  return value
    .split(',')
    .map((role) => role.trim().toLowerCase())
    .filter((role) => role !== '');
}

/** The names of the applications at an endpoint, for people. */
export function clientsAt(app: ApplicationView, endpoint: Endpoint): readonly string[] {
  const links = linksAt(app, endpoint);
  return isLinks(links) ? [...new Set(links.sure.map((link) => link.other.application))] : [];
}
