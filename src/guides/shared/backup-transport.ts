import type { ModelRef, Remedy, Undo } from '../../core/action/action.js';
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
import { applicationAt, farEnd } from './far-end.js';
import { modelRef } from './model-ref.js';
import { allLinks, isLinks, linksAt, type Endpoint, type Link } from './relations.js';

/** The reasons that `storeTransport` gives. */
export const transportReasons = {
  NoBackupStore: 'No S3 store is related, so there is no connection to judge.',
  StoreNotHttps: 'Backups travel to the object store unencrypted.',
  EndpointRedacted: "The integrator's endpoint was left out of what was read.",
  IntegratorNotSeen: 'The integrator is in a model that is not watched, so its endpoint is not known.',
} as const;

/** Whether the S3 integrators' endpoints are https; an empty one is AWS, by https. */
export function storeTransport(app: ApplicationView, endpoint: Endpoint): Judgement {
  const links = linksAt(app, endpoint);
  if (!isLinks(links)) return notSeen(links, 'https');
  const [first, ...others] = links.sure.map((link) => transportOf(app, link));
  if (first === undefined) return notApplicable('NoBackupStore', `no S3 store is related to ${app.name}`);
  return worst(first, ...others);
}

function transportOf(app: ApplicationView, link: Link): Judgement {
  const wanted = 'an https endpoint';
  const integrator = applicationAt(farEnd(app.model, link.other));
  const name = link.other.application;
  if (integrator === undefined) {
    return unsettled(
      'IntegratorNotSeen',
      `${name} is in a model that is not watched, so its endpoint is not known`,
    );
  }
  const config = integrator.get('config');
  if (!isKnown(config)) return notSeen(config, wanted);
  const option = config.value['endpoint'];
  if (option?.redacted === true) return unsettled('EndpointRedacted', `the endpoint of ${name} was not kept`);
  const value = option?.value ?? '';
  const seen = evidenceOf(config, value === '' ? 'empty: AWS over https' : schemeOf(value), wanted);
  if (value === '' || schemeOf(value) === 'https')
    return pass(`backups travel to ${name}'s store over https`, seen);
  return fail('StoreNotHttps', `${name} sends backups over ${schemeOf(value)}, not https`, seen);
}

/** The URL's scheme alone: the rest may hold names that are nobody's business. */
function schemeOf(value: unknown): string {
  return (
    /^([a-z][a-z0-9+.-]*):\/\//i.exec(typeof value === 'string' ? value : '')?.[1]?.toLowerCase() ??
    'no scheme'
  );
}

/** Sets the integrator's endpoint to the one that the policy gives; who else uses the integrator is named. */
export function transportRemedy(
  app: ApplicationView,
  endpoint: Endpoint,
  url: string | undefined,
): readonly Remedy[] {
  const model = modelRef(app.model);
  const found = onlyIntegrator(app, endpoint);
  if (url === undefined || model === undefined || found === undefined) return [];
  const { integrator, before } = found;
  const change = { model, application: integrator.name, key: 'endpoint' };
  return [
    {
      action: { type: 'set-config', ...change, value: url },
      undo: undoOf(change, before),
      effect: `${integrator.name} reaches its store over https`,
      risk: 'medium',
      disruptive: true,
      repeatable: true,
      cutsOff: otherUsers(integrator, app.name),
      preconditions: [{ type: 'application-present', application: integrator.name }],
    },
  ];
}

/** The integrator in this model, where there is one only, with the endpoint that it has now. */
function onlyIntegrator(
  app: ApplicationView,
  endpoint: Endpoint,
): { readonly integrator: ApplicationView; readonly before: unknown } | undefined {
  const links = linksAt(app, endpoint);
  if (!isLinks(links) || links.sure.length !== 1) return undefined;
  const integrator = app.model.application(links.sure[0]?.other.application ?? '');
  const config = integrator?.get('config');
  if (integrator === undefined || config === undefined || !isKnown(config)) return undefined;
  return { integrator, before: config.value['endpoint']?.value };
}

/** A URL that carries a user is not repeated, because it may carry a password too. */
function undoOf(change: { model: ModelRef; application: string; key: string }, before: unknown): Undo {
  if (typeof before !== 'string' || before === '') return { inverse: [{ type: 'reset-config', ...change }] };
  if (before.includes('@'))
    return { irreversible: 'the endpoint before names a user and is not repeated here' };
  return { inverse: [{ type: 'set-config', ...change, value: before }] };
}

/** The other applications that back up through the same integrator. */
function otherUsers(integrator: ApplicationView, besides: string): readonly string[] {
  const links = allLinks(integrator);
  if (!isLinks(links)) return [];
  const users = links.sure
    .filter(({ relation }) => relation.interface === 's3')
    .map((link) => link.other.application);
  return [...new Set(users)].filter((name) => name !== besides);
}
