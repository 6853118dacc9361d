import { z } from 'zod';
import type { ApplicationView, ModelView } from '../../core/evaluate/view.js';
import { valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notApplicable, pass, unsettled, type Judgement } from '../../core/judgement.js';
import type { Knowledge } from '../../core/knowledge.js';
import { worst } from './combine.js';
import { cosReasons, signals, waysToCos } from './cos.js';
import type { FarEnd } from './far-end.js';
import { isSameController, offeringModel, parseOfferUrl } from './offer-url.js';
import type { Endpoint, Links } from './relations.js';

const isolations = ['model', 'controller', 'cloud'] as const;

/** How far from the application COS has to be. */
export const cosIsolation = z.enum(isolations).optional().meta({
  description:
    'How far from the application COS has to be: in another model, on another controller or in another cloud; without it, the strict profile asks for another cloud.',
});

export type Isolation = (typeof isolations)[number];

/** How COS is moved away by hand, for the controls of every guide that ask for it. */
export const movingCosAway = {
  manual:
    "Deploy COS in its own model, on its own controller and cloud where that is asked: 'juju deploy cos-lite --trust'. Offer its endpoints, consume them here, " +
    "and move the collector's relations over: 'juju integrate -m MODEL COLLECTOR:send-remote-write prometheus-receive-remote-write', then remove the old ones.",
  hazards: ['History kept by the old COS stays there.'],
} as const;

/** The reasons that `isolationJudgement` gives. */
export const isolationReasons = {
  CollectorNotKnown: cosReasons.CollectorNotKnown,
  SignalsNotSeen: cosReasons.SignalsNotSeen,
  NoCos: 'The application is not integrated with COS, so there is nothing to keep apart.',
  CosTooNear: 'A part of COS shares more with the application than the policy allows.',
  CosPlaceNotSeen: 'Where a part of COS runs cannot be told from what is watched.',
} as const;

/** Whether every end in COS is as far away as asked: in another model, on another controller, or in another cloud. */
export function isolationJudgement(
  app: ApplicationView,
  agent: Endpoint,
  { knowledge, isolation }: { readonly knowledge: Knowledge; readonly isolation: Isolation },
): Judgement {
  const found = waysToCos(app, agent, knowledge);
  if ('outcome' in found) return found.outcome === 'fail' ? notApplicable('NoCos', found.message) : found;
  const ends = found.ways.flatMap((way) => signals.flatMap((signal) => way.ends[signal]));
  return endsApart(app, ends, { links: found.links, isolation });
}

/** Whether all these ends in COS are as far away from the application as asked. */
export function endsApart(app: ApplicationView, ends: readonly FarEnd[], asked: Asked): Judgement {
  const distinct = [...new Map(ends.map((end) => [end.name, end])).values()];
  const judged = distinct.map((end) => distanceOf(app.model, end, asked));
  const [first, ...others] = judged;
  if (first === undefined) return notApplicable('NoCos', `nothing of ${app.name} reaches COS`);
  return worst(first, ...others);
}

interface Asked {
  readonly isolation: Isolation;
  readonly links: Links;
}

type Distance = 'far' | 'near' | 'unseen';

function distanceOf(model: ModelView, end: FarEnd, { isolation, links }: Asked): Judgement {
  const url = end.kind === 'remote' ? end.remote?.offerUrl : undefined;
  const place = url ?? (end.kind === 'local' ? `${end.name} in the same model` : end.name);
  const seen = evidenceOf(links.fact, place, `COS in another ${isolation}`);
  const distance = end.kind === 'local' ? 'near' : distanceTo(model, url, isolation);
  if (distance === 'far') return pass(`COS is in another ${isolation}: ${place}`, seen);
  if (distance === 'near') return fail('CosTooNear', `${place} is not in another ${isolation}`, seen);
  return unsettled(
    'CosPlaceNotSeen',
    `whether ${place} is in another ${isolation} cannot be told from what is watched`,
    seen,
  );
}

function distanceTo(model: ModelView, offerUrl: string | undefined, isolation: Isolation): Distance {
  const url = offerUrl === undefined ? undefined : parseOfferUrl(offerUrl);
  if (url === undefined) return 'unseen';
  const same = isSameController(url, model.controller);
  if (isolation === 'controller') return same ? 'near' : 'far';
  const offering = offeringModel(model, url);
  if (isolation === 'model') return offering === model ? 'near' : 'far';
  return cloudDistance(model, offering);
}

function cloudDistance(model: ModelView, offering: ModelView | undefined): Distance {
  const own = valueOf(model.get('info'))?.cloud;
  const theirs = offering && valueOf(offering.get('info'))?.cloud;
  if (own === undefined || theirs === undefined) return 'unseen';
  return own === theirs ? 'near' : 'far';
}
