import type { Remedy } from '../../core/action/action.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { notApplicable, notSeen, unsettled, type Judgement } from '../../core/judgement.js';
import { clientsAt } from '../shared/client-roles.js';
import { worst } from '../shared/combine.js';
import { applicationAt, charmOf, farEnd } from '../shared/far-end.js';
import { optionJudgement, optionReasons, optionRemedy, type OptionQuestion } from '../shared/option.js';
import { isLinks, linksAt, type Link } from '../shared/relations.js';
import { brokerReasons, tokensChecked } from './broker-settings.js';
import { oauthEndpoint } from './endpoints.js';
import type { Subject } from './product-control.js';

/** The reasons that `oauthJudgement` gives. */
export const oauthReasons = {
  ...brokerReasons.tokens,
  ...optionReasons,
  NoOauth: 'No OAuth provider is related, so there is none to judge.',
  OauthProviderInDevMode: 'Hydra runs in development mode, which serves tokens over http.',
  OauthProviderNotSeen:
    'The OAuth provider is in a model that is not watched, so its charm and options are not known.',
  OauthProviderNotKnown: 'Nothing is known of how this OAuth provider is set up well.',
} as const;

const devMode: OptionQuestion = { names: ['dev'], allowed: ['false'], reason: 'OauthProviderInDevMode' };

/** Whether the related OAuth providers are out of development mode; the listener's own lines are in the units. */
export function oauthJudgement({ app }: Subject): Judgement {
  const links = linksAt(app, oauthEndpoint);
  if (!isLinks(links)) return notSeen(links, 'an OAuth provider out of development mode');
  const [first, ...others] = links.sure.map((link) => providerJudgement(app, link));
  if (first === undefined) return notApplicable('NoOauth', `no OAuth provider is related to ${app.name}`);
  return worst(first, ...others, tokensChecked(app));
}

function providerJudgement(app: ApplicationView, link: Link): Judgement {
  const end = farEnd(app.model, link.other);
  const provider = applicationAt(end);
  const charm = charmOf(provider)?.name;
  if (provider === undefined || charm === undefined)
    return unsettled('OauthProviderNotSeen', `${end.name} is in a model that is not watched`);
  if (charm !== 'hydra')
    return unsettled('OauthProviderNotKnown', `${end.name} is ${charm}, of which no safe set-up is known`);
  return optionJudgement(provider, devMode);
}

/** Takes Hydra out of development mode, where it is in this model and has an ingress. */
export function oauthRemedies({ app }: Subject): readonly Remedy[] {
  const links = linksAt(app, oauthEndpoint);
  if (!isLinks(links)) return [];
  const ends = links.sure.map((link) => farEnd(app.model, link.other));
  return ends.flatMap((end) =>
    end.kind === 'local' && charmOf(end.app)?.name === 'hydra' ? outOfDevMode(end.app) : [],
  );
}

/** Its clients are named, because they cannot log in unless the ingress speaks https. */
function outOfDevMode(hydra: ApplicationView): readonly Remedy[] {
  const remedies = optionRemedy(hydra, {
    ...devMode,
    effect: `${hydra.name} serves tokens over https only`,
    disruptive: true,
    cutsOff: clientsAt(hydra, oauthEndpoint),
  });
  return remedies.map((remedy) => ({
    ...remedy,
    preconditions: [
      ...remedy.preconditions,
      { type: 'related', application: hydra.name, endpoint: 'public-route' },
    ],
  }));
}
